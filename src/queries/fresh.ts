import type { Database } from '../database/connection.ts';
import { readRows } from '../database/reading.ts';
import type { SqlValue } from '../model/connection.ts';
import type { ForeignKey, Table } from '../model/schema.ts';
import { affinityOf } from '../sql/affinity.ts';
import { foldName, quoteName, sameName } from '../sql/quote.ts';

/** New numbers lie so far above the largest that a migration which adds rows does not meet them. */
const distance = 1_000_000n;

/**
 * The columns that need a new value for a new row: of each key one that the statement writes, if possible one that refers to
 * no other table.
 * @param written the columns that the statement writes.
 */
export function freshColumns(table: Table, written: readonly string[]): string[] {
  const keys = [
    table.primaryKey,
    ...table.indexes.filter(({ unique }) => unique).map(({ columns }) => columns.filter((name) => name !== null)),
  ];
  const fresh = keys.flatMap((key) => {
    const own = key.filter((name) => written.some((each) => sameName(each, name)));
    return own.find((name) => foreignKeyOf(table, name) === null) ?? own[0] ?? [];
  });
  return [...new Set(fresh.map(foldName))];
}

/**
 * A value that no row has in a column, as SQL; null where none can be told.
 * @param like a value of the column, as SQL.
 * @param round 1 for the first new row, 2 for the second.
 */
export function freshValue(db: Database, table: Table, column: string, like: string, round: number): string | null {
  const parent = foreignKeyOf(table, column);
  if (parent !== null) return unusedParent(db, table, column, parent, round);
  if (/^-?\d+$/.test(like) || affinityOf(typeOf(table, column)) === 'integer') {
    const largest = one(db, `SELECT max(${quoteName(column)}) FROM main.${quoteName(table.name)}`);
    return typeof largest === 'bigint' ? String(largest + distance + BigInt(round)) : String(1_000_000 + round);
  }
  if (/^'[\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12}'$/i.test(like)) return `${like.slice(0, -13)}00000000000${round}'`;
  if (like.startsWith("'")) return `'rp${round}-${like.slice(1)}`;
  if (/^x'/i.test(like)) return `${like.slice(0, -1)}0${round}'`;
  return like === 'NULL' ? `'rp${round}'` : null;
}

/** The key of a row of another table to which no row refers yet. */
function unusedParent(
  db: Database,
  table: Table,
  column: string,
  { parent, parentColumns: [key = ''] }: ForeignKey,
  round: number,
): string | null {
  const used = `SELECT 1 FROM main.${quoteName(table.name)} AS child WHERE child.${quoteName(column)} = parent.${quoteName(key)}`;
  const query = `SELECT quote(parent.${quoteName(key)}) FROM main.${quoteName(parent)} AS parent WHERE NOT EXISTS (${used}) LIMIT 1 OFFSET ${round - 1}`;
  const found = one(db, query);
  return typeof found === 'string' ? found : null;
}

/** The foreign key of one column, or null. */
export function foreignKeyOf({ foreignKeys }: Table, column: string): ForeignKey | null {
  return foreignKeys.find(({ columns: [only = '', ...more] }) => more.length === 0 && sameName(only, column)) ?? null;
}

function typeOf({ columns }: Table, column: string): string {
  return columns.find(({ name }) => sameName(name, column))?.type ?? '';
}

function one(db: Database, query: string): SqlValue | null {
  const read = readRows(db, () => db.prepare<[], SqlValue>(query).pluck().safeIntegers().get());
  return 'value' in read ? (read.value ?? null) : null;
}
