import { readAddedColumn } from '../column-clauses.ts';
import { applyEdits, within } from '../migration-text.ts';
import { statementOf } from '../places.ts';
import type { Recipe } from '../recipe.ts';

/** VIRTUAL in the place of STORED, which ADD COLUMN refuses. https://sqlite.org/gencol.html#limitations */
export const addVirtual: Recipe = {
  causes: ['add-column-stored'],
  write: ({ finding, file }) => {
    const statement = statementOf(finding, file, 'add-column');
    const stored = statement === null ? null : readAddedColumn(statement.sql)?.stored;
    if (!statement || !stored) return null;
    return applyEdits(file.text, [within(statement, stored.start, stored.end, 'VIRTUAL')]);
  },
  declares: ({ finding }) =>
    `The new column of ${finding.table} is computed when it is read, instead of being stored; an index on it stores what is looked up.`,
};
