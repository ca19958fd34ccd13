import type { SqlValue } from './connection.ts';

/** The source of a column's values according to a statement. */
export type Feed =
  /** An unchanged earlier column; statement 0 if it existed from the beginning. */
  | { readonly kind: 'column'; readonly table: string; readonly column: string; readonly statement: number }
  /** An expression, or an UPDATE that sets the column. */
  | { readonly kind: 'meant'; readonly statement: number }
  /** The copy does not list the column, so that its default comes instead. */
  | { readonly kind: 'default'; readonly statement: number }
  /**
   * A double-quoted name without a column; some settings of SQLite read it as text.
   * https://sqlite.org/quirks.html#dblquote
   */
  | { readonly kind: 'literal'; readonly statement: number; readonly text: string };

/** One column of the rows that a statement inserts. */
export interface CopiedColumn {
  readonly column: string;
  readonly source:
    | { readonly kind: 'column'; readonly table: string; readonly column: string }
    | { readonly kind: 'expression' }
    | { readonly kind: 'default' }
    | { readonly kind: 'literal'; readonly text: string };
}

/** The rows that an INSERT or a CREATE TABLE … AS puts into a table, as SQLite reads the statement just before it runs. */
export interface Copy {
  /** 1-based statement. */
  readonly statement: number;
  readonly columns: readonly CopiedColumn[];
}

/** The primary keys of a few rows, to name them by; empty where the table has none. */
export interface ShownKeys {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly SqlValue[])[];
}

/** A column whose values changed. */
export interface ColumnChange {
  /** Its name at the end. */
  readonly column: string;
  readonly rows: number;
  /** How many of them became NULL. */
  readonly nulled: number;
  /** Whether its declared type has another affinity than before. */
  readonly retyped: boolean;
  readonly feeds: readonly Feed[];
}

/** A column that holds the text of a name, because a copy wrote the name in double quotes. */
export interface LiteralText {
  readonly table: string;
  readonly column: string;
  readonly rows: number;
  /** How many rows the table has. */
  readonly of: number;
  readonly statement: number;
}

/** The changes to the rows of an earlier table, without a judgement. */
export interface TableChange {
  /** Its name before and at the end; null where it is gone. */
  readonly table: string;
  readonly now: string | null;
  /** Earlier rows that are gone. */
  readonly lost: number;
  /** Rows with more copies than before. */
  readonly duplicated: number;
  /** Rows with a different value in a column that the migration does not declare to change. */
  readonly changed: number;
  readonly columns: readonly ColumnChange[];
  /** The columns that a copy feeds from another column of the table. */
  readonly swapped: readonly string[];
  /** The first statement that copied its rows, if it was created again; otherwise null. */
  readonly copiedBy: number | null;
  /** A few of the changed rows. */
  readonly keys: ShownKeys;
}
