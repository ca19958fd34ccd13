import { resolve } from 'node:path';
import { HarnessError } from '../errors.ts';
import type { EngineName, Settings } from '../model/settings.ts';
import { connectAsConfigured } from './connect.ts';
import type { Database, Engine } from './engine.ts';
import { betterSqlite3 } from './engines/better-sqlite3.ts';
import { nodeSqlite } from './engines/node-sqlite.ts';
import { FunctionError } from './registered.ts';

export type { Database } from './engine.ts';

const engines: Readonly<Record<EngineName, Engine>> = { 'better-sqlite3': betterSqlite3, node: nodeSqlite };

/** Milliseconds that a connection waits for another process's lock. */
export const busyTimeout = 5_000;

/** Opens an empty `:memory:` database, or one with the content of `bytes`, with the settings of production. */
export function openMemory(settings: Settings, bytes?: Buffer): Database {
  const db = engines[settings.engine].openMemory(bytes?.length === 0 ? undefined : bytes, settings);
  configure(db, settings);
  return db;
}

/**
 * Opens a database file for reading and writing with the settings of production. The file is made where there is none,
 * unless `mustExist`.
 * @throws HarnessError `database-missing`, `database-unreadable`, `database-locked`
 */
export function openFile(file: string, settings: Settings, options: { mustExist?: boolean } = {}): Database {
  return readingFile(file, () => {
    const db = engines[settings.engine].openFile(resolve(file), {
      doubleQuotedStrings: settings.doubleQuotedStrings,
      mustExist: options.mustExist ?? false,
      timeout: busyTimeout,
    });
    try {
      // The first read is what finds out whether the file is a database at all.
      db.prepare('SELECT count(*) FROM sqlite_schema').get();
      configure(db, settings);
    } catch (error) {
      db.close();
      throw error;
    }
    return db;
  });
}

/**
 * Puts the switches of a connection back to the settings, as a new connection of production has them. It must stand
 * outside a transaction, where `PRAGMA foreign_keys` would do nothing (https://sqlite.org/pragma.html#pragma_foreign_keys).
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

/** SQLite's code and message when `error` comes from SQLite, or from a function of the application that it called; else null. */
export function sqliteError(error: unknown): { code: string; message: string } | null {
  if (error instanceof FunctionError) return { code: 'SQLITE_ERROR', message: error.message };
  return betterSqlite3.errorOf(error) ?? nodeSqlite.errorOf(error);
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

/** What an error that met the database `file` means: a HarnessError where the file is at fault, else the error itself. */
export function fileError(file: string, error: unknown): unknown {
  const code = sqliteError(error)?.code ?? '';
  const message = error instanceof Error ? error.message : String(error);
  const details = { facts: { file }, cause: error };
  if (/^SQLITE_(BUSY|LOCKED)/.test(code)) {
    return new HarnessError(
      'database-locked',
      `${file} is locked by another process (waited ${busyTimeout / 1000} s).`,
      {
        ...details,
        remedy: 'Wait until the other process is done, or stop it, and run this again.',
      },
    );
  }
  if (/^SQLITE_(NOTADB|CORRUPT)/.test(code)) {
    return new HarnessError('database-unreadable', `${file} is not a SQLite database: ${message}.`, {
      ...details,
      remedy: 'Name the database file itself; an encrypted one must be decrypted first.',
    });
  }
  if (/^SQLITE_(CANTOPEN|READONLY|PERM|IOERR)/.test(code) || message.includes('directory does not exist')) {
    return new HarnessError('database-missing', `${file} cannot be opened: ${message}.`, {
      ...details,
      remedy: 'Check that the path is right and that you may read and write the file and its folder.',
    });
  }
  return error;
}

function configure(db: Database, settings: Settings): void {
  resetSwitches(db, settings);
  connectAsConfigured(db, settings, (error) => fileError('', error) !== error);
}
