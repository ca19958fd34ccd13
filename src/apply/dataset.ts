import type { Database } from '../database/connection.ts';
import type { DatasetName, Unfilled } from '../model/dataset.ts';
import type { Note } from '../model/note.ts';
import type { State } from '../model/outcome.ts';

/** The result of inserting rows. */
export interface FillResult {
  /** Tables that have no row, each with its reason. */
  readonly unfilled: readonly Unfilled[];
  /** Other facts for the user. */
  readonly notes: readonly Note[];
  /** The tables, folded, that rows may have been written to, an upper bound; left out where that may be all. */
  readonly written?: ReadonlySet<string> | undefined;
}

/** Where a database stands when rows are put in. */
export interface FillContext {
  /** The place in the history that it has reached; 0 is the base. */
  readonly position: number;
  /** Whether an earlier step failed, so that rows put in before may be missing. */
  readonly restarted: boolean;
  /** Its state, where it is known from the step before. */
  readonly state: State | null;
}

/** A maker of rows: fills a database that stands somewhere in the history, before the next step. */
export interface Dataset {
  readonly name: DatasetName;
  /** The dataset whose rows it has: where both walk through a history, they share a database. */
  readonly rowsOf?: DatasetName;
  /** Whether its rows come once and are carried over a failed step as far as they fit; others are made anew after it. */
  readonly carriesOver: boolean;
  /** Whether its rows may be too many for memory, so that they are kept on files. */
  readonly isLarge?: boolean;
  /**
   * Puts in the rows that belong where the database stands.
   * @throws HarnessError `bad-seed` when hand-written rows do not fit.
   */
  readonly fill: (db: Database, standing: FillContext) => FillResult;
}
