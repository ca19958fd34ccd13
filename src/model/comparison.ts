import type { Miswriting, ShownKeys } from './change.ts';
import type { Excess } from './cost.ts';
import type { Side } from './dataset.ts';
import type { Fault } from './fault.ts';
import type { Growth, Stake } from './growth.ts';
import type { HazardLabel } from './hazard.ts';
import type { Migration } from './history.ts';
import type { BrokenObject, Failure, TableAtFailure, Unreadable } from './outcome.ts';
import type { SchemaObject } from './schema.ts';

/** An object of the schema that differs between the two sides. */
export interface ObjectDifference {
  readonly type: SchemaObject['type'];
  readonly name: string;
  readonly baseline: string | null;
  readonly candidate: string | null;
}

/** The kinds of parts that a rebuild of their table may lose. */
export type LostKind = 'lost-index' | 'lost-trigger' | 'lost-constraint' | 'lost-default';

/** A part that the rebuild of its table lost. */
export interface LostPart {
  /** The table, by its name at the end. */
  readonly table: string;
  /** The name of the index or trigger; a constraint as it was written, such as `UNIQUE (email)`. */
  readonly name: string;
  /** Its columns; empty if it has none or concerns the whole table. */
  readonly columns: readonly string[];
  /** The statement that dropped it, or that made the table without it. */
  readonly statement: number | null;
}

/** A lost part of any kind. */
export type PartLoss = { [K in LostKind]: { readonly kind: K } & LostPart }[LostKind];

/** The treatment of a table with fewer rows by the text of the migration. */
export type Treatment =
  /** A statement deletes from it or replaces rows of it. */
  | 'deleted-from'
  /** A statement deletes from it by a comparison of numbers with a text, which holds for every number. */
  | 'compares-kinds'
  /** A statement deletes from it by a LIKE whose underscore stands for another character. */
  | 'underscore-matches'
  /** It is dropped and does not come back. */
  | 'dropped'
  /** It was created again, and the copy has a WHERE, JOIN, DISTINCT, … */
  | 'narrowed'
  /** INSERT OR IGNORE leaves rows out on their way into it, and where they came from they are gone. */
  | 'left-out'
  /** It is dropped, and a new table with all its columns has no row. */
  | 'not-carried'
  /** It was dropped and created again, and no statement copies its rows. */
  | 'recreated'
  /** No statement declares a loss. */
  | 'untouched';

/** The reasons why values changed. */
export type ValueCause =
  /** A copy puts a column into another one. */
  | 'columns-swapped'
  /** A copy leaves out an existing column, so the column gets its default. */
  | 'default-instead-of-copy'
  /** Values that a statement writes on purpose, and cannot mean. */
  | Miswriting
  /** A copy puts a NULL into an INTEGER PRIMARY KEY, and SQLite chooses a number. */
  | 'key-invented'
  | 'set-null-by-action'
  | 'set-default-by-action'
  | 'set-by-trigger'
  /** The new type of the column cannot hold the old value unchanged. */
  | 'type-coerced'
  /** A statement converts the column, and the old value cannot be told from the new one. */
  | 'cast-loses-value'
  /** None of these. */
  | 'values-changed';

/** One difference, without a judgement. Tables have their names at the end of the migration. */
export type Difference = Differing & {
  /** The rows that it is about; left out where nobody has looked for them, and null where nobody can tell them. */
  readonly fault?: Fault | null;
};

/** The objects beside its table that have a part in a failure. */
export interface FailureOrigin {
  /** A trigger or view that no migration makes; null without one. */
  readonly outside: { readonly type: string; readonly name: string } | null;
  /** A full-text index that does not match its content, with the trigger that writes it; null without one. */
  readonly index: { readonly table: string; readonly trigger: string | null } | null;
}

