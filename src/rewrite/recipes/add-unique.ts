import { readAddedColumn } from '../column-clauses.ts';
import { applyEdits, insertAfter } from '../migration-text.ts';
import { nameIn } from '../names.ts';
import { statementOf, withoutSpan } from '../places.ts';
import type { Recipe } from '../recipe.ts';

/** A unique index beside the new column: ADD COLUMN refuses UNIQUE. https://sqlite.org/lang_altertable.html#altertabaddcol */
export const addUnique: Recipe = {
  causes: ['fails-on-empty'],
  write: ({ finding, file }) => {
    const statement = statementOf(finding, file, 'add-column');
    const unique = statement === null ? null : readAddedColumn(statement.sql)?.unique;
    const { target, column } = statement?.head ?? {};
    if (!statement || !unique || !target || !column) return null;
    const name = nameIn(file, `${target}_${column}_unique`);
    const index = `CREATE UNIQUE INDEX ${name} ON ${nameIn(file, target)} (${nameIn(file, column)})`;
    return applyEdits(file.text, [withoutSpan(statement, unique), insertAfter(file, statement, [index])]);
  },
  declares: ({ finding }) => `A unique index on ${finding.table} stands for the word UNIQUE.`,
};
