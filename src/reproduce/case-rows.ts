import type { Database } from '../database/connection.ts';
import { rowidName } from '../database/keys.ts';
import { readRows } from '../database/reading.ts';
import type { SqlValue } from '../model/connection.ts';
import type { Table } from '../model/schema.ts';
import { quoteName, quoteNames } from '../sql/quote.ts';

/** The first rows of a table, and those that meet a condition, each once. Hidden numbers are among the values where they matter. */
export function rowsOf(
  db: Database,
  table: Table,
  limit: number,
  conditions: readonly string[],
): ReadonlyMap<string, SqlValue>[] {
  const columns = table.columns.filter(({ generated }) => generated === 'no').map(({ name }) => name);
  const rowid = rowidName(table);
  const shown = rowid !== null && isNumbered(db, table, rowid) ? [rowid, ...columns] : columns;
  const from = `FROM main.${quoteName(table.name)}`;
  const order = rowid === null ? quoteNames(table.primaryKey) : rowid;
  const picked = [
    `SELECT ${quoteNames(shown)} ${from} ORDER BY ${order} LIMIT ${limit}`,
    ...conditions.map((condition) => `SELECT ${quoteNames(shown)} ${from} WHERE ${condition}`),
  ];
  const rows = new Map<string, ReadonlyMap<string, SqlValue>>();
  for (const [place, sql] of picked.entries()) {
    const read = readRows(db, () => db.prepare<[], SqlValue[]>(sql).raw().safeIntegers().all());
    for (const [i, values] of ('value' in read ? read.value : []).entries()) {
      const row = new Map(shown.map((name, at) => [name, values[at] ?? null]));
      // Rows without a key may be equal to each other.
      const key = table.primaryKey.length > 0 ? keyText(row, table.primaryKey) : place === 0 ? `#${i}` : allText(row);
      if (place > 0 && [...rows.values()].some((other) => allText(other) === allText(row))) continue;
      rows.set(key ?? `#${place} ${i}`, row);
    }
  }
  return [...rows.values()];
}

/** Whether rows have hidden numbers that rows which are inserted without them do not get: those of a virtual table, or with a gap. */
function isNumbered(db: Database, { name, kind, rowidAlias }: Table, rowid: string): boolean {
  if (kind === 'virtual') return true;
  if (rowidAlias !== null) return false;
  const read = readRows(db, () =>
    db
      .prepare<[], number>(`SELECT coalesce(max(${rowid}), 0) <> count(*) FROM main.${quoteName(name)}`)
      .pluck()
      .get(),
  );
  return 'value' in read && read.value === 1;
}

/** The values of some columns as one text; null where one of them is NULL, which refers to nothing. */
export function keyText(values: ReadonlyMap<string, SqlValue>, columns: readonly string[]): string | null {
  const key = columns.map((column) => values.get(column) ?? null);
  return key.includes(null) ? null : JSON.stringify(key.map(String));
}

function allText(values: ReadonlyMap<string, SqlValue>): string {
  return JSON.stringify([...values.values()].map((value) => (value === null ? value : [typeof value, String(value)])));
}
