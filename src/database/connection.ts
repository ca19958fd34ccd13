// This room alone speaks to SQLite: it opens databases, runs statements, reads schemas and states, and copies files.
import { tmpdir } from 'node:os';
import { dirname, resolve } from 'node:path';
import { wordsOf } from '../blame.ts';
import { HarnessError } from '../errors.ts';
import { describeFault, faultOf, systemCode } from '../files/faults.ts';
import type { EngineName, Settings } from '../model/settings.ts';
import { announced } from './announced.ts';
import { connectAsConfigured } from './connect.ts';
import { damaged, isOfNewerFormat } from './damage.ts';
import type { Database, Engine } from './engine.ts';
import { betterSqlite3 } from './engines/better-sqlite3.ts';
import { nodeSqlite } from './engines/node-sqlite.ts';
import { makeExchangeable } from './exchangeable.ts';
import { joinFamily } from './family.ts';
import { FunctionError } from './registered.ts';

export type { Database } from './engine.ts';

const engines: Readonly<Record<EngineName, Engine>> = { 'better-sqlite3': betterSqlite3, node: nodeSqlite };

/** Milliseconds that a connection waits for another process's lock. */
export const busyTimeout = 5_000;

/** Opens an empty `:memory:` database, or one with the content of `bytes`, with the settings of production. */
export function openMemory(settings: Settings, bytes?: Buffer): Database {
  const engine = engines[settings.engine];
  const open = (content?: Buffer): Database => engine.openMemory(content?.length === 0 ? undefined : content, settings);
  return finish(open(bytes), settings, null, open);
}

/**
 * Opens a database file for reading and writing with the settings of production. The file is made where there is none,
 * unless `mustExist`.
 * @throws HarnessError `database-missing`, `database-unreadable`, `database-locked`
 */
export function openFile(file: string, settings: Settings, options: { mustExist?: boolean } = {}): Database {
  const open = (): Database => openPlainly(resolve(file), settings, options);
  return readingFile(file, () => {
    const db = open();
    try {
      // The first read is what finds out whether the file is a database at all.
      db.prepare('SELECT count(*) FROM sqlite_schema').get();
      return finish(db, settings, resolve(file), open);
    } catch (error) {
      db.close();
      throw error;
    }
  });
}

function openPlainly(
  path: string,
  { engine, doubleQuotedStrings }: Settings,
  options: { mustExist?: boolean },
): Database {
  const mustExist = options.mustExist ?? false;
  return engines[engine].openFile(path, { doubleQuotedStrings, mustExist, timeout: busyTimeout });
}

/** Makes a connection one of production, and one that can be lent where the settings say so. */
function finish(
  db: Database,
  settings: Settings,
  file: string | null,
  open: (bytes: Buffer | undefined) => Database,
): Database {
  if (settings.lendsDatabases !== true) {
    const watched = settings.drill === undefined ? db : announced(db, settings.drill.announce);
    configure(watched, settings);
    for (const pragma of settings.drill?.pragmas ?? []) db.pragma(pragma);
    return watched;
  }
  const reopen = (bytes: Buffer | undefined): Database => {
    const again = open(bytes);
    configure(again, settings);
    return again;
  };
  const exchangeable = makeExchangeable(db, {
    file,
    open: reopen,
    openFile: (path) => openPlainly(path, settings, { mustExist: true }),
  });
  configure(exchangeable, settings);
  return exchangeable;
}

/**
 * Resets the switches of a connection to the settings of a new connection of production. It must be outside a
 * transaction, where `PRAGMA foreign_keys` would have no effect (https://sqlite.org/pragma.html#pragma_foreign_keys).
 */
export function resetSwitches(db: Database, settings: Settings): void {
  const onOff = (on: boolean): string => (on ? 'ON' : 'OFF');
  db.exec(`PRAGMA foreign_keys = ${onOff(settings.foreignKeys)};
    PRAGMA recursive_triggers = ${onOff(settings.recursiveTriggers)};
    PRAGMA legacy_alter_table = ${onOff(settings.legacyAlterTable)};
    PRAGMA ignore_check_constraints = OFF;
    PRAGMA query_only = OFF;
    PRAGMA defer_foreign_keys = OFF;`);
}

/**
 * SQLite's code and message when `error` is its answer to a statement: to the SQL, the rows, or the locks of others; also
 * for what a function of the application threw that it called. Null for any other error, and where the machine is to
 * blame (a full disk, no memory), which answers nothing.
 */
export function sqliteError(error: unknown): { code: string; message: string } | null {
  if (error instanceof FunctionError) return { code: 'SQLITE_ERROR', message: error.message };
  return isMachineFault(error) ? null : engineError(error);
}

