import type { SqlValue } from './connection.ts';

/** The rows that are put in before steps. */
export type DatasetName = 'fixture' | 'one-row' | 'typical' | 'awkward' | 'profile' | 'copy';

/** `empty` is the baseline: no rows but those that migrations insert themselves. */
export type Side = 'empty' | DatasetName;

/** A table that a dataset left empty, with the reason in SQLite's or our words. */
export interface Unfilled {
  readonly table: string;
  readonly reason: string;
}

/** Why SQLite did not take a row, in its words. */
export interface Refusal {
  readonly code: string;
  readonly message: string;
  /** Whether any row would be refused: the INSERT itself does not compile, as when a trigger names a missing table. */
  readonly ofAnyRow: boolean;
}

/** What SQLite said of a row: null when it took it. */
export type Verdict = Refusal | null;

/** The database that generated rows are tried on. It alone decides whether a row is good. */
export interface Judge {
  /** Puts one row in, or leaves everything as it was and tells why not. */
  insert(table: string, row: ReadonlyMap<string, SqlValue>): Verdict;
  /** Whether a table has no row; one that cannot be read counts as empty. */
  isEmpty(table: string): boolean;
  /**
   * The values of `columns` in the first rows of a table (by rowid or key), at most `limit`. Rows with a NULL among them
   * are left out, for nothing can point at them.
   */
  rows(table: string, columns: readonly string[], limit: number): readonly (readonly SqlValue[])[];
  /**
   * Runs `work` with foreign keys enforced at its end, so that rows that point at each other can go in one after the
   * other; keeps what it did when it returns null and no orphan is left, else takes it back and returns the reason.
   */
  together(work: () => Verdict): Verdict;
}
