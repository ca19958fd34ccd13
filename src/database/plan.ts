import { existsSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { HarnessError } from '../errors.ts';
import { findPosition } from '../identity/find.ts';
import { numberOf } from '../identity/number.ts';
import type { History, Migration, MigrationRef } from '../model/history.ts';
import type { LedgerEntry, LedgerProblem, LedgerReading } from '../model/ledger.ts';
import type { VersionRange } from '../model/request.ts';
import type { Settings } from '../model/settings.ts';
import { type Database, openMemory } from './connection.ts';
import { compareLedger, entryOf, hasTables, ledgerMissing, readLedger } from './ledger.ts';
import { refuseUnrunnable } from './runnable.ts';
import { readToolLedger } from './tool-ledger.ts';

/**
 * Reads what `migrate` would apply, without changing the database.
 * @throws HarnessError `ledger-missing`, `ledger-foreign`, `ledger-ahead`, `history-edited`, `unknown-version`,
 * `unsupported`
 */
export function plan(db: Database, file: string, history: History, { to, at }: VersionRange): readonly Migration[] {
  const last = to === undefined ? history.migrations.length : findPosition(history, to, '--to');
  const { pending, problems } = readPending(db, file, history, at);
  refuseEdited(problems);
  const wanted = pending.filter(({ position }) => position <= last);
  refuseUnrunnable(db, wanted);
  return wanted;
}

/**
 * The migrations that `migrate` would apply to a new file.
 * @throws HarnessError `database-missing`, and those of `plan`
 */
export function planNew(file: string, history: History, settings: Settings, range: VersionRange): readonly Migration[] {
  const path = resolve(file);
  // better-sqlite3 would make a file of the shorter name.
  const obstacle = path !== path.trim() ? 'the name ends in white space' : 'its folder does not exist';
  if (path !== path.trim() || !existsSync(dirname(path))) {
    throw new HarnessError('database-missing', `${file} cannot be made: ${obstacle}.`, {
      remedy: 'Check that the path is right.',
      facts: { file },
    });
  }
  const db = openMemory(settings);
  try {
    return plan(db, file, history, range);
  } finally {
    db.close();
  }
}

/**
 * Reads the pending migrations of a database without changing it.
 * @param at the migration up to which all are applied, whatever the ledger lacks.
 * @throws HarnessError `ledger-missing`, `ledger-foreign`, `ledger-ahead`, `unknown-version`
 */
export function readPending(db: Database, file: string, history: History, at?: MigrationRef): LedgerReading {
  if (at !== undefined && history.ledger) return readingAt(db, file, history, at);
  if (at === undefined && history.ledger) {
    const reading = readToolLedger(db, history, history.ledger);
    if (reading !== null) return reading;
    if (!hasTables(db)) return compareLedger(history, []);
    throw ledgerMissing(db, file, history);
  }
  const entries = at === undefined ? (readLedger(db) ?? []) : entriesAt(db, file, history, at);
  if (at === undefined && entries.length === 0 && hasTables(db)) throw ledgerMissing(db, file, history);
  const reading = compareLedger(history, entries);
  const ahead = reading.problems.find(({ kind }) => kind === 'ahead');
  if (ahead !== undefined) throw ledgerAhead(file, history, ahead);
  return reading;
}

const complaints = {
  edited: 'was edited after it was applied',
  missing: 'was applied but is not in the folder any more',
  skipped: 'is never run, because a newer one is applied already',
  late: 'came late: a newer migration is applied already',
  ahead: 'is ahead of the folder',
} as const;

/**
 * Refuses to go on where the ledger and the folder disagree, naming every migration in question.
 * @throws HarnessError `history-edited`
 */
export function refuseEdited(problems: readonly LedgerProblem[]): void {
  if (problems.length === 0) return;
  const list = problems.map(({ name, kind }) => `${name} ${complaints[kind]}`).join('; ');
  throw new HarnessError('history-edited', `The history and the ledger disagree: ${list}.`, {
    remedy: 'Restore applied files; give a late file a number above the newest applied one.',
    facts: { versions: problems.map(({ version }) => version).join(', ') },
  });
}

/** The place from `--at` in a database of another tool, independent of its ledger. */
function readingAt(db: Database, file: string, history: History, at: MigrationRef): LedgerReading {
  const { migrations } = history;
  const position = findPosition(history, at, '--at');
  const last = migrations[position - 1];
  if (last !== undefined && !hasTables(db)) throw contradicted(file, at, `cannot be: ${file} has no tables`);
  const version = last === undefined ? 0 : numberOf(last);
  return { version, position, pending: migrations.slice(position), problems: [] };
}

/** The entries of the ledger, and in addition all migrations up to `--at`. */
function entriesAt(db: Database, file: string, history: History, at: MigrationRef): readonly LedgerEntry[] {
  const last = findPosition(history, at, '--at');
  const entries = knownEntries(db);
  const known = new Set(entries.map(({ version }) => version));
  const added = history.migrations.filter((each) => each.position <= last && !known.has(numberOf(each)));
  // Programs are in no ledger of ours until somebody says that they were run.
  const doubtful = added.find(({ kind }) => kind === 'sql');
  if (entries.length > 0 && doubtful !== undefined) {
    throw contradicted(file, at, `contradicts the ledger of ${file}, which does not have ${doubtful.name}`);
  }
  if (entries.length === 0 && added.length > 0 && !hasTables(db)) {
    throw contradicted(file, at, `cannot be: ${file} has no tables`);
  }
  return [...entries, ...added.map(entryOf)];
}

/** The entries of our ledger; none where `_migrations` is not a table of rowproof. */
function knownEntries(db: Database): readonly LedgerEntry[] {
  try {
    return readLedger(db) ?? [];
  } catch (error) {
    if (error instanceof HarnessError && error.code === 'ledger-foreign') return [];
    throw error;
  }
}

function contradicted(file: string, at: MigrationRef, how: string): HarnessError {
  return new HarnessError('unknown-version', `--at ${at} ${how}.`, {
    remedy: 'Leave out --at; it is for databases with tables and without a ledger.',
    facts: { file, at },
  });
}

function ledgerAhead(file: string, history: History, { version }: LedgerProblem): HarnessError {
  return new HarnessError(
    'ledger-ahead',
    `${file} is at version ${version}, which is newer than every file in ${history.directory}.`,
    {
      remedy: 'Check out the code that migrated it, or name the folder that holds its newest migrations.',
      facts: { file, version },
    },
  );
}
