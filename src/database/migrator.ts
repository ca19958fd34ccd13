import { existsSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { HarnessError } from '../errors.ts';
import { findPosition } from '../identity/find.ts';
import { numberOf } from '../identity/number.ts';
import type { History, Migration } from '../model/history.ts';
import type { Failure } from '../model/outcome.ts';
import type { VersionRange } from '../model/request.ts';
import type { Integrity, Settings } from '../model/settings.ts';
import { asStep } from '../watch/activity.ts';
import {
  busyTimeout,
  type Database,
  engineError,
  fileError,
  machineError,
  openFile,
  resetSwitches,
} from './connection.ts';
import { locate } from './database-file.ts';
import { execute } from './execute.ts';
import { asForeign, compareLedger, entryOf, findEntry, openLedger, recordApplied } from './ledger.ts';
import { plan, planNew, refuseEdited } from './plan.ts';
import { refuseDamage } from './soundness.ts';

/** Milliseconds between two attempts to open a file. */
const pause = 10;

/** The options of `migrate`. */
export interface MigrateOptions extends VersionRange {
  /** Gives the time for the ledger, ISO 8601. */
  readonly now: () => string;
  /** Called after each migration that this process has applied. */
  readonly applied?: ((migration: Migration) => void) | undefined;
  /** The check of the file before the first migration; `quick` when left out. */
  readonly integrity?: Integrity | undefined;
}

/** The result of a run of the migrator. */
export interface MigrateResult {
  /** The migrations applied by this process; other processes may have applied more. */
  readonly applied: readonly Migration[];
  /** The migration that failed, which left nothing behind, and how; null when none did. */
  readonly failed: { readonly migration: Migration; readonly failure: Failure } | null;
}

/**
 * Brings a database file up to date. Each migration runs in a transaction of its own that takes the write lock first and
 * asks inside it whether the migration is applied already, so processes that start at once all succeed and each
 * migration is applied once. The file is made when there is none; its journal mode is left alone.
 * @throws HarnessError `database-locked`, `function-missing` and `history-edited`, before which some migrations may have
 * been applied; `database-missing`, `database-unreadable`, `ledger-missing`, `ledger-ahead`, `ledger-foreign`,
 * `unknown-version`, `unsupported`, `database-damaged`, before which nothing has changed; `disk-full` and its like, where
 * the migration that was running is rolled back
 */
export function migrate(file: string, history: History, settings: Settings, options: MigrateOptions): MigrateResult {
  // A refused run must not create the file.
  if (existsSync(file)) locate(file);
  else planNew(file, history, settings, options);
  const db = openPatiently(file, settings);
  try {
    refuseDamagedFile(db, file, history, options);
    const wanted = prepareLedger(db, file, history, settings, options);
    return applyAll(db, file, wanted, history, settings, options);
  } catch (error) {
    throw fileError(file, error);
  } finally {
    db.close();
  }
}

/**
 * Opens the file, again and again while it is locked. SQLite waits by itself, but not in `PRAGMA journal_mode = WAL`, with
 * which an application may set up its connections, when others do the same (https://sqlite.org/c3ref/busy_handler.html).
 */
function openPatiently(file: string, settings: Settings): Database {
  const deadline = performance.now() + busyTimeout;
  for (;;) {
    try {
      return openFile(file, settings);
    } catch (error) {
      const locked = error instanceof HarnessError && error.code === 'database-locked';
      if (!locked || performance.now() >= deadline) throw error;
    }
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, pause);
  }
}

/**
 * Checks the pages before anything is written to them, unless nothing is pending. All is read in one transaction, since
 * another process may be at the same migrations.
 */
function refuseDamagedFile(
  db: Database,
  file: string,
  history: History,
  { integrity = 'quick', ...range }: MigrateOptions,
): void {
  db.exec('BEGIN');
  try {
    if (plan(db, file, history, range).length > 0) refuseDamage(db, file, integrity);
  } finally {
    if (db.inTransaction) db.exec('ROLLBACK');
  }
}

/** Makes or adopts the ledger and reads it, all inside one lock; returns what is wanted of the pending migrations. */
function prepareLedger(
  db: Database,
  file: string,
  history: History,
  settings: Settings,
  options: MigrateOptions,
): readonly Migration[] {
  resetSwitches(db, settings);
  db.exec('BEGIN IMMEDIATE');
  try {
    const wanted = plan(db, file, history, options);
    const changed = openLedger(db);
    const { at, now } = options;
    const last = at === undefined ? 0 : findPosition(history, at, '--at');
    const unknown = history.migrations.filter(
      (each) => each.position <= last && findEntry(db, numberOf(each)) === null,
    );
    try {
      for (const migration of unknown) recordApplied(db, entryOf(migration), now());
    } catch (error) {
      throw asForeign(db, error);
    }
    // Even without changes, COMMIT would wait for all readers, so the transaction is rolled back.
    if (changed || unknown.length > 0) db.exec('COMMIT');
    return wanted;
  } finally {
    if (db.inTransaction) db.exec('ROLLBACK');
  }
}

function applyAll(
  db: Database,
  file: string,
  wanted: readonly Migration[],
  history: History,
  settings: Settings,
  options: MigrateOptions,
): MigrateResult {
  const applied: Migration[] = [];
  for (const migration of wanted) {
    let elsewhere = false;
    const failure = runOne(file, migration, () =>
      execute(db, migration, settings, {
        begun: () => {
          elsewhere = isApplied(db, migration, history);
          return elsewhere ? 'skip' : undefined;
        },
        committing: () => {
          // The file may have set it, and the ledger is ours to write.
          db.pragma('query_only = OFF');
          recordApplied(db, entryOf(migration), options.now());
        },
      }),
    );
    if (failure !== null) return { applied, failed: { migration, failure } };
    if (elsewhere) continue;
    applied.push(migration);
    options.applied?.(migration);
  }
  return { applied, failed: null };
}

/** Says of a fault of the machine which migration it has stopped: its transaction is rolled back. */
function runOne<T>(file: string, { name }: Migration, work: () => T): T {
  try {
    return asStep(`Migration ${name}`, work);
  } catch (error) {
    // Without leave to write, the file cannot be opened, which `fileError` says.
    if (engineError(error)?.code.startsWith('SQLITE_CANTOPEN') === true) throw error;
    throw machineError(error, `${file} cannot take ${name}, which was rolled back`, dirname(resolve(file)));
  }
}

/** Whether another process has applied a migration since the ledger was read; it may have had another file. */
function isApplied(db: Database, migration: Migration, history: History): boolean {
  const entry = findEntry(db, numberOf(migration));
  if (entry === null) return false;
  refuseEdited(compareLedger({ ...history, migrations: [migration] }, [entry]).problems);
  return true;
}
