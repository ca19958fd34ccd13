import { HarnessError } from '../errors.ts';
import type { History, Migration } from '../model/history.ts';
import type { LedgerProblem, LedgerReading } from '../model/ledger.ts';
import type { Failure } from '../model/outcome.ts';
import type { Settings } from '../model/settings.ts';
import { type Database, fileError, openFile, resetSwitches } from './connection.ts';
import { execute } from './execute.ts';
import { compareLedger, hasTables, isApplied, ledgerMissing, openLedger, readLedger, recordApplied } from './ledger.ts';

/** How far to migrate, and what the database is taken for when it has no ledger. */
export interface MigrateOptions {
  /** The last version to apply; all of them when left out. */
  readonly to?: number | undefined;
  /** For a database with tables and no ledger: its version, which is then written into a new ledger. */
  readonly at?: number | undefined;
  /** Gives the time for the ledger, ISO 8601. */
  readonly now: () => string;
  /** Called before each migration that is run. */
  readonly progress?: ((migration: Migration) => void) | undefined;
}

/** What a run of the migrator did. */
export interface MigrateResult {
  /** Applied by this process; others may have applied more meanwhile. */
  readonly applied: readonly Migration[];
  /** The migration that failed, which left nothing behind, and how; null when none did. */
  readonly failed: { readonly migration: Migration; readonly failure: Failure } | null;
}

/**
 * Brings a database file up to date. Each migration runs in a transaction of its own that takes the write lock first and
 * asks inside it whether the migration is applied already, so processes that start at once all succeed and each
 * migration is applied once. The file is made when there is none; its journal mode is left alone.
 * @throws HarnessError `database-locked`, `database-missing`, `database-unreadable`, `ledger-missing`, `ledger-ahead`,
 * `ledger-foreign`, `history-edited`, `unknown-version`, `unsupported`, `function-missing`
 */
export function migrate(file: string, history: History, settings: Settings, options: MigrateOptions): MigrateResult {
  const db = openFile(file, settings);
  try {
    const { pending } = prepareLedger(db, file, history, settings, options);
    const wanted = pending.filter(({ version }) => options.to === undefined || version <= options.to);
    return applyAll(db, wanted, settings, options);
  } catch (error) {
    throw fileError(file, error);
  } finally {
    db.close();
  }
}

/**
 * Reads what a database has still to run, without changing it.
 * @param at the version of a database that has tables and no ledger.
 * @throws HarnessError `ledger-missing`, `ledger-foreign`, `ledger-ahead`, `unknown-version`
 */
export function readPending(db: Database, file: string, history: History, at?: number): LedgerReading {
  if (at !== undefined) return pendingFrom(db, file, history, at);
  const entries = readLedger(db);
  if ((entries === null || entries.length === 0) && hasTables(db)) throw ledgerMissing(db, file);
  const reading = compareLedger(history, entries ?? []);
  const ahead = reading.problems.find(({ kind }) => kind === 'ahead');
  if (ahead !== undefined) throw ledgerAhead(file, history, ahead);
  return reading;
}

function applyAll(
  db: Database,
  wanted: readonly Migration[],
  settings: Settings,
  options: MigrateOptions,
): MigrateResult {
  const applied: Migration[] = [];
  for (const migration of wanted) {
    if (migration.kind === 'code') throw isProgram(migration);
    options.progress?.(migration);
    let elsewhere = false;
    const failure = execute(db, migration, settings, {
      begun: () => {
        elsewhere = isApplied(db, migration.version);
        return elsewhere ? 'skip' : undefined;
      },
      committing: () => recordApplied(db, migration, options.now()),
    });
    if (failure !== null) return { applied, failed: { migration, failure } };
    if (!elsewhere) applied.push(migration);
  }
  return { applied, failed: null };
}

/** Makes or adopts the ledger and reads it, all inside one lock. */
function prepareLedger(
  db: Database,
  file: string,
  history: History,
  settings: Settings,
  options: MigrateOptions,
): LedgerReading {
  refuseUnknown(history, options.to, '--to');
  refuseUnknown(history, options.at, '--at');
  resetSwitches(db, settings);
  db.exec('BEGIN IMMEDIATE');
  try {
    const reading = readPending(db, file, history, options.at);
    refuseEdited(reading.problems);
    openLedger(db);
    if (options.at !== undefined) {
      const had = history.migrations.filter(({ version }) => version <= reading.version);
      for (const migration of had) recordApplied(db, migration, options.now());
    }
    db.exec('COMMIT');
    return reading;
  } finally {
    if (db.inTransaction) db.exec('ROLLBACK');
  }
}

function pendingFrom(db: Database, file: string, history: History, at: number): LedgerReading {
  refuseUnknown(history, at, '--at');
  const known = knownVersion(db);
  if (known !== null && known !== at) {
    throw new HarnessError('unknown-version', `--at ${at} contradicts the ledger of ${file}, which says ${known}.`, {
      remedy: 'Leave --at out; it is for databases without a ledger.',
      facts: { file, at, version: known },
    });
  }
  return { version: at, pending: history.migrations.filter(({ version }) => version > at), problems: [] };
}

/** The version that our ledger says, or null where there is none of ours. */
function knownVersion(db: Database): number | null {
  try {
    return readLedger(db)?.at(-1)?.version ?? null;
  } catch (error) {
    if (error instanceof HarnessError && error.code === 'ledger-foreign') return null;
    throw error;
  }
}

function refuseUnknown(history: History, version: number | undefined, flag: string): void {
  if (version === undefined || version === 0 || history.migrations.some((migration) => migration.version === version))
    return;
  throw new HarnessError(
    'unknown-version',
    `${flag} ${version}: no migration in ${history.directory} has that version.`,
    {
      remedy: `The versions there go from ${history.migrations[0]?.version} to ${history.migrations.at(-1)?.version}.`,
      facts: { version },
    },
  );
}

function ledgerAhead(file: string, history: History, { version, name }: LedgerProblem): HarnessError {
  return new HarnessError(
    'ledger-ahead',
    `${file} is at version ${version} (${name}), ahead of every file in ${history.directory}.`,
    {
      remedy: 'Check out the code that migrated it, or name the folder that holds its newest migrations.',
      facts: { file, version },
    },
  );
}

const complaints = {
  edited: 'was edited after it was applied',
  missing: 'was applied but is not in the folder any more',
  late: 'came late: a newer migration is applied already',
  ahead: 'is ahead of the folder',
} as const;

function refuseEdited(problems: readonly LedgerProblem[]): void {
  if (problems.length === 0) return;
  const list = problems.map(({ name, kind }) => `${name} ${complaints[kind]}`).join('; ');
  throw new HarnessError('history-edited', `The history and the ledger disagree: ${list}.`, {
    remedy: 'Put applied files back as they were; give a late one a number above the newest applied.',
    facts: { versions: problems.map(({ version }) => version).join(', ') },
  });
}

function isProgram({ file, version }: Migration): HarnessError {
  return new HarnessError('unsupported', `${file} is a program, and the migrator runs SQL files alone.`, {
    remedy: `Run it with its own tool, then go on from there with --at ${version}.`,
    facts: { file, version },
  });
}
