import type { SqlValue } from '../model/connection.ts';
import type { Refusal } from '../model/dataset.ts';
import type { RowPlan } from './row-plan.ts';
import { valueIn } from './slots.ts';

/**
 * The refusal of a row that SQLite takes today and a migration to come refuses. Worded as SQLite will word it, so
 * that the search changes the columns that matter.
 */
export function refusalToCome({ table, rivals }: RowPlan, row: ReadonlyMap<string, SqlValue>): Refusal | null {
  for (const { columns, taken } of rivals) {
    const values = columns.map((name) => valueIn(row, name));
    if (values.some((value) => value === undefined || value === null)) continue;
    if (!taken().some((key) => key.every((value, i) => String(value) === String(values[i])))) continue;
    const names = columns.map((column) => `${table.name}.${column}`).join(', ');
    const message = `UNIQUE constraint failed: ${names}`;
    return { code: 'SQLITE_CONSTRAINT_UNIQUE', message, ofAnyRow: false };
  }
  return null;
}
