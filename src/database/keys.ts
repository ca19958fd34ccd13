import type { SqlValue } from '../model/connection.ts';
import type { Table } from '../model/schema.ts';
import { quoteName, quoteNames } from '../sql/quote.ts';
import type { Database } from './connection.ts';

/** The primary key of the first row of a table, in the order of that key; null without a key or a row. */
export function firstKey(
  db: Database,
  table: Table,
): { readonly columns: readonly string[]; readonly values: readonly SqlValue[] } | null {
  if (table.primaryKey.length === 0) return null;
  const key = quoteNames(table.primaryKey);
  const values = db
    .prepare<[], SqlValue[]>(`SELECT ${key} FROM main.${quoteName(table.name)} ORDER BY ${key} LIMIT 1`)
    .raw()
    .get();
  return values === undefined ? null : { columns: table.primaryKey, values };
}
