import type { Database } from '../database/connection.ts';
import type { StatementCost, StepCost } from '../model/cost.ts';
import type { Migration, Statement } from '../model/history.ts';
import { LockTime } from './lock-time.ts';
import { PagePeaks } from './page-peaks.ts';
import { watchTemporaryFiles } from './temporary-files.ts';

/** A clock in milliseconds. */
export type Clock = () => number;

/** Measures one migration on a database file; the hooks are called next to its statements, so that only they are timed. */
export interface Meter {
  readonly before: (statement: Statement) => void;
  readonly after: (statement: Statement) => void;
  /** Before COMMIT. */
  readonly committing: () => void;
  /** After COMMIT, or after a failure. */
  readonly ended: () => void;
  readonly cost: () => StepCost;
}

/** The inputs of a meter. */
export interface Metering {
  readonly db: Database;
  /** Its file, in a rollback mode. */
  readonly file: string;
  readonly migration: Migration;
  /** The journal of production. */
  readonly journal: StepCost['journal'];
  /** Whether one transaction of the migrator goes round the statements. */
  readonly isWrapped: boolean;
  readonly clock: Clock;
}

/** Starts to measure, on the database before the migration. */
export function createMeter(metering: Metering): Meter {
  const { db, file, migration, journal, isWrapped, clock } = metering;
  const changes = db.prepare<[], number>('SELECT total_changes()').pluck();
  const changesNow = (): number => changes.get() ?? 0;
  const peaks = new PagePeaks(db, file);
  const lock = new LockTime(isWrapped);
  const temporary = watchTemporaryFiles(file);
  const statements: StatementCost[] = [];
  let started = 0;
  let rowsBefore = changesNow();
  let commit: number | null = null;
  let running: Statement | null = null;

  const note = (statement: Statement, milliseconds: number | null): void => {
    const seen = temporary?.end();
    // A statement without a transaction, such as VACUUM, has removed its journal when it ends.
    peaks.seeJournal(seen?.journal ?? 0);
    const rows = changesNow();
    const took = milliseconds === null ? null : rounded(milliseconds);
    statements.push({
      ...{ statement: statement.index, line: statement.line, milliseconds: took },
      ...{ rows: rows - rowsBefore, temporaryBytes: seen?.temporary ?? null },
    });
    rowsBefore = rows;
    running = null;
  };

  return {
    before: (statement) => {
      running = statement;
      lock.before(statement);
      temporary?.begin();
      started = clock();
    },
    after: (statement) => {
      const milliseconds = clock() - started;
      note(statement, milliseconds);
      lock.after(statement, milliseconds);
      peaks.seeAll();
    },
    committing: () => {
      peaks.seeAll();
      commit = clock();
    },
    ended: () => {
      if (running !== null) note(running, null);
      if (commit !== null && isWrapped) lock.hold(clock() - commit);
      peaks.see();
    },
    cost: () =>
      sum(statements, peaks.bytes(journal), lock.longest, { migration, journal, isWatched: temporary !== null }),
  };
}

/** @param isWatched whether the system tells which temporary files there are */
function sum(
  statements: readonly StatementCost[],
  { bytesBefore, bytesAfter, journalBytes, grownBytes }: ReturnType<PagePeaks['bytes']>,
  lock: number,
  { migration, journal, isWatched }: Pick<Metering, 'migration' | 'journal'> & { isWatched: boolean },
): StepCost {
  const milliseconds = statements.reduce((all, each) => all + (each.milliseconds ?? 0), 0);
  const temporaryBytes = isWatched ? Math.max(0, ...statements.map((each) => each.temporaryBytes ?? 0)) : null;
  return {
    migration: migration.name,
    milliseconds: rounded(Math.max(milliseconds, lock)),
    lockMilliseconds: rounded(lock),
    rows: statements.reduce((all, { rows }) => all + rows, 0),
    bytesBefore,
    bytesAfter,
    journal,
    journalBytes,
    temporaryBytes,
    grownBytes,
    freeBytes: grownBytes + (temporaryBytes ?? 0),
    statements,
  };
}

/** To microseconds: no clock is better. */
function rounded(milliseconds: number): number {
  return Math.round(milliseconds * 1000) / 1000;
}
