import type { SqlValue } from './connection.ts';

/** The rows that are inserted before steps. */
export type DatasetName = 'fixture' | 'one-row' | 'typical' | 'awkward' | 'profile' | 'copy';

/** `empty` is the baseline: no rows but those that migrations insert themselves. */
export type Side = 'empty' | DatasetName;

/** A table that a dataset left empty, with the reason in SQLite's or our words. */
export interface Unfilled {
  readonly table: string;
  readonly reason: string;
}

/** SQLite's reason for refusing a row. */
export interface Refusal {
  readonly code: string;
  readonly message: string;
  /** Whether any row would be refused: the INSERT itself does not compile, as when a trigger names a missing table. */
  readonly ofAnyRow: boolean;
  /** The text of the columns in question, if an invariant refuses rather than SQLite. */
  readonly expression?: string;
}

/** SQLite's verdict on a row: null if it accepted the row. */
export type Verdict = Refusal | null;

/**
 * Inserts one row, with its values in the order of the prepared columns, or several rows in one list; or changes
 * nothing and returns the reason.
 */
export type Loader = (values: readonly SqlValue[]) => Verdict;

/** The database that generated rows are tried on. It alone decides whether a row is good. */
export interface RowSink {
  /**
   * Inserts one row, or changes nothing and returns the reason. @param lenient accepts the row although it breaks an
   * invariant, and later rows of its table too.
   */
  insert(table: string, row: ReadonlyMap<string, SqlValue>, lenient?: boolean): Verdict;
  /** Whether a table has no rows; an unreadable table counts as empty. */
  isEmpty(table: string): boolean;
  /** The number of rows in a table without a NULL or a negative number in `columns`; 0 for one that cannot be read. */
  count(table: string, columns: readonly string[]): number;
  /**
   * The values of `columns` in rows of a table (by rowid or key), at most `limit`, the first `offset` left out. Rows
   * with a NULL are left out because nothing can refer to them; rows with negative numbers are left out because nothing
   * does.
   */
  rows(table: string, columns: readonly string[], limit: number, offset?: number): readonly (readonly SqlValue[])[];
  /**
   * Prepares to put in many rows that give the same columns.
   * @param guarded whether a row that is refused may leave something behind (as by RAISE(FAIL) in a trigger) that must be
   * taken back; costs time.
   */
  loader(table: string, columns: readonly string[], guarded: boolean): Loader;
  /** The invariants that more rows break than before the first one was put in, with how many more. */
  broken(): readonly { readonly invariant: string; readonly rows: number }[];
  /** Runs `work` in one transaction, which makes many rows fast; returns why it could not be committed, or null. */
  transaction(work: () => void): Verdict;
  /** Runs `work` and rolls it back, except for changes after a trigger that rolled the transaction back. */
  trial<T>(work: () => T): T;
  /**
   * Runs `work` with foreign keys enforced at its end, so that rows that point at each other can go in one after the
   * other; keeps its changes if it returns null and no orphan is left; otherwise rolls them back and returns the
   * reason.
   */
  together(work: () => Verdict): Verdict;
}
