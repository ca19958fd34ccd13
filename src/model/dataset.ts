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
  /** The text whose columns it is about, where it is not SQLite that refuses but an invariant. */
  readonly expression?: string;
}

/** What SQLite said of a row: null when it took it. */
export type Verdict = Refusal | null;

/**
 * Puts one row in, its values in the order of the columns that were prepared, or several, one after the other in the same
 * list; or leaves all as it was and tells why not.
 */
export type Loader = (values: readonly SqlValue[]) => Verdict;

/** The database that generated rows are tried on. It alone decides whether a row is good. */
export interface Judge {
  /**
   * Puts one row in, or leaves everything as it was and tells why not.
   * @param lenient takes it although it breaks an invariant, and others of its table from then on.
   */
  insert(table: string, row: ReadonlyMap<string, SqlValue>, lenient?: boolean): Verdict;
  /** Whether a table has no row; one that cannot be read counts as empty. */
  isEmpty(table: string): boolean;
  /** How many rows a table has without a NULL or a negative number in `columns`; 0 for one that cannot be read. */
  count(table: string, columns: readonly string[]): number;
  /**
   * The values of `columns` in rows of a table (by rowid or key), at most `limit`, the first `offset` left out. Rows with a
   * NULL among them are left out, for nothing can point at them, and those with negative numbers, for nothing does.
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
  /** Runs `work` and takes back what it put in, but for what came after a trigger that rolled the transaction back. */
  trial<T>(work: () => T): T;
  /**
   * Runs `work` with foreign keys enforced at its end, so that rows that point at each other can go in one after the
   * other; keeps what it did when it returns null and no orphan is left, else takes it back and returns the reason.
   */
  together(work: () => Verdict): Verdict;
}
