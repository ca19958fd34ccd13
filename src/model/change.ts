import type { SqlValue } from './connection.ts';

/** The source of a column's values according to a statement. */
export type ColumnSource =
  /** An unchanged earlier column; statement 0 if it existed from the beginning. */
  | { readonly kind: 'column'; readonly table: string; readonly column: string; readonly statement: number }
  /** An expression, or an UPDATE that sets the column. */
  | { readonly kind: 'intended'; readonly statement: number; readonly by?: Computation }
  /** The copy does not list the column, so that its default comes instead. */
  | { readonly kind: 'default'; readonly statement: number }
  /**
   * A double-quoted name without a column; some settings of SQLite read it as text.
   * https://sqlite.org/quirks.html#dblquote
   */
  | { readonly kind: 'literal'; readonly statement: number; readonly text: string };

/** A name that may be a column, with the table or alias before its dot; both folded. */
export interface NamedColumn {
  readonly qualifier: string | null;
  readonly name: string;
}

/** The facts in the text of a lookup. */
export interface LookupText {
  readonly names: readonly NamedColumn[];
  /** Whether it gives one column of the row that it finds, and nothing in its place. */
  readonly isPlain: boolean;
}

/** The effect of an expression on the one number that it multiplies or divides. */
export interface ScaleText {
  readonly operator: '*' | '/';
  /** The number as it is written. */
  readonly by: string;
  /** Whether a CAST to an integer cuts off what stands behind the point, without a ROUND before it. */
  readonly truncates: boolean;
  /** Whether the column itself is cut off or rounded to an integer before that. */
  readonly isCut: boolean;
}

/** The facts that the tokens of an expression show. */
export interface Expression {
  /** The names, folded, that may be columns. */
  readonly names: readonly string[];
  /** The column, folded, whose value it converts and does nothing else to, such as `CAST(c AS INTEGER)`. */
  readonly converts: string | null;
  /** The column, folded, whose value it gives wherever there is one: `coalesce(c, …)`. */
  readonly keeps: string | null;
  /** Whether it is a name and nothing else. */
  readonly isColumn: boolean;
  /** The text that it is and nothing else; `isName` where it stands in double quotes, and is one only if no column has that name. */
  readonly text: { readonly value: string; readonly isName: boolean } | null;
  /** Whether the author says where it is NULL: by CASE, NULLIF or IIF, or by the rows that an UPDATE is about. */
  readonly choosesNull: boolean;
  /** Whether it is a CASE that gives each of some values another one, and has no ELSE. */
  readonly mapsWords: boolean;
  /** The SELECT in it; null without one. */
  readonly lookup: LookupText | null;
  /** The column, folded, that it multiplies or divides by a number, and nothing else; null for any other expression. */
  readonly scales: (ScaleText & { readonly column: string }) | null;
  /** Whether it has a SELECT in it. */
  readonly looksUp: boolean;
  /** Whether it takes a part out of JSON. */
  readonly extracts: boolean;
  /** Whether it writes a moment out as text, or says it is text otherwise, whatever it reads. */
  readonly makesText: boolean;
}

/** A column of before. */
export interface ColumnBefore {
  readonly table: string;
  readonly column: string;
}

/** An expression with the columns of before that are behind its names. */
export interface Computation extends Omit<Expression, 'names' | 'converts' | 'keeps' | 'text' | 'lookup' | 'scales'> {
  readonly reads: readonly ColumnBefore[];
  readonly converts: ColumnBefore | null;
  readonly keeps: ColumnBefore | null;
  readonly scales: (ScaleText & { readonly column: ColumnBefore }) | null;
  readonly text: string | null;
}

/** A value that a statement looks up in other rows, and that is NULL where it finds none. */
export interface Lookup {
  readonly statement: number;
  /** The columns of before that its text names. */
  readonly reads: readonly ColumnBefore[];
  /** Whether it is one column of the row that it finds, so that NULL is the answer of no row but for a NULL in there. */
  readonly isPlain: boolean;
  /** The column that a LEFT JOIN finds, by the name of its table at that statement; null where nobody knows. */
  readonly finds: ColumnBefore | null;
}

/** One column of the rows that a statement inserts. */
export interface CopiedColumn {
  readonly column: string;
  readonly source:
    | { readonly kind: 'column'; readonly table: string; readonly column: string }
    | { readonly kind: 'expression'; readonly by: Expression | null }
    | { readonly kind: 'default' }
    | { readonly kind: 'literal'; readonly text: string };
}

/** The rows that an INSERT or a CREATE TABLE … AS puts into a table, as SQLite reads the statement just before it runs. */
export interface Copy {
  /** 1-based statement. */
  readonly statement: number;
  readonly columns: readonly CopiedColumn[];
  /** The columns of each SELECT after the first one, where UNION joins several. */
  readonly united: readonly (readonly CopiedColumn[])[];
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
  /** The number of them that became NULL. */
  readonly nulled: number;
  /** Whether its declared type has another affinity than before. */
  readonly retyped: boolean;
  /** Whether a statement converts it, and does nothing else to it. */
  readonly converted: boolean;
  readonly feeds: readonly ColumnSource[];
}

/** The ways in which a statement writes values that its author cannot have meant. */
export type Miswriting =
  /** The name of a column as text. */
  | 'literal-text'
  /** Text in a column for numbers. */
  | 'text-in-number'
  /** NULL, computed from values that are gone now. */
  | 'nulled-by-expression'
  /** An empty text, computed from a text that is gone now. */
  | 'emptied-by-expression'
  /** A JSON document as one string, by itself or within another document. */
  | 'document-quoted'
  /** A number in a JSON document where `true` or `false` was. */
  | 'boolean-as-number'
  /** A moment with the hours of another one, and without its offset from UTC. */
  | 'offset-lost'
  /** A value of one of several rows that match, whichever SQLite meets first or last. */
  | 'one-of-several'
  /** A value for rows that a LIKE takes because its underscore stands for another character. */
  | 'underscore-takes-others'
  /** A number without the part of it that a division or a CAST has cut off. */
  | 'fraction-lost'
  /** NULL, because a statement looked for the value that is gone now and did not find it. */
  | 'lookup-without-match'
  /** NULL in the place of a value, because a statement looked for another one and found none. */
  | 'cleared-by-lookup'
  /** NULL, because no branch of a CASE without ELSE holds for a value that is gone now. */
  | 'case-without-branch';

/** A column into which a statement writes on purpose what cannot be the purpose. */
export interface Miswritten {
  readonly how: Miswriting;
  /** By its name at the end. */
  readonly table: string;
  readonly column: string;
  readonly rows: number;
  /** The number of rows of the table. */
  readonly of: number;
  readonly statement: number;
  /** A few of the rows. */
  readonly keys: ShownKeys;
  /** The rows in which the same statement wrote what it was to write; left out where that says nothing. */
  readonly right?: number;
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
