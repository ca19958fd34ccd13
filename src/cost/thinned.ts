import type { Database } from '../database/connection.ts';
import { quoteName, sameName } from '../sql/quote.ts';
import type { Sample } from './run.ts';

/** The largest sample, in rows of the table. */
const most = 512;

/** The fewest rows of a table that tell how work grows with them. */
const fewest = 64;

/**
 * Samples of a database with a quarter, a half and all of the rows of some tables, and all rows of the others but for those that then
 * lack a parent. Tables of many rows are thinned further.
 * @param open opens the database anew.
 * @returns none if a table has too few rows.
 */
export function thinned(open: () => Database, tables: readonly string[], divisor: 1 | 4): Sample[] {
  const counts = withOpen(open, (db) => tables.map((table) => rowsIn(db, table)));
  if (counts.some((count) => count < fewest)) return [];
  let keep = 1;
  while (Math.max(...counts) / keep > most / divisor) keep *= 2;
  return [4 * keep, 2 * keep, keep].map((each) =>
    withOpen(open, (db) => {
      thin(db, tables, each);
      return { rows: Math.max(...tables.map((table) => rowsIn(db, table))), content: db.serialize() };
    }),
  );
}

function withOpen<T>(open: () => Database, work: (db: Database) => T): T {
  const db = open();
  try {
    return work(db);
  } finally {
    db.close();
  }
}

function rowsIn(db: Database, table: string): number {
  return (
    db
      .prepare<[], number>(`SELECT count(*) FROM main.${quoteName(table)}`)
      .pluck()
      .get() ?? 0
  );
}

/** Keeps one row of so many. Triggers would do more than that, and are away in the meantime. */
function thin(db: Database, tables: readonly string[], keep: number): void {
  if (keep === 1) return;
  const triggers = db
    .prepare<[], { name: string; sql: string }>("SELECT name, sql FROM main.sqlite_schema WHERE type = 'trigger'")
    .all();
  db.pragma('foreign_keys = OFF');
  for (const { name } of triggers) db.exec(`DROP TRIGGER main.${quoteName(name)}`);
  const parents = (table: string): string[] =>
    db.prepare<[string], string>('SELECT "table" FROM pragma_foreign_key_list(?)').pluck().all(table);
  // Children go with their parents.
  const own = tables.filter(
    (table) => !parents(table).some((name) => tables.some((each) => each !== table && sameName(each, name))),
  );
  for (const name of own.map((table) => `main.${quoteName(table)}`)) {
    const places = `SELECT rowid AS id, row_number() OVER (ORDER BY rowid) AS place FROM ${name}`;
    db.exec(`DELETE FROM ${name} WHERE rowid IN (SELECT id FROM (${places}) WHERE place % ${keep} <> 0)`);
  }
  removeOrphans(db);
  for (const { sql } of triggers) db.exec(sql);
}

/** The longest chain of tables that point at one another. */
const generations = 8;

function removeOrphans(db: Database): void {
  for (let i = 0; i < generations; i++) {
    const orphans = db.prepare<[], [string, bigint | null]>('PRAGMA foreign_key_check').raw().safeIntegers().all();
    if (orphans.length === 0) return;
    for (const [table, rowid] of orphans) {
      if (rowid !== null) db.prepare(`DELETE FROM main.${quoteName(table)} WHERE rowid = ?`).run(rowid);
    }
  }
}
