import { clause, items } from '../../sql/nesting.ts';
import { sameName } from '../../sql/quote.ts';
import { nameOf, readWords, type Word } from '../../sql/words.ts';
import { readAddedColumn } from '../column-clauses.ts';
import { readInsertParts } from '../insert-parts.ts';
import {
  applyEdits,
  type Edit,
  insertBefore,
  type MigrationText,
  type PlacedStatement,
  within,
} from '../migration-text.ts';
import { nameIn } from '../names.ts';
import { columnInMessage, rebuildOf, statementOf, tableIn } from '../places.ts';
import type { Recipe } from '../recipe.ts';
import { standInFor } from '../stand-in.ts';

/** `coalesce` with a value that the column takes, where a NULL meets NOT NULL. */
export const coalesceNull: Recipe = {
  causes: ['not-null-meets-null', 'required-column-left-out'],
  write: (context) => {
    const { finding, file, before, after } = context;
    const statement = statementOf(finding, file);
    if (statement === null) return null;
    const rebuild = rebuildOf(finding, file);
    const { verb, target } = statement.head;
    const table = tableIn(after, rebuild?.name ?? target) ?? tableIn(before, target);
    const column = columnInMessage(context) ?? (verb === 'alter-table' ? statement.head.column : null);
    const value = (name: string): string => (table === null ? "''" : standInFor(table, name));
    if (verb === 'insert' || verb === 'replace') {
      if (column === null) return null;
      const edits = inInsert(statement, file, column, value(column), table?.columns.map(({ name }) => name) ?? []);
      return edits === null ? null : applyEdits(file.text, edits);
    }
    if (verb === 'update')
      return column === null ? null : applyEdits(file.text, inUpdate(statement, column, value(column)));
    if (verb === 'alter-table' && column !== null && target !== null) {
      const name = nameIn(file, column);
      const update = `UPDATE ${nameIn(file, target)} SET ${name} = ${value(column)} WHERE ${name} IS NULL`;
      return applyEdits(file.text, [insertBefore(file, statement, [update])]);
    }
    return verb === 'add-column' ? applyEdits(file.text, inGenerated(statement)) : null;
  },
  declares: ({ finding }) =>
    `Rows of ${finding.table} without a value get one that stands for an unknown value; choose the one that you mean.`,
};

function inInsert(
  statement: PlacedStatement,
  file: MigrationText,
  column: string,
  value: string,
  all: readonly string[],
): Edit[] | null {
  const parts = readInsertParts(statement.sql);
  if (parts === null) return null;
  const names = parts.columns?.map(({ name }) => name) ?? all;
  const item = parts.items[names.findIndex((name) => sameName(name, column))];
  if (item !== undefined)
    return item.text === '*' ? null : [within(statement, item.start, item.end, `coalesce(${item.text}, ${value})`)];
  const [lastColumn, lastItem] = [parts.columns?.at(-1), parts.items.at(-1)];
  if (lastColumn === undefined || lastItem === undefined) return null;
  return [
    within(statement, lastColumn.end, lastColumn.end, `, ${nameIn(file, column)}`),
    within(statement, lastItem.end, lastItem.end, `, ${value}`),
  ];
}

/** The changes of an UPDATE that wrap the value of a column. */
function inUpdate(statement: PlacedStatement, column: string, value: string): Edit[] {
  return assignmentsOf(statement.sql).flatMap(({ name, expression }) => {
    const [first, last] = [expression[0], expression.at(-1)];
    if (!sameName(name, column) || first === undefined || last === undefined) return [];
    const text = statement.sql.slice(first.start, last.end);
    return [within(statement, first.start, last.end, `coalesce(${text}, ${value})`)];
  });
}

/** A generated column is NULL where one of its operands is. */
function inGenerated(statement: PlacedStatement): Edit[] {
  const clauses = readAddedColumn(statement.sql);
  const as = clauses?.words.findIndex(({ key }) => key === 'AS') ?? -1;
  if (clauses === null || as < 0) return [];
  return operandsOf(clauses.words.slice(as + 1)).map(({ start, end, text }) =>
    within(statement, start, end, `coalesce(${text}, '')`),
  );
}

/** The columns that stand by themselves beside `||`. */
export function operandsOf(words: readonly Word[]): Word[] {
  return words.filter(({ kind }, i) => {
    const [before, next] = [words[i - 1], words[i + 1]];
    const isColumn = kind === 'word' || kind === 'name';
    return isColumn && next?.text !== '(' && next?.text !== '.' && (before?.text === '||' || next?.text === '||');
  });
}

/** The assignments of an UPDATE with the words of their values. */
export function assignmentsOf(sql: string): { readonly name: string; readonly expression: readonly Word[] }[] {
  const words = readWords(sql).filter(({ text }) => text !== ';');
  return items(clause(words, new Set(['SET']), new Set(['FROM', 'WHERE', 'RETURNING'])) ?? []).flatMap((item) => {
    const name = nameOf(item[0]);
    return name === null || item[1]?.text !== '=' ? [] : [{ name, expression: item.slice(2) }];
  });
}
