import { readUpdate } from '../../sql/assignments.ts';
import { isLiteral } from '../../sql/literals.ts';
import { inside } from '../../sql/nesting.ts';
import { sameName } from '../../sql/quote.ts';
import { nameOf, readWords } from '../../sql/words.ts';
import { readAddedColumn } from '../column-clauses.ts';
import { applyEdits, within } from '../migration-text.ts';
import { nameIn } from '../names.ts';
import { statementOf } from '../places.ts';
import type { Recipe, RewriteContext } from '../recipe.ts';

/**
 * A unique index that leaves out the rows that hold the one value which the file itself gave to all of them: they are no
 * duplicates of anybody's. https://sqlite.org/partialindex.html
 */
export const indexWithoutDefault: Recipe = {
  causes: ['made-equal'],
  write: (context) => {
    const { finding, file } = context;
    const index = statementOf(finding, file, 'create-index');
    if (index === null || index.head.target === null) return null;
    const words = readWords(index.sql).filter(({ text }) => text !== ';');
    const on = words.findIndex(({ key }) => key === 'ON');
    const open = words.findIndex(({ text }, i) => i > on && text === '(');
    const given = inside(words, open).flatMap((word) => {
      const name = word.kind === 'string' ? null : nameOf(word);
      const value = name === null ? null : valueGiven(context, index.head.target ?? '', name, index.index);
      return name === null || value === null ? [] : [{ name, value }];
    });
    const last = given.at(-1);
    const end = words.at(-1)?.end;
    if (last === undefined || end === undefined) return null;
    const where = words.find(({ key, depth }) => key === 'WHERE' && depth === 0);
    const condition = `${nameIn(file, last.name)} <> ${last.value}`;
    const all = where === undefined ? condition : `(${index.sql.slice(where.end, end).trim()}) AND ${condition}`;
    return applyEdits(file.text, [
      within(index, where?.start ?? end, end, `${where === undefined ? ' ' : ''}WHERE ${all}`),
    ]);
  },
  declares: ({ finding }) =>
    `The unique index of ${finding.table} leaves out the rows that still have the value which this migration gives to all of them.`,
};

/** The constant that the file gives to every row in a column that it adds: by the default, or by an UPDATE of all rows. */
function valueGiven({ file }: RewriteContext, table: string, column: string, before: number): string | null {
  const earlier = file.statements.filter(({ index, head }) => index < before && sameName(head.target ?? '', table));
  const added = earlier.find(({ head }) => head.verb === 'add-column' && sameName(head.column ?? '', column));
  if (added === undefined) return null;
  const update = earlier.findLast(
    ({ head, sql }) =>
      head.verb === 'update' && readUpdate(sql).assignments.some((each) => sameName(each.column, column)),
  );
  if (update !== undefined) {
    const { assignments, isWhole } = readUpdate(update.sql);
    const text = assignments.find((each) => sameName(each.column, column))?.text ?? '';
    return isWhole && isLiteral(text) ? text : null;
  }
  const value = readAddedColumn(added.sql)?.default?.value;
  const text = value === undefined ? '' : added.sql.slice(value.start, value.end);
  return isLiteral(text) ? text : null;
}
