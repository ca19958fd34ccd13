import { readAddedColumn } from '../column-clauses.ts';
import { applyEdits, insertAfter } from '../migration-text.ts';
import { nameIn } from '../names.ts';
import { statementOf, withoutSpan } from '../places.ts';
import type { Recipe } from '../recipe.ts';

/**
 * ADD COLUMN without what SQLite refuses on rows, then an UPDATE that gives the rows the value of the default: a column with
 * a foreign key begins as NULL. https://sqlite.org/lang_altertable.html#altertabaddcol
 */
export const addNullable: Recipe = {
  causes: ['add-column-references-default'],
  write: ({ finding, file }) => {
    const statement = statementOf(finding, file, 'add-column');
    const clauses = statement === null ? null : readAddedColumn(statement.sql);
    const { target, column } = statement?.head ?? {};
    if (!statement || !clauses?.default || !target || !column) return null;
    const { sql } = statement;
    const { value } = clauses.default;
    const name = nameIn(file, column);
    const update = `UPDATE ${nameIn(file, target)} SET ${name} = ${sql.slice(value.start, value.end)} WHERE ${name} IS NULL`;
    return applyEdits(file.text, [
      withoutSpan(statement, clauses.default),
      ...(clauses.notNull === null ? [] : [withoutSpan(statement, clauses.notNull)]),
      insertAfter(file, statement, [update]),
    ]);
  },
  declares: ({ finding }) =>
    `The new column of ${finding.table} has neither a default nor NOT NULL: under foreign keys it begins as NULL. To get NOT NULL, rebuild the table in a later migration.`,
};
