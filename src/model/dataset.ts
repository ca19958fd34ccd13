import type { SqlValue } from './connection.ts';
import type { Schema, Table } from './schema.ts';

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
export type RowVerdict = Refusal | null;

/**
 * Inserts one row, with its values in the order of the prepared columns, or several rows in one list; or changes
 * nothing and returns the reason.
 */
export type Loader = (values: readonly SqlValue[]) => RowVerdict;

/** How one row goes in, where it is not like others. */
export interface Insertion {
  /** Whether the row stays although it breaks an invariant; later rows of its table may break it too. */
  readonly lenient?: boolean;
  /** Whether foreign keys count for the row, which they do if left out. */
  readonly enforced?: boolean;
  /** Whether the row is deleted at once, so that only its number stays behind. */
  readonly deleted?: boolean;
}

/** The database that made-up rows go into. It alone decides whether a row is good. */
export interface RowSink {
  /** Inserts one row, or changes nothing and returns the reason. */
  insert(table: string, row: ReadonlyMap<string, SqlValue>, how?: Insertion): RowVerdict;
  /**
   * Prepares to insert many rows with the same columns.
   * @param guarded whether a refused row may leave something behind (as by RAISE(FAIL) in a trigger) that must be taken
   * back; costs time.
   */
  loader(table: string, columns: readonly string[], guarded: boolean): Loader;
  /** Whether a table has no rows; an unreadable table counts as empty. */
  isEmpty(table: string): boolean;
  /**
   * The tables of a schema that may have at most so many rows, in its order, an upper bound, without a look at them; all
   * where it is left out.
   */
  readonly mayHaveFew?: (schema: Schema, rows: number) => readonly Table[];
  /** The number of rows in a table without a NULL or a negative number in `columns`; 0 for an unreadable table. */
  count(table: string, columns: readonly string[]): number;
  /**
   * The values of `columns` in rows of a table (by rowid or key), at most `limit`, the first `offset` left out. Rows
   * with a NULL are left out because nothing can refer to them; rows with negative numbers are left out because nothing
   * does.
   */
  rows(table: string, columns: readonly string[], limit: number, offset?: number): readonly (readonly SqlValue[])[];
  /** The first row of a table by column name, without generated columns; null for an empty or unreadable table. */
  first(table: Table): ReadonlyMap<string, SqlValue> | null;
  /** The first rows of a SELECT of a migration; none where SQLite cannot run it on these tables. */
  select(query: string, limit: number): readonly (readonly SqlValue[])[];
  /** The number of instructions that SQLite compiles an INSERT into a table to, its triggers included; 1 where it compiles none. */
  instructions(table: string): number;
  /** The invariants that more rows break than before the first one was inserted, with how many more. */
  broken(): readonly { readonly invariant: string; readonly rows: number }[];
  /** Runs `work` in one transaction, which makes many rows fast; returns why it could not be committed, or null. */
  transaction(work: () => void): RowVerdict;
  /** Runs `work` and rolls it back, except for changes after a trigger that rolled the transaction back. */
  trial<T>(work: () => T): T;
  /**
   * Runs `work` with foreign keys enforced at its end, so that rows that point at each other can go in one after the
   * other; keeps its changes if it returns null and no orphan is left; otherwise rolls them back and returns the
   * reason.
   */
  together(work: () => RowVerdict): RowVerdict;
  /** Runs `work` with foreign keys that do not count. It must be called outside a transaction. */
  unenforced<T>(work: () => T): T;
  /** Moves the AUTOINCREMENT counter of a table on, as rows that were deleted have. */
  advance(table: string, by: number): void;
}
