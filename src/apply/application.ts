import type { Database } from '../database/connection.ts';
import type { Snapshot } from '../database/snapshot.ts';
import type { Trust } from '../database/state.ts';
import type { Migration, Statement } from '../model/history.ts';
import type { Invariant } from '../model/invariant.ts';
import type { State } from '../model/outcome.ts';
import type { Settings } from '../model/settings.ts';

/** One step: what is applied to which database, from which place of the history on. */
export interface Application {
  readonly db: Database;
  readonly migration: Migration;
  /** The place in the history that the database has reached before. */
  readonly from: number;
  readonly settings: Settings;
  readonly invariants: readonly Invariant[];
  /** The current database. */
  readonly snapshot: Snapshot;
  /** Its state, where it is known from the step before and no rows were put in since. */
  readonly before?: State;
  /** Whether no other step follows, so that all is looked at once more and not only what the step may have touched. */
  readonly isLast?: boolean;
  /** Whether views are asked before and after, which costs what they cost. */
  readonly asksViews?: boolean;
  /** Told when its statements begin and end. */
  readonly meter?: StatementMeter | undefined;
  /** False where nobody asks which rows it changed. */
  readonly isJudged?: boolean;
  /** How much of the database is taken for sound; nothing when left out. */
  readonly trust?: Trust;
}

/** The meter of a migration's statements: its hooks stand next to them, so that no other work is counted. */
export interface StatementMeter {
  readonly before: (statement: Statement) => void;
  readonly after: (statement: Statement) => void;
  readonly committing: () => void;
  /** After COMMIT, or after a failure. */
  readonly ended: () => void;
}
