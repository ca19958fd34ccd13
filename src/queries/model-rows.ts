import type { Database } from '../database/connection.ts';
import { readSchema } from '../database/introspect.ts';
import { readRows } from '../database/reading.ts';
import type { SqlValue } from '../model/connection.ts';
import type { Schema, Table } from '../model/schema.ts';
import { foldName, quoteName } from '../sql/quote.ts';

/** A row that shows what an application writes: its values as SQL, by folded column. */
export type ModelRow = ReadonlyMap<string, string>;

/** The newest rows tell what an application writes today. */
const newest = 10_000;

/** How many rows with a NULL are looked for in a table. */
const nullRows = 6;

/** The rows of a database that statements are bound like, as long as nothing changes it. */
export interface ModelRows {
  readonly db: Database;
  readonly schema: Schema;
  /** As `readModelRows`; each question is asked once. */
  readonly rowsOf: (table: Table, columns: readonly string[]) => readonly ModelRow[];
}

/** Finds the rows of a database that statements are bound like. */
export function createModelRows(db: Database): ModelRows {
  const known = new Map<string, readonly ModelRow[]>();
  return {
    db,
    schema: readSchema(db),
    rowsOf: (table, columns) => {
      const key = JSON.stringify([table.name, ...columns]);
      const rows = known.get(key) ?? readModelRows(db, table, columns);
      known.set(key, rows);
      return rows;
    },
  };
}

/**
 * Reads rows of a table that statements can be bound like: the newest, and for each of some columns the newest of those
 * with a NULL in it.
 * @param columns the columns for which a NULL is looked for.
 */
function readModelRows(db: Database, table: Table, columns: readonly string[]): ModelRow[] {
  const names = table.columns.filter(({ generated }) => generated === 'no').map(({ name }) => name);
  if (names.length === 0) return [];
  const from = `main.${quoteName(table.name)}${orderOf(table)}`;
  const values = names.map((name) => `quote(${quoteName(name)})`).join(', ');
  const first = (sql: string): ModelRow | null => {
    const read = readRows(db, () => db.prepare<[], SqlValue[]>(sql).raw().get());
    if (!('value' in read) || read.value === undefined) return null;
    const row = read.value;
    return new Map(names.map((name, i) => [foldName(name), String(row[i] ?? 'NULL')]));
  };
  const plain = first(`SELECT ${values} FROM ${from} LIMIT 1`);
  if (plain === null) return [];
  const optional = columns.filter((name) => names.some((each) => foldName(each) === foldName(name)));
  const empty = optional
    .filter((name) => plain.get(foldName(name)) !== 'NULL')
    .slice(0, nullRows)
    .flatMap((name) => {
      const recent = `(SELECT * FROM ${from} LIMIT ${newest})`;
      return first(`SELECT ${values} FROM ${recent} WHERE ${quoteName(name)} IS NULL LIMIT 1`) ?? [];
    });
  return [plain, ...empty];
}

/** Rowids grow with time; other tables have no order of that kind. */
function orderOf({ withoutRowid, columns }: Table): string {
  const name = ['rowid', '_rowid_', 'oid'].find((each) => columns.every((column) => foldName(column.name) !== each));
  return withoutRowid || name === undefined ? '' : ` ORDER BY ${name} DESC`;
}
