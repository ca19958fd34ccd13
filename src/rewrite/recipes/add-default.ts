import { readAddedColumn } from '../column-clauses.ts';
import { applyEdits, within } from '../migration-text.ts';
import { statementOf } from '../places.ts';
import type { Recipe } from '../recipe.ts';
import { standIn, wordOf } from '../stand-in.ts';

/** ADD COLUMN … NOT NULL with a default that its type and its CHECK take: rows that are there need a value. */
export const addDefault: Recipe = {
  causes: ['add-column-not-null', 'add-column-default-type', 'check-meets-rows'],
  write: ({ finding, file }) => {
    const statement = statementOf(finding, file, 'add-column');
    const clauses = statement === null ? null : readAddedColumn(statement.sql);
    const { column } = statement?.head ?? {};
    if (!statement || !clauses || !column) return null;
    const { sql } = statement;
    const type = sql.slice(clauses.name.end, clauses.words[2]?.start ?? sql.length).trim();
    const value =
      wordOf(
        clauses.checks.map(({ start, end }) => sql.slice(start, end)),
        column,
      ) ?? standIn(type);
    if (clauses.default !== null)
      return applyEdits(file.text, [within(statement, clauses.default.value.start, clauses.default.value.end, value)]);
    if (clauses.notNull === null) return null;
    return applyEdits(file.text, [within(statement, clauses.notNull.end, clauses.notNull.end, ` DEFAULT ${value}`)]);
  },
  declares: ({ finding }) =>
    `The new column of ${finding.table} has a default that SQLite takes, which stands for an unknown value; choose the one that you mean.`,
};
