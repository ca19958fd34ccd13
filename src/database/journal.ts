import type { Migration, Statement } from '../model/history.ts';
import type { Failure } from '../model/outcome.ts';
import type { Settings } from '../model/settings.ts';
import { type Journal, journalAskedFor } from '../sql/journal-mode.ts';
import { type Database, openFile } from './connection.ts';
import { createWorkspace } from './workspace.ts';

/**
 * Stands for `PRAGMA journal_mode` while one migration runs on a scratch database, which has a journal of its own: one in
 * memory has no other, and a file that is copied must be the whole database. So the PRAGMA does not run there; it fails where
 * it fails on production's file.
 */
export interface JournalStandIn {
  /**
   * @returns undefined where the statement is none of this, and has to run; null where it has been seen to, and is done;
   * else how SQLite refuses it.
   */
  readonly answer: (statement: Statement) => Failure | null | undefined;
}

/** @param migration one that a scratch database runs, under the settings that its connections are opened with. */
export function standInForJournal(db: Database, { journal: known }: Migration, settings: Settings): JournalStandIn {
  let journal = known;
  return {
    answer: (statement) => {
      const wanted = journalAskedFor(statement.sql);
      if (wanted === null) return undefined;
      journal ??= journalOfConnections(settings);
      // wal.c and vdbe.c (OP_JournalMode); between two rollback journals it may change at any time.
      if (db.inTransaction && wanted !== journal) return refused(statement, wanted);
      journal = wanted;
      return null;
    },
  };
}

function refused({ index }: Statement, wanted: Journal): Failure {
  const message = `cannot change ${wanted === 'wal' ? 'into' : 'out of'} wal mode from within a transaction`;
  return { at: 'statement', statement: index, code: 'SQLITE_ERROR', message, harmless: true };
}

const known = new WeakMap<object, Journal>();

/** The journal of a new file, once the application has set up a connection to it. */
function journalOfConnections(settings: Settings): Journal {
  const { connect } = settings;
  if (connect === undefined) return 'rollback';
  const seen = known.get(connect) ?? probe(settings);
  known.set(connect, seen);
  return seen;
}

function probe(settings: Settings): Journal {
  const workspace = createWorkspace();
  try {
    const db = openFile(workspace.path('journal.db'), settings);
    try {
      return journalOf(db);
    } finally {
      db.close();
    }
  } finally {
    workspace.dispose();
  }
}

/** The journal that an open file has. */
export function journalOf(db: Database): Journal {
  return db.pragma('journal_mode', { simple: true }) === 'wal' ? 'wal' : 'rollback';
}
