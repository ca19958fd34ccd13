import type { SqlValue } from './connection.ts';

/** What a statement says about where the values of a column come from. */
export type Feed =
  /** A column of before, as it is; statement 0 where it was there from the beginning. */
  | { readonly kind: 'column'; readonly table: string; readonly column: string; readonly statement: number }
  /** An expression, or an UPDATE that sets the column. */
  | { readonly kind: 'meant'; readonly statement: number }
  /** The copy does not list the column, so that its default comes instead. */
  | { readonly kind: 'default'; readonly statement: number }
  /** A double-quoted name that no column has, which is text where SQLite is set so. https://sqlite.org/quirks.html#dblquote */
  | { readonly kind: 'literal'; readonly statement: number; readonly text: string };

/** One column of what a statement puts into a table. */
export interface CopiedColumn {
  readonly column: string;
  readonly source:
    | { readonly kind: 'column'; readonly table: string; readonly column: string }
    | { readonly kind: 'expression' }
    | { readonly kind: 'default' }
    | { readonly kind: 'literal'; readonly text: string };
}

/** What an INSERT or a CREATE TABLE … AS puts into a table, as SQLite itself reads it just before it runs. */
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

/** A column whose values are not what they were. */
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

/** A column that holds its own name, or another, because a copy said it in double quotes. */
export interface LiteralText {
  readonly table: string;
  readonly column: string;
  readonly rows: number;
  /** How many rows the table has. */
  readonly of: number;
  readonly statement: number;
}

/** How the rows of a table of before fared, with no opinion. */
export interface TableChange {
  /** Its name before and at the end; null where it is gone. */
  readonly table: string;
  readonly now: string | null;
  /** Rows of before that are there no more. */
  readonly lost: number;
  /** Rows that are there more often than before. */
  readonly duplicated: number;
  /** Rows that hold another value in a column that the migration does not say it changes. */
  readonly changed: number;
  readonly columns: readonly ColumnChange[];
  /** The columns that a copy feeds from another column of the table. */
  readonly swapped: readonly string[];
  /** The first statement that copied its rows, where it was made anew; null else. */
  readonly copiedBy: number | null;
  /** A few of the changed rows. */
  readonly keys: ShownKeys;
}
