import { createHash } from 'node:crypto';
import { statSync } from 'node:fs';
import { type Database, openFile } from '../database/connection.ts';
import type { Settings } from '../model/settings.ts';
import { quoteName } from '../sql/quote.ts';
import { unsynced } from './migrator.ts';

/** The content of a database: its schema and the rows of each table, as texts to compare. */
export interface FileState {
  /** The lines of the check of the file; empty for a sound file. */
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
    db.pragma(unsynced);
    return { complaints: complaintsOf(db, statSync(file).size), parts: readParts(db, unsteady) };
  } finally {
    db.close();
  }
}

/** Reads a digest of each column, by `table.column`, for finding those that differ between two runs. */
export function readColumns(file: string, settings: Settings): ReadonlyMap<string, string> {
  const db = openFile(file, settings, { mustExist: true });
  try {
    const digests = new Map<string, string>();
    for (const [table, names] of columnsOf(db)) {
      const hashes = names.map(() => createHash('sha1'));
      const columns = names.map((name) => `quote(${quoteName(name)})`).join();
      for (const row of db.prepare<[], string[]>(selectFrom(table, columns)).raw().iterate()) {
        for (const [i, text] of row.entries()) hashes[i]?.update(text).update('\n');
      }
      for (const [i, hash] of hashes.entries()) digests.set(`${table}.${names[i]}`, hash.digest('hex'));
    }
    return digests;
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

/** The bytes from which on indexes are not compared with their tables, which takes longer than all else. */
const large = 256 * 2 ** 20;

function complaintsOf(db: Database, size: number): string[] {
  const check = size > large ? 'quick_check' : 'integrity_check';
  const lines = db.prepare<[], string>(`PRAGMA ${check}(10)`).pluck().all();
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
    return [rowsPart(table), digestTable(db, table, steady)];
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

/** A digest of the rows, in a few columns. */
function digestTable(db: Database, table: string, columns: readonly string[]): string {
  const hash = createHash('sha1');
  const row = ["''", ...columns.map((name) => `quote(${quoteName(name)})`)].join(" || ',' || ");
  for (const text of db.prepare<[], string>(selectFrom(table, row)).pluck().iterate()) hash.update(text).update('\n');
  return hash.digest('hex');
}

/** The rows in the order in which the table stores them: https://sqlite.org/lang_indexedby.html */
function selectFrom(table: string, columns: string): string {
  return `SELECT ${columns} FROM main.${quoteName(table)} NOT INDEXED`;
}
