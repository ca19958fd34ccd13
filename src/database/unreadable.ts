import type { SqlValue } from '../model/connection.ts';
import type { ErrorWords, Unreadable } from '../model/outcome.ts';
import type { Table } from '../model/schema.ts';
import { quoteName } from '../sql/quote.ts';
import { type Database, sqliteError } from './connection.ts';
import { asShown, rowidName } from './keys.ts';
import { readRows } from './reading.ts';

/** Rows that are looked at one by one to count those that cannot be read. */
const lookLimit = 100_000;

/** The number of rows that are named by their keys. */
const shownRows = 3;

/**
 * Finds the generated columns that SQLite cannot compute for every row. ADD COLUMN does not compute a virtual one, so
 * the error occurs at the next read of the row (https://sqlite.org/gencol.html#virtual_versus_stored_columns).
 * @throws HarnessError `function-missing`
 */
export function findUnreadable(db: Database, tables: readonly Table[]): Unreadable[] {
  return tables.flatMap((table) => {
    const virtual = table.columns.filter(({ generated }) => generated === 'virtual').map(({ name }) => name);
    if (virtual.length === 0 || complaintOf(db, table, virtual) === null) return [];
    return virtual.flatMap((column): Unreadable[] => {
      const words = complaintOf(db, table, [column]);
      return words === null ? [] : [{ table: table.name, column, ...words, ...countUnreadable(db, table, column) }];
    });
  });
}

/** Whether a column cannot be computed for every row; null while there is no such column. */
export function isUnreadable(db: Database, table: string, column: string): boolean | null {
  const read = readRows(db, () => {
    const statement = db.prepare(computing(table, [column]));
    return (): void => void statement.get();
  });
  return 'words' in read ? null : 'words' in readRows(db, read.value);
}

function complaintOf(db: Database, { name }: Table, columns: readonly string[]): ErrorWords | null {
  const read = readRows(db, () => db.prepare(computing(name, columns)).get());
  return 'words' in read ? read.words : null;
}

/** A NOT NULL column may be taken for filled without a look at it, and an index may hold what the rows do not give. */
function computing(table: string, columns: readonly string[]): string {
  const each = columns.map((column) => `count(typeof(${quoteName(column)}))`);
  return `SELECT ${each.join(', ')} FROM main.${quoteName(table)} NOT INDEXED`;
}

/** The number of unreadable rows and the keys of a few, where a look at each does not take too long. */
function countUnreadable(db: Database, table: Table, column: string): Pick<Unreadable, 'rows' | 'keys'> {
  const key = keyOf(table);
  const none = { columns: [], rows: [] };
  if (key === null) return { rows: null, keys: none };
  const from = `main.${quoteName(table.name)}`;
  const ids = db
    .prepare<[], SqlValue[]>(`SELECT ${key.join(', ')} FROM ${from} NOT INDEXED LIMIT ${lookLimit + 1}`)
    .raw()
    .safeIntegers()
    .all();
  if (ids.length > lookLimit) return { rows: null, keys: none };
  const look = db.prepare<SqlValue[]>(
    `SELECT typeof(${quoteName(column)}) FROM ${from} WHERE ${key.map((name) => `${name} IS ?`).join(' AND ')}`,
  );
  const failing = ids.filter((id) => {
    try {
      look.get(...id);
      return false;
    } catch (error) {
      if (sqliteError(error) === null) throw error;
      return true;
    }
  });
  const columns = table.withoutRowid || table.rowidAlias !== null ? table.primaryKey : key;
  const rows = failing.slice(0, shownRows).map((id) => id.map(asShown));
  return { rows: failing.length, keys: { columns, rows } };
}

/** The identity of one row as SQL; null if columns have taken all names of the rowid. */
function keyOf(table: Table): readonly string[] | null {
  if (table.withoutRowid) return table.primaryKey.map(quoteName);
  const rowid = rowidName(table);
  return rowid === null ? null : [rowid];
}
