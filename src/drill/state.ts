import { createHash } from 'node:crypto';
import { type Database, openFile } from '../database/connection.ts';
import type { Settings } from '../model/settings.ts';
import { quoteName } from '../sql/quote.ts';

/** The content of a database: its schema and the rows of each table, as texts to compare. */
export interface FileState {
  /** The lines of `PRAGMA integrity_check`; empty for a sound file. */
  readonly complaints: readonly string[];
  /** `table users` with its definition, `rows of users` with a digest, and so on. */
  readonly parts: ReadonlyMap<string, string>;
}

/** Columns that no two runs fill with the same values, as `table.column`. */
export type Unsteady = ReadonlySet<string>;

/**
 * Reads a database file. SQLite takes back what a killed process has left half done, as it does for the next process.
 * @param unsteady columns to leave out: those of the clock and of chance.
 */
export function readFileState(file: string, settings: Settings, unsteady: Unsteady): FileState {
  const db = openFile(file, settings, { mustExist: true });
  try {
    return { complaints: complaintsOf(db), parts: readParts(db, unsteady) };
  } finally {
    db.close();
  }
}

/** Reads a digest of each column, for finding those that differ between two runs. */
export function readColumns(file: string, settings: Settings): ReadonlyMap<string, string> {
  const db = openFile(file, settings, { mustExist: true });
  try {
    const columns = [...columnsOf(db)].flatMap(([table, names]) =>
      names.map((name): [string, string] => [`${table}.${name}`, digest(readTable(db, table, [name]))]),
    );
    return new Map(columns);
  } finally {
    db.close();
  }
}

/** The names of the parts that two states hold differently. */
export function differingParts({ parts: one }: FileState, { parts: other }: FileState): string[] {
  const names = new Set([...one.keys(), ...other.keys()]);
  return [...names].filter((name) => one.get(name) !== other.get(name));
}

/** Whether two states hold the same. */
export function sameState(one: FileState, other: FileState): boolean {
  return one.complaints.length === other.complaints.length && differingParts(one, other).length === 0;
}

function complaintsOf(db: Database): string[] {
  const lines = db.prepare<[], string>('PRAGMA integrity_check(10)').pluck().all();
  return lines.filter((line) => line !== 'ok');
}

function readParts(db: Database, unsteady: Unsteady): Map<string, string> {
  const objects = db
    .prepare<[], [string, string]>(
      "SELECT type || ' ' || name, coalesce(sql, '') FROM main.sqlite_schema ORDER BY type, name",
    )
    .raw()
    .all();
  const header = ['user_version', 'application_id'].map((name): [string, string] => [
    `PRAGMA ${name}`,
    String(db.pragma(name, { simple: true })),
  ]);
  const tables = [...columnsOf(db)].map(([table, names]): [string, string] => {
    const steady = names.filter((name) => !unsteady.has(`${table}.${name}`));
    return [rowsPart(table), digest(readTable(db, table, steady))];
  });
  return new Map([...objects, ...header, ...tables]);
}

/** The part of a state that is the rows of a table. */
export function rowsPart(table: string): string {
  return `rows of ${table}`;
}

/** The stored columns of every table that has pages of its own: those behind virtual tables, and SQLite's own, too. */
function columnsOf(db: Database): Map<string, string[]> {
  const rows = db
    .prepare<[], [string, string]>(
      `SELECT m.name, x.name FROM main.sqlite_schema AS m, pragma_table_xinfo(m.name, 'main') AS x
        WHERE m.type = 'table' AND m.rootpage > 0 AND x.hidden <> 2 ORDER BY m.name, x.cid`,
    )
    .raw()
    .all();
  const columns = new Map<string, string[]>();
  for (const [table, column] of rows) columns.set(table, [...(columns.get(table) ?? []), column]);
  return columns;
}

/** The rows in the order in which the table stores them: https://sqlite.org/lang_indexedby.html */
function readTable(db: Database, table: string, columns: readonly string[]): string {
  if (columns.length === 0) return '';
  const row = columns.map((name) => `quote(${quoteName(name)})`).join(" || ',' || ");
  return db
    .prepare<[], string>(`SELECT ${row} FROM main.${quoteName(table)} NOT INDEXED`)
    .pluck()
    .all()
    .join('\n');
}

function digest(text: string): string {
  return createHash('sha1').update(text).digest('hex');
}
