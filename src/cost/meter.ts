import { statSync } from 'node:fs';
import type { Database } from '../database/connection.ts';
import type { StatementCost, StepCost } from '../model/cost.ts';
import type { Migration, Statement } from '../model/history.ts';
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

/** Bytes beside a page: of a frame in a write-ahead log, and in a rollback journal. https://sqlite.org/fileformat.html */
const besidePage = { wal: 24, rollback: 8 } as const;

/** Starts to measure, on the database before the migration. */
export function createMeter({ db, file, migration, journal, isWrapped, clock }: Metering): Meter {
  const pageSize = Number(db.pragma('page_size', { simple: true }));
  const pagesNow = (): number => Number(db.pragma('page_count', { simple: true }));
  const changes = db.prepare<[], number>('SELECT total_changes()').pluck();
  const changesNow = (): number => changes.get() ?? 0;
  const pagesBefore = pagesNow();
  const statements: StatementCost[] = [];
  let mostPages = pagesBefore;
  let journaled = 0;
  let started = 0;
  let rowsBefore = changesNow();
  let commit: number | null = null;
  let running: Statement | null = null;
  let held = 0;
  let lock = 0;
  let isOpen = isWrapped;
  const temporary = watchTemporaryFiles(file);
  let temporaryNow: number | null = null;

  const look = (): void => {
    mostPages = Math.max(mostPages, pagesNow());
    noteJournal(sizeOf(`${file}-journal`));
  };
  const noteJournal = (bytes: number): void => {
    journaled = Math.max(journaled, Math.floor(bytes / (pageSize + besidePage.rollback)));
  };
  /** A statement without a transaction, such as VACUUM, has removed its journal when it ends. */
  const lookBack = (): void => {
    const seen = temporary?.end();
    temporaryNow = seen?.temporary ?? null;
    noteJournal(seen?.journal ?? 0);
  };
  const hold = (milliseconds: number): void => {
    held = isOpen ? held + milliseconds : milliseconds;
    lock = Math.max(lock, held);
  };
  const note = (statement: Statement, milliseconds: number | null): void => {
    const rows = changesNow();
    const took = milliseconds === null ? null : rounded(milliseconds);
    statements.push({
      ...{ statement: statement.index, line: statement.line, milliseconds: took },
      ...{ rows: rows - rowsBefore, temporaryBytes: temporaryNow },
    });
    rowsBefore = rows;
  };

  return {
    before: (statement) => {
      running = statement;
      if (statement.head.verb === 'begin') {
        isOpen = true;
        held = 0;
      }
      temporary?.begin();
      started = clock();
    },
    after: (statement) => {
      const milliseconds = clock() - started;
      lookBack();
      running = null;
      hold(milliseconds);
      if (statement.head.verb === 'commit' || statement.head.verb === 'rollback') isOpen = false;
      look();
      note(statement, milliseconds);
    },
    committing: () => {
      look();
      commit = clock();
    },
    ended: () => {
      if (running !== null) {
        lookBack();
        note(running, null);
      }
      if (commit !== null && isWrapped) hold(clock() - commit);
      mostPages = Math.max(mostPages, pagesNow());
    },
    cost: () => {
      const milliseconds = statements.reduce((sum, each) => sum + (each.milliseconds ?? 0), 0);
      // New pages are in no rollback journal, and in every write-ahead log.
      const written = journaled + Math.max(0, mostPages - pagesBefore);
      const pages = journal === 'wal' ? written : journaled;
      const journalBytes = pages * (pageSize + besidePage[journal]);
      const grown = Math.max(0, mostPages - pagesBefore) * pageSize;
      const temporaryBytes =
        temporary === null ? null : Math.max(0, ...statements.map((each) => each.temporaryBytes ?? 0));
      return {
        migration: migration.name,
        milliseconds: rounded(Math.max(milliseconds, lock)),
        lockMilliseconds: rounded(lock),
        rows: statements.reduce((sum, { rows }) => sum + rows, 0),
        bytesBefore: pagesBefore * pageSize,
        bytesAfter: pagesNow() * pageSize,
        journal,
        journalBytes,
        temporaryBytes,
        grownBytes: grown + journalBytes,
        freeBytes: grown + journalBytes + (temporaryBytes ?? 0),
        statements,
      };
    },
  };
}

/** To microseconds: no clock is better. */
function rounded(milliseconds: number): number {
  return Math.round(milliseconds * 1000) / 1000;
}

function sizeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0;
}
