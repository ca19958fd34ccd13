import { readCondition } from '../../sql/change-parts.ts';
import { foldName, sameName } from '../../sql/quote.ts';
import { applyEdits, insertBefore } from '../migration-text.ts';
import { nameIn } from '../names.ts';
import { statementOf } from '../places.ts';
import type { Recipe } from '../recipe.ts';

/** Rows that refer to those which a DELETE takes lose their reference first, where the column may be NULL. */
export const releasedChildren: Recipe = {
  causes: ['foreign-key-meets-rows'],
  write: ({ finding, file, before }) => {
    const statement = statementOf(finding, file, 'delete');
    const parent = statement?.head.target ?? null;
    if (statement === null || parent === null) return null;
    const where = readCondition(statement.sql);
    const updates = before.tables.flatMap((table) =>
      table.foreignKeys.flatMap((key) => {
        const [column, of] = [key.columns[0], key.parentColumns[0] ?? null];
        const isAsked = sameName(key.parent, parent) && key.columns.length === 1 && !key.onDelete.startsWith('SET');
        const isOptional = table.columns.some(
          ({ name, notNull }) => !notNull && foldName(name) === foldName(column ?? ''),
        );
        if (!isAsked || !isOptional || column === undefined || of === null) return [];
        const child = nameIn(file, column);
        const gone = `SELECT ${nameIn(file, of)} FROM ${nameIn(file, parent)}${where === null ? '' : ` WHERE ${where}`}`;
        return [`UPDATE ${nameIn(file, table.name)} SET ${child} = NULL WHERE ${child} IN (${gone})`];
      }),
    );
    return updates.length === 0 ? null : applyEdits(file.text, [insertBefore(file, statement, updates)]);
  },
  declares: ({ finding }) => `Rows that refer to deleted rows of ${finding.table} lose their reference.`,
};
