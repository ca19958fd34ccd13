import { isWrapped, settingsOf } from '../database/execute.ts';
import type { CountingDatabase, StepCounter, Work } from '../database/step-counter.ts';
import type { Migration, Statement } from '../model/history.ts';
import type { Settings } from '../model/settings.ts';
import { quoteName } from '../sql/quote.ts';

/** A database before a migration, with so many rows in each of its tables. */
export interface Sample {
  readonly rows: number;
  readonly content: Uint8Array;
}

/** A migration whose work is counted, and what counts it. */
export interface Workload {
  readonly count: StepCounter;
  readonly migration: Migration;
  readonly settings: Settings;
}

/**
 * The steps that the runs on one sample may take together. It bounds a run by work and not by time, so that each run of the same
 * inputs ends at the same place.
 */
const usuallyAllowed = 12_000_000;

/** The steps that a run may take, and what is called on the database after its last statement. */
export interface RunLimits {
  readonly allowed?: number;
  readonly ended?: (db: CountingDatabase) => void;
}

/**
 * Runs a migration on a sample and counts the work of its statements, as far as it comes.
 * @param before called before each statement, on the database as it is then.
 */
export function runOn(
  { count, migration, settings }: Workload,
  sample: Sample,
  before: (db: CountingDatabase, statement: Statement) => void = () => {},
  { allowed = usuallyAllowed, ended = () => {} }: RunLimits = {},
): { readonly works: ReadonlyMap<number, Work>; readonly isExhausted: boolean } {
  const works = new Map<number, Work>();
  const db = count(sample.content, switched(migration, settings), allowed);
  if (db === null) return { works, isExhausted: false };
  try {
    if (isWrapped(migration, settings)) db.run('BEGIN');
    for (const statement of migration.statements) {
      before(db, statement);
      const work = db.run(statement.sql);
      if (work === null) break;
      works.set(statement.index, { ...work, changes: work.changes + rowsMade(db, statement) });
    }
    ended(db);
    return { works, isExhausted: db.isExhausted };
  } finally {
    db.close();
  }
}

/** The rows of CREATE TABLE … AS, which SQLite does not count as changes. */
function rowsMade(db: CountingDatabase, { head }: Statement): number {
  if (head.verb !== 'create-table' || head.target === null) return 0;
  return Number(db.texts(`SELECT count(*) FROM ${quoteName(head.target)}`)[0] ?? 0);
}

/** The settings at the first statement of a migration. */
function switched(migration: Migration, settings: Settings): Settings {
  const own = settingsOf(migration, settings);
  const isOff = migration.directives.some(({ kind }) => kind === 'foreign-keys-off');
  return isOff && settings.transaction !== 'all-pending' ? { ...own, foreignKeys: false } : own;
}

/** The power of the rows with which a number grows between two sizes. */
export function exponentOf(rows: readonly [number, number], numbers: readonly [number, number]): number {
  return Math.log(numbers[1] / numbers[0]) / Math.log(rows[1] / rows[0]);
}
