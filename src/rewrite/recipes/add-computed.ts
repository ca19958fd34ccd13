import { readAddedColumn } from '../column-clauses.ts';
import { applyEdits, insertAfter, within } from '../migration-text.ts';
import { nameIn } from '../names.ts';
import { statementOf, withoutSpan } from '../places.ts';
import type { Recipe } from '../recipe.ts';
import { standIn } from '../stand-in.ts';

/**
 * A constant default where there must be one, and an UPDATE that computes the value for the rows that are there.
 * https://sqlite.org/lang_altertable.html#altertabaddcol
 */
export const addComputed: Recipe = {
  causes: ['add-column-default-not-constant'],
  write: ({ finding, file }) => {
    const statement = statementOf(finding, file, 'add-column');
    const clauses = statement === null ? null : readAddedColumn(statement.sql);
    const { target, column } = statement?.head ?? {};
    if (!statement || !clauses?.default || !target || !column) return null;
    const { value } = clauses.default;
    const computed = statement.sql.slice(value.start, value.end);
    const update = `UPDATE ${nameIn(file, target)} SET ${nameIn(file, column)} = ${computed}`;
    const type = statement.sql.slice(clauses.name.end, clauses.words[2]?.start ?? clauses.name.end);
    return applyEdits(file.text, [
      clauses.notNull === null
        ? withoutSpan(statement, clauses.default)
        : within(statement, value.start, value.end, standIn(type.trim())),
      insertAfter(file, statement, [update]),
    ]);
  },
  declares: ({ finding }) =>
    `The rows of ${finding.table} get the computed value by an UPDATE; the application has to give it to new rows, because the default is constant.`,
};
