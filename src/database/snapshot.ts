import { existsSync, rmSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { copyContent } from '../files/copy.ts';
import { hasSameContent, renewContent } from '../files/renew.ts';
import { refuseShortage } from '../files/space.ts';
import type { SqlValue } from '../model/connection.ts';
import type { Settings } from '../model/settings.ts';
import { quoteName, quoteNames } from '../sql/quote.ts';
import { attachBytes, attachFile } from './attach.ts';
import { type Database, openFile, openMemory } from './connection.ts';
import { readSchema } from './introspect.ts';
import { openScratchFile } from './scratch-file.ts';

/** A database at one moment. */
export interface Snapshot {
  /** Opens a new database with that content; what is done there reaches neither the snapshot nor its source. */
  open(settings: Settings): Database;
  /**
   * Keeps what a database that was opened from this snapshot holds now, in memory or on files as this one. It stands in no
   * transaction, and is open still.
   */
  keep(db: Database): Snapshot;
  /** Releases its space on files; it is not used afterwards. */
  release(): void;
  /**
   * Attaches the snapshot to `db` while `work` runs, which gets the name of its schema. It is to be read alone.
   * @throws HarnessError `output-unwritable`
   */
  attach<T>(db: Database, work: (schema: string) => T): T;
  /** The differences between the snapshot and the present `db`, in a few words each; empty without any. */
  differences(db: Database, settings: Settings): string[];
}

/** Keeps the content of an in-memory database. Serialising costs a memory copy: https://sqlite.org/c3ref/serialize.html */
export function snapshotMemory(source: Database): Snapshot {
  const bytes = source.serialize();
  return {
    open: (settings) => openMemory(settings, bytes),
    keep: snapshotMemory,
    release: () => {},
    attach: (db, work) => attachBytes(db, bytes, work),
    differences: (db, settings) => (bytes.equals(db.serialize()) ? [] : compareWith(openMemory(settings, bytes), db)),
  };
}

/**
 * Keeps the content of a database file, which no other process uses and which has no open transaction, as a second file
 * beside it. @param target the path of the second file, which is replaced.
 * @throws HarnessError `disk-full` where it cannot fit
 */
export function snapshotFile(file: string, target: string): Snapshot {
  copyWhole(file, target);
  // A copy of production takes room, so that a file is used again once its database is closed.
  const scratches: { readonly path: string; db: Database | null }[] = [];
  let kept = 0;
  const scratchOf = (db: Database): string => {
    const scratch = scratches.find((each) => each.db === db);
    if (scratch === undefined) throw new Error('the database was not opened from this snapshot');
    return scratch.path;
  };
  return {
    open: (settings) => {
      const free = scratches.find(({ db }) => db === null || !db.open);
      const scratch = free ?? { path: `${target}-${scratches.length + 1}`, db: null };
      if (free === undefined) scratches.push(scratch);
      scratch.db = null;
      copyWhole(target, scratch.path);
      scratch.db = openScratchFile(scratch.path, settings);
      return scratch.db;
    },
    keep: (db) => {
      kept += 1;
      return snapshotFile(scratchOf(db), `${target}-kept-${kept}`);
    },
    release: () => {
      for (const path of [target, ...scratches.map((scratch) => scratch.path)]) removeWhole(path);
    },
    attach: (db, work) => attachFile(db, target, work),
    differences: (db, settings) => (isAsKept(db, target) ? [] : compareWith(openFile(target, settings), db)),
  };
}

/**
 * Whether the file of a database is byte for byte the one that was kept, as it usually is after a rollback. Other bytes prove
 * nothing: a rollback may leave some on free pages.
 */
function isAsKept(db: Database, kept: string): boolean {
  const path = db.prepare<[], string>("SELECT file FROM pragma_database_list WHERE name = 'main'").pluck().get();
  if (path === undefined || path === '' || db.inTransaction) return false;
  const hasLog = [path, kept].some((file) => existsSync(`${file}-wal`));
  return !hasLog && hasSameContent(path, kept);
}

/** Copies a file and its write-ahead log, which is there once a migration has set WAL mode. */
function copyWhole(from: string, to: string): void {
  const sizeOf = (path: string): number => statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  // The target is overwritten.
  const needed = sizeOf(from) + sizeOf(`${from}-wal`) - sizeOf(to) - sizeOf(`${to}-wal`);
  refuseShortage(dirname(to), needed, 'The state before a step');
  renewContent(from, to);
  if (existsSync(`${from}-wal`)) copyContent(`${from}-wal`, `${to}-wal`);
  else rmSync(`${to}-wal`, { force: true });
}

/** Removes a file and what SQLite puts beside it. */
function removeWhole(path: string): void {
  for (const suffix of ['', '-wal', '-shm', '-journal']) rmSync(`${path}${suffix}`, { force: true });
}

function compareWith(before: Database, after: Database): string[] {
  try {
    return [...compareObjects(before, after), ...compareHeaders(before, after), ...compareTables(before, after)];
  } finally {
    before.close();
  }
}

function compareObjects(before: Database, after: Database): string[] {
  const had = objectTexts(before);
  const has = objectTexts(after);
  const changes: string[] = [];
  for (const [object, sql] of has) {
    if (!had.has(object)) changes.push(`created ${object}`);
    else if (had.get(object) !== sql) changes.push(`changed ${object}`);
  }
  for (const object of had.keys()) if (!has.has(object)) changes.push(`dropped ${object}`);
  return changes;
}

function objectTexts(db: Database): Map<string, string | null> {
  return new Map(readSchema(db).objects.map(({ type, name, sql }) => [`${type} ${name}`, sql]));
}

function compareHeaders(before: Database, after: Database): string[] {
  const fields = ['user_version', 'application_id', 'encoding', 'auto_vacuum'];
  return fields
    .filter((field) => before.pragma(field, { simple: true }) !== after.pragma(field, { simple: true }))
    .map((field) => `changed PRAGMA ${field}`);
}

function compareTables(before: Database, after: Database): string[] {
  const has = new Map(tableReads(after));
  const changes: string[] = [];
  for (const [table, read] of tableReads(before)) {
    const now = has.get(table);
    if (now !== undefined && !sameRows(rowsOf(before, read), rowsOf(after, now)))
      changes.push(`changed rows of ${table}`);
  }
  return changes;
}

/** Every table that holds rows, those of SQLite itself too, with the SELECT that reads it in the order of its key. */
function tableReads(db: Database): [string, string][] {
  const internal = db
    .prepare<[], string>("SELECT name FROM sqlite_schema WHERE type = 'table' AND name LIKE 'sqlite\\_%' ESCAPE '\\'")
    .pluck()
    .all();
  const own = readSchema(db).tables.filter(({ kind }) => kind !== 'virtual');
  return [
    ...internal.map((name): [string, string] => [name, `SELECT rowid, * FROM main.${quoteName(name)} ORDER BY rowid`]),
    ...own.map((table): [string, string] => {
      const from = `FROM main.${quoteName(table.name)}`;
      // Computed values are not part of a row, and may fail.
      const columns = quoteNames(
        table.columns.filter(({ generated }) => generated !== 'virtual').map(({ name }) => name),
      );
      if (table.withoutRowid) return [table.name, `SELECT ${columns} ${from} ORDER BY ${quoteNames(table.primaryKey)}`];
      const rowid = table.columns.some(({ name }) => name.toLowerCase() === 'rowid') ? '_rowid_' : 'rowid';
      return [table.name, `SELECT ${rowid}, ${columns} ${from} ORDER BY ${rowid}`];
    }),
  ];
}

function rowsOf(db: Database, read: string): IterableIterator<SqlValue[]> {
  // Safe integers keep INTEGER (bigint) and REAL (number) apart, so 1 and 1.0 differ, and 2^53 and 2^53+1 do.
  return db.prepare<[], SqlValue[]>(read).raw().safeIntegers().iterate();
}

function sameRows(before: IterableIterator<SqlValue[]>, after: IterableIterator<SqlValue[]>): boolean {
  for (;;) {
    const had = before.next();
    const has = after.next();
    if (had.done === true || has.done === true) {
      before.return?.();
      after.return?.();
      return had.done === has.done;
    }
    if (had.value.length === has.value.length && had.value.every((value, i) => sameValue(value, has.value[i])))
      continue;
    before.return?.();
    after.return?.();
    return false;
  }
}

function sameValue(before: SqlValue, after: SqlValue | undefined): boolean {
  if (before instanceof Uint8Array && after instanceof Uint8Array) return Buffer.compare(before, after) === 0;
  return Object.is(before, after);
}