type Differing =
  | {
      readonly kind: 'failed-on-rows';
      readonly failure: Failure;
      readonly table: string | null;
      readonly held: TableAtFailure | null;
      /**
       * Whether a trigger on UPDATE refused the values of a row independent of its old values, so no UPDATE can have
       * made such a row.
       */
      readonly validated: boolean;
      /** Whether the statement is there to stop the migration on such rows. */
      readonly deliberate: boolean;
      /** Left out where it says nothing. */
      readonly origin?: FailureOrigin;
      /** Whether it fails on a row without a parent under a key that was declared before. */
      readonly isUnderDeclaredKey?: boolean;
      /** Whether it shows only without the rows that stop the migration before. */
      readonly isBehind?: boolean;
      readonly leftBehind: boolean;
      /** The statement that failed, or that caused the failure of COMMIT; null if unknown. */
      readonly statement: number | null;
    }
  | {
      readonly kind: 'failed-on-empty';
      readonly failure: Failure;
      readonly table: string | null;
      readonly leftBehind: boolean;
    }
  | {
      readonly kind: 'left-behind';
      readonly failure: Failure;
      readonly table: string | null;
      readonly changes: readonly string[];
      readonly origin?: FailureOrigin;
      /** As in `failed-on-rows`. */
      readonly statement: number | null;
    }
  /** The second run, on the remains of the first, does not reach the same statement. */
  | {
      readonly kind: 'stuck';
      readonly failure: Failure;
      readonly table: string | null;
      /** The statement that failed at first. */
      readonly first: number | null;
    }
  /**
   * The migration was stopped between two statements and run again; it fails, or its result differs from one complete
   * run.
   */
  | {
      readonly kind: 'interrupted';
      /** The failure of the second run; null if it succeeds with a different result. */
      readonly failure: Failure | null;
      readonly table: string | null;
      /** The objects that differ from the result of one complete run; empty if the second run fails. */
      readonly changed: readonly string[];
      /** The statements after which it was stopped with this result. */
      readonly after: readonly [number, ...number[]];
    }
  | { readonly kind: 'schema'; readonly objects: readonly ObjectDifference[] }
  /** Before any migration ran: the schema of production differs from the result of its history. */
  | { readonly kind: 'drift'; readonly objects: readonly ObjectDifference[] }
  | {
      readonly kind: 'fewer-rows';
      readonly table: string;
      readonly before: number;
      readonly after: number;
      readonly treatment: Treatment;
      /** Whether a foreign key of the table cascades to its rows, and whether a trigger deletes from it. */
      readonly reach: { readonly cascade: boolean; readonly trigger: boolean };
      /** The 1-based statement that removed rows, or null if unknown. */
      readonly statement: number | null;
    }
  /** Rows are there beyond those of before, and no statement puts any in. */
  | {
      readonly kind: 'more-rows';
      readonly table: string;
      readonly rows: number;
      /** The number of rows in the table before. */
      readonly of: number;
      readonly statement: number | null;
    }
  /** A full-text index does not hold what its content holds, and did before, or was not there. */
  | {
      readonly kind: 'stale-index';
      /** The index. */
      readonly table: string;
      readonly content: string;
      readonly statement: number | null;
    }
  /** A column goes while no statement reads it. */
  | {
      readonly kind: 'dropped-values';
      readonly table: string;
      readonly columns: readonly [string];
      readonly rows: number;
      readonly of: number;
      /** The table with a new, empty column of the name; null where none has one. */
      readonly waiting: string | null;
      readonly statement: number | null;
    }
  /** An UPDATE or DELETE that touches no row for a reason that its author has hardly meant. */
  | {
      readonly kind: 'no-effect';
      readonly table: string;
      /** The rows that it touches otherwise. */
      readonly rows: number;
      /** The reason: a NULL in the list of NOT IN, a comparison of numbers with a text, or the rows that the finding needs. */
      readonly by: 'null-in-list' | 'compares-kinds' | 'rows';
      readonly verb: 'update' | 'delete';
      readonly statement: number;
    }
  /** A view answers otherwise, while the rows below it are what they were. */
  | {
      readonly kind: 'other-answer';
      /** The view. */
      readonly table: string;
      readonly tables: readonly string[];
      readonly rows: number;
      readonly of: number;
      /** The tables whose hidden rowids it reads, where rows have others than before. */
      readonly renumbered: readonly string[];
      /** The statement that gave the rows of the first of them other rowids. */
      readonly statement: number | null;
    }
  | {
      readonly kind: 'changed-values';
      readonly table: string;
      /** One column. */
      readonly columns: readonly [string];
      readonly rows: number;
      /** The number of rows in the table before. */
      readonly of: number;
      readonly cause: ValueCause;
      readonly statement: number | null;
      /** A few of the rows. */
      readonly keys: ShownKeys;
    }
  | {
      readonly kind: 'duplicate-rows';
      readonly table: string;
      /** The number of rows beyond those of before. */
      readonly rows: number;
      readonly of: number;
      readonly statement: number | null;
    }
  | {
      readonly kind: 'sequence-reset';
      readonly table: string;
      /** Columns of other tables that hold its numbers without a foreign key. */
      readonly referredFrom: readonly string[];
      /** The largest assigned number, before and after. */
      readonly before: number;
      readonly after: number;
      readonly statement: number | null;
    }
  | {
      readonly kind: 'new-orphans';
      readonly table: string;
      readonly columns: readonly string[];
      readonly parent: string;
      readonly parentExists: boolean;
      /** Whether the table had this key before the migration. */
      readonly declaredBefore: boolean;
      readonly rows: number;
      readonly statement: number | null;
    }
  | {
      readonly kind: 'new-violations';
      readonly invariant: string;
      readonly file: string;
      readonly rows: readonly string[];
    }
  | { readonly kind: 'integrity'; readonly lines: readonly string[] }
  /** The migration, with those before it, takes more than the project allows. */
  | ({ readonly kind: 'over-budget' } & Excess)
  /** The work of a statement grows faster than its rows. */
  | ({ readonly kind: 'slow-growth' } & Growth & Stake)
  /** Rows are unreadable that were readable before or are new. */
  | ({
      readonly kind: 'unreadable-rows';
      /** The number of rows in the table; null where they cannot be counted. */
      readonly of: number | null;
      readonly statement: number | null;
    } & Unreadable)
  /** An object compiled before and no longer does. */
  | ({ readonly kind: 'broken-object'; readonly statement: number | null } & BrokenObject)
  /** A table was created again, and no statement says that this part should go. */
  | PartLoss;

/** The differences after one step on one side; `differences` is empty if rows changed nothing. */
export interface Comparison {
  readonly migration: Migration;
  readonly side: Side;
  readonly differences: readonly Difference[];
  /** The hazards that show it, each by itself; left out if plain rows suffice. */
  readonly hazards?: readonly HazardLabel[];
}
