import type { SqlValue } from '../model/connection.ts';
import type { Table } from '../model/schema.ts';
import { quoteName, quoteNames, sameName } from '../sql/quote.ts';
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

/** The name that a table's rowid goes by, which no column has taken; null when it has none. https://sqlite.org/rowidtable.html */
export function rowidName({ withoutRowid, columns }: Table): string | null {
  if (withoutRowid) return null;
  return ['rowid', '_rowid_', 'oid'].find((name) => !columns.some((column) => sameName(column.name, name))) ?? null;
}

/** A value to name a row by: an integer as a number, and as text where a number would not be exact, as JSON has no other. */
export function asShown(value: SqlValue): SqlValue {
  if (typeof value !== 'bigint') return value;
  return Number.isSafeInteger(Number(value)) ? Number(value) : value.toString();
}