/** SQLite's code and message when `error` comes from SQLite itself, for any reason; otherwise null. */
export function engineError(error: unknown): { code: string; message: string } | null {
  return betterSqlite3.errorOf(error) ?? nodeSqlite.errorOf(error);
}

/** Whether SQLite failed for want of something that the machine has too little of, which no SQL and no row is to blame for. */
export function isMachineFault(error: unknown, db?: Database): boolean {
  const code = engineError(error)?.code ?? '';
  return faultOf(code) !== null && !(code === 'SQLITE_FULL' && db !== undefined && hasSpentNumbers(db));
}

/** An AUTOINCREMENT that has given its last number is "full" as a disk is: https://sqlite.org/autoinc.html */
function hasSpentNumbers(db: Database): boolean {
  const tables = "SELECT 1 FROM main.sqlite_schema WHERE name = 'sqlite_sequence'";
  if (db.prepare(tables).get() === undefined) return false;
  return db.prepare('SELECT 1 FROM main.sqlite_sequence WHERE seq = 9223372036854775807').get() !== undefined;
}

/** The version of the SQLite that runs everything, such as `3.54.1`. @throws HarnessError `unsupported` */
export function sqliteVersion({ engine }: Settings): string {
  return engines[engine].version();
}

/**
 * Runs `read`, which opens or reads the database `file`, and says in our words what SQLite refuses.
 * @throws HarnessError `database-missing`, `database-unreadable`, `database-locked`
 */
export function readingFile<T>(file: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw fileError(file, error);
  }
}

/**
 * The meaning of an error with the database `file`: a HarnessError where the file is at fault, otherwise the error
 * itself.
 */
export function fileError(file: string, error: unknown): unknown {
  const code = engineError(error)?.code ?? '';
  const message = error instanceof Error ? error.message : wordsOf(error);
  const details = { facts: { file }, cause: error };
  if (/^SQLITE_(BUSY|LOCKED)/.test(code)) {
    return new HarnessError(
      'database-locked',
      `${file} is locked by another process (waited ${busyTimeout / 1000} s).`,
      {
        ...details,
        remedy: 'Wait for the other process, or stop it, and run this again.',
      },
    );
  }
  if (code === 'SQLITE_NOTADB') {
    return new HarnessError('database-unreadable', `${file} is not a SQLite database: ${message}.`, {
      ...details,
      remedy: 'Name the database file itself; an encrypted one must be decrypted first.',
    });
  }
  if (code !== '' && isOfNewerFormat(message)) {
    return new HarnessError('database-unreadable', `${file} has a format that this SQLite does not know.`, {
      ...details,
      remedy: 'Check that the file is complete. A file of a newer SQLite needs a newer rowproof.',
    });
  }
  if (/^SQLITE_CORRUPT/.test(code)) return damaged(file, [message], error);
  if (/^SQLITE_(CANTOPEN|READONLY|PERM)/.test(code) || message.includes('directory does not exist')) {
    return new HarnessError('database-missing', `${file} cannot be opened: ${message}.`, {
      ...details,
      remedy: 'Check that the path is right and that you may read and write the file and its folder.',
    });
  }
  return machineError(error, `${file} cannot be read or written`, dirname(resolve(file)));
}

/**
 * Turns an error of the machine into a HarnessError, with the free space on the disk of `folder` where
 * it is full; any other error is returned unchanged.
 * @param what its first words
 * @param folder that of temporary files when left out, where SQLite sorts and keeps what it may have to take back
 */
export function machineError(error: unknown, what: string, folder: string = tmpdir()): unknown {
  const code = engineError(error)?.code ?? systemCode(error);
  if (error instanceof HarnessError || code === null || !(error instanceof Error)) return error;
  // Any other refusal of the file system comes from changes by others during the work.
  const fault = faultOf(code) ?? (systemCode(error) === null ? null : 'disk-failed');
  return fault === null ? error : describeFault(fault, { what, folder, message: error.message, cause: error });
}

/**
 * Turns an error on files of ours alone, which others may have changed or moved meanwhile, into one like `machineError`.
 */
export function scratchError(error: unknown, what: string, folder: string = tmpdir()): unknown {
  const said = engineError(error);
  if (said === null || !/^SQLITE_(?:CORRUPT(?!_VTAB)|NOTADB|READONLY_DBMOVED)/.test(said.code))
    return machineError(error, what, folder);
  return describeFault('disk-failed', { what, folder, message: said.message, cause: error });
}

function configure(db: Database, settings: Settings): void {
  joinFamily(db, settings);
  resetSwitches(db, settings);
  connectAsConfigured(db, settings, (error) => fileError('', error) !== error);
}
