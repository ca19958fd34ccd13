import type { Miswritten, ShownKeys, TableChange } from './change.ts';
import type { SqlValue } from './connection.ts';
import type { Migration } from './history.ts';
import type { Schema } from './schema.ts';

/** Child rows of one foreign key that have no parent, from `PRAGMA foreign_key_check`. */
export interface Orphans {
  readonly table: string;
  readonly columns: readonly string[];
  readonly parent: string;
  readonly rows: number;
}

/** The rows that an invariant returned. */
export interface Violations {
  /** The invariant's name. */
  readonly invariant: string;
  readonly file: string;
  /** One text per row: its columns and values as JSON, in the order of the columns' names. */
  readonly rows: readonly string[];
}

/** A part of the schema that SQLite can no longer compile. */
export interface BrokenObject {
  /** `foreign-key` stands for writing to a table whose foreign keys refer to a missing table or key. */
  readonly type: 'table' | 'view' | 'trigger' | 'foreign-key';
  /** The name of the object; that of the table for its foreign keys. */
  readonly name: string;
  /** The table or view that it belongs to; its own name for tables and views. */
  readonly table: string;
  /** SQLite's message; our own words if it compiles but follows a renamed table. */
  readonly message: string;
  /** Whether it compiles, but has followed a table that was replaced by another one. */
  readonly follows?: true;
}

/** The error of SQLite, or of a function of the application that it called. */
export interface ErrorWords {
  /** SQLite's extended result code, such as `SQLITE_CONSTRAINT_NOTNULL`. */
  readonly code: string;
  readonly message: string;
  /**
   * Whether the message consists of SQLite's own words and names of the schema, so it can be shown without revealing
   * rows.
   */
  readonly harmless: boolean;
}

/** Existing rows that SQLite cannot read or check, although the schema compiles. */
export interface Unreadable extends ErrorWords {
  readonly table: string;
  /** The generated column that cannot be computed; null where it is the table itself, or its constraints and indexes. */
  readonly column: string | null;
  /** The number of rows; null if not counted. */
  readonly rows: number | null;
  /** A few of them. */
  readonly keys: ShownKeys;
}

/** The numbers of rows of tables, by their names, in the order of the schema. */
export interface RowNumbers extends ReadonlyMap<string, number> {
  /** The names of the tables that have at most so many rows. */
  readonly withAtMost: (rows: number) => string[];
  /** The tables that have more rows than later on, with their numbers; one that is gone has none. */
  readonly above: (later: ReadonlyMap<string, number>) => [table: string, rows: number][];
  /** The numbers of a later schema: those of before, but for the tables that were counted anew. */
  readonly carry: (schema: Schema, touched: readonly string[], counted: ReadonlyMap<string, number>) => RowNumbers;
}

/** The parts of a database at one moment that steps compare. */
export interface State {
  readonly schema: Schema;
  /** Rows per table, shadow tables left out, and those that cannot be read. */
  readonly rows: RowNumbers;
  /** The largest number that each AUTOINCREMENT table has assigned. https://sqlite.org/autoinc.html */
  readonly sequences: ReadonlyMap<string, number>;
  readonly orphans: readonly Orphans[];
  /** Lines of `PRAGMA integrity_check` other than `ok`. */
  readonly integrity: readonly string[];
  readonly violations: readonly Violations[];
  readonly broken: readonly BrokenObject[];
  readonly unreadable: readonly Unreadable[];
}

/** Where a migration failed and how. `program` is code that failed by itself; its line stands for the statement. */
export interface Failure extends ErrorWords {
  readonly at: 'statement' | 'commit' | 'foreign-key-check' | 'program';
  /** 1-based statement of the migration, or null where no statement of the file was running. */
  readonly statement: number | null;
  /** The line of the word that SQLite does not understand; left out for other failures. */
  readonly line?: number;
  /** Whether a program leaves foreign keys off on its connection, which enforced them before. */
  readonly keysLeftOff?: true;
}

/** The content of the table of a failing statement at that moment. */
export interface TableAtFailure {
  readonly table: string;
  readonly rows: number;
  /** Columns and values of the primary key of its first row; null where there is no row or no key. */
  readonly key: { readonly columns: readonly string[]; readonly values: readonly SqlValue[] } | null;
}

