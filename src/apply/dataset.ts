import type { Database } from '../database/connection.ts';
import type { DatasetName, Unfilled } from '../model/dataset.ts';

/** What putting rows in came to. */
export interface Filling {
  /** Tables that have no row, each with its reason. */
  readonly unfilled: readonly Unfilled[];
  /** Whatever else the user should know, a sentence each. */
  readonly notes: readonly string[];
}

/** A maker of rows: fills a database that stands at a version, before the next step. */
export interface Dataset {
  readonly name: DatasetName;
  /**
   * Puts in the rows that belong at `version`.
   * @param restarted whether an earlier step failed, so that rows put in before may be missing.
   * @throws HarnessError `bad-seed` when hand-written rows do not fit.
   */
  readonly fill: (db: Database, version: number, restarted: boolean) => Filling;
}
