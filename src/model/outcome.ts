import type { Miswritten, ShownKeys, TableChange } from './change.ts';
import type { SqlValue } from './connection.ts';
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

/** Something of the schema that SQLite cannot compile any more. */
export interface BrokenObject {
  /** `foreign-key` stands for writing to a table whose foreign keys lead to no table or to no key. */
  readonly type: 'table' | 'view' | 'trigger' | 'foreign-key';
  /** The name of the object; that of the table for its foreign keys. */
  readonly name: string;
  /** The table or view that it belongs to; its own name for tables and views. */
  readonly table: string;
  /** What SQLite says; in our words where it compiles and follows a table that was renamed. */
  readonly message: string;
  /** Whether it compiles, and has followed a table that another one has taken the place of. */
  readonly follows?: true;
}

/** What SQLite said of an error, or a function of the application that it called. */
export interface Words {
  /** SQLite's extended result code, such as `SQLITE_CONSTRAINT_NOTNULL`. */
  readonly code: string;
  readonly message: string;
  /** Whether the message is made of SQLite's own words and names of the schema alone, so that whoever may not see rows may see it. */
  readonly harmless: boolean;
}

/** Rows that are there and that SQLite cannot read or check, though the schema compiles. */
export interface Unreadable extends Words {
  readonly table: string;
  /** The generated column that cannot be computed; null where it is the table itself, or its constraints and indexes. */
  readonly column: string | null;
  /** How many rows; null where nobody has counted them. */
  readonly rows: number | null;
  /** A few of them. */
  readonly keys: ShownKeys;
}

/** A database at one moment, as far as steps are compared. */
export interface State {
  readonly schema: Schema;
  /** Rows per table, shadow tables left out, and those that cannot be read. */
  readonly rows: ReadonlyMap<string, number>;
  /** The largest number that each AUTOINCREMENT table has given out. https://sqlite.org/autoinc.html */
  readonly sequences: ReadonlyMap<string, number>;
  readonly orphans: readonly Orphans[];
  /** Lines of `PRAGMA integrity_check` other than `ok`. */
  readonly integrity: readonly string[];
  readonly violations: readonly Violations[];
  readonly broken: readonly BrokenObject[];
  readonly unreadable: readonly Unreadable[];
}

/** Where a migration failed and how. */
export interface Failure extends Words {
  readonly at: 'statement' | 'commit' | 'foreign-key-check';
  /** 1-based statement of the migration, or null where no statement of the file was running. */
  readonly statement: number | null;
}

/** What the table that a failing statement touched held at that moment. */
export interface Held {
  readonly table: string;
  readonly rows: number;
  /** Columns and values of the primary key of its first row; null where there is no row or no key. */
  readonly key: { readonly columns: readonly string[]; readonly values: readonly SqlValue[] } | null;
}

/** A migration that was stopped between two statements and run again from its beginning. */
export interface Interruption {
  /** The 1-based statement after which it was stopped. */
  readonly after: number;
  /** How the second run failed; null where it did not. */
  readonly failure: Failure | null;
  /** The tables and views that are not what one whole run makes of them. */
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
  /** How many different rows, of how many that the SELECT gave. */
  readonly rows: number;
  readonly of: number;
}

/** What applying a migration to one database came to. */
export type Outcome =
  | {
      readonly status: 'applied';
      readonly before: State;
      readonly after: State;
      /** The tables whose rows are not what they were. */
      readonly changes: readonly TableChange[];
      readonly miswritten: readonly Miswritten[];
      /** The tables, by their names at the end, whose copy leaves their INTEGER PRIMARY KEY to be numbered anew. */
      readonly renumbered: readonly string[];
      readonly stale: readonly StaleIndex[];
      readonly leftOut: readonly LeftOut[];
    }
  | {
      readonly status: 'failed';
      readonly failure: Failure;
      readonly before: State;
      /** The tables of the failing statement, as they were when it ran. */
      readonly held: readonly Held[];
      /** What differs from before although the migration failed; empty when it left nothing behind. */
      readonly leftBehind: readonly string[];
      /** How the same migration fails on what it left behind; null where it does not, or left nothing. */
      readonly retry: Failure | null;
    }
  /** It failed only for want of something that a skipped code migration makes. */
  | { readonly status: 'blocked'; readonly failure: Failure }
  /** A code migration. */
  | { readonly status: 'skipped' };