/** A migration that was stopped between two statements and run again from its beginning. */
export interface Interruption {
  /** The 1-based statement after which it was stopped. */
  readonly after: number;
  /** The failure of the second run; null if it succeeded. */
  readonly failure: Failure | null;
  /** The tables and views that differ from the result of one complete run. */
  readonly changed: readonly string[];
}

/** A full-text index that does not hold what its content does. */
export interface StaleIndex {
  readonly name: string;
  /** The table or view that it is an index of. */
  readonly content: string;
}

/** Rows that an INSERT OR IGNORE … SELECT has left out and that are not in its table by any other way. */
export interface LeftOut {
  readonly statement: number;
  /** By their names at that statement. */
  readonly table: string;
  readonly sources: readonly string[];
  /** The number of different rows, and of all rows that the SELECT returned. */
  readonly rows: number;
  readonly of: number;
}

/** A column that goes while no statement reads it. */
export interface DroppedValues {
  /** The table, by its name at the end. */
  readonly table: string;
  /** By its name before. */
  readonly column: string;
  /** How many rows hold a value in it, of how many. */
  readonly rows: number;
  readonly of: number;
  readonly statement: number;
  /** The table that has a new, empty column of the name; null where none has. */
  readonly waiting: string | null;
}

/** The rows that an UPDATE or DELETE touches. */
export interface Effect {
  /** 1-based statement. */
  readonly statement: number;
  /** By its name at that statement. */
  readonly table: string;
  /** Without those that triggers and cascades touch. */
  readonly rows: number;
  /** Of one that touches none: the rows that it would touch without a NULL in the list of its NOT IN. */
  readonly withoutNulls: number;
  /** Whether there is such a NULL, so that it touches none whatever rows there are. */
  readonly isNullInList: boolean;
}

/** A condition of an UPDATE or DELETE that is about other rows than it says. */
export interface Slip {
  /** 1-based statement. */
  readonly statement: number;
  /** A number is compared with a text, which decides by their kinds alone; or `_` in LIKE stands for another character. */
  readonly kind: 'compares-kinds' | 'underscore-matches';
  readonly rows: number;
  /** Whether the condition holds for these rows. */
  readonly holds: boolean;
}

/** A view with the text of before that no longer gives the rows that it gave. */
export interface ViewAnswer {
  readonly view: string;
  /** The tables below it, by their names at the end. */
  readonly tables: readonly string[];
  /** How many of its rows of before are not among those of after, of how many. */
  readonly rows: number;
  readonly of: number;
  /** The tables below it whose hidden rowids it reads, where rows have others than before; by their names at the end. */
  readonly renumbered: readonly string[];
  /** The statement that gave the rows of the first of them other rowids; null where there is none. */
  readonly statement: number | null;
}

/** A migration that was applied, with what it changed. */
export interface Applied {
  readonly status: 'applied';
  /** A program as what it executed on this side. */
  readonly ran?: Migration;
  readonly before: State;
  readonly after: State;
  /** The tables whose rows changed. */
  readonly changes: readonly TableChange[];
  readonly miswritten: readonly Miswritten[];
  /** The tables, by their names at the end, whose copy lets SQLite number their INTEGER PRIMARY KEY again. */
  readonly renumbered: readonly string[];
  readonly stale: readonly StaleIndex[];
  readonly leftOut: readonly LeftOut[];
  readonly dropped: readonly DroppedValues[];
  readonly effects: readonly Effect[];
  readonly slips: readonly Slip[];
  /** Empty where nobody asked the views. */
  readonly answers: readonly ViewAnswer[];
}

/** A migration that failed. */
export interface Failed {
  readonly status: 'failed';
  readonly ran?: Migration;
  readonly failure: Failure;
  readonly before: State;
  /** The tables of the failing statement, as they were when it ran. */
  readonly held: readonly TableAtFailure[];
  /** The changes that a failed migration left behind; empty without any. */
  readonly leftBehind: readonly string[];
  /** The failure of the same migration on its own remains; null if it succeeds or left none. */
  readonly retry: Failure | null;
}

/** The outcome of a migration on one database. */
export type Outcome =
  | Applied
  | Failed
  /** It failed only because it needs an object that a skipped program makes. */
  | { readonly status: 'blocked'; readonly failure: Failure }
  /** A code migration. */
  | { readonly status: 'skipped' };
