import type { Miswriting, ShownKeys } from './change.ts';
import type { Side } from './dataset.ts';
import type { HazardLabel } from './hazard.ts';
import type { Migration } from './history.ts';
import type { BrokenObject, Failure, Held, Unreadable } from './outcome.ts';
import type { SchemaObject } from './schema.ts';

/** An object of the schema that the two sides have not alike. */
export interface ObjectDifference {
  readonly type: SchemaObject['type'];
  readonly name: string;
  readonly baseline: string | null;
  readonly candidate: string | null;
}

/** The kinds of what stands with a table and may not be made anew with it. */
export type LostKind = 'lost-index' | 'lost-trigger' | 'lost-constraint' | 'lost-default';

/** What stood with a table and was not made anew with it. */
export interface LostPart {
  /** The table, by its name at the end. */
  readonly table: string;
  /** The name of the index or trigger; a constraint as it was written, such as `UNIQUE (email)`. */
  readonly name: string;
  /** The columns that it is about; empty where it is about none or about the whole table. */
  readonly columns: readonly string[];
  /** The statement that took it along, or that made the table without it. */
  readonly statement: number | null;
}

/** A lost part of any kind. */
export type PartLoss = { [K in LostKind]: { readonly kind: K } & LostPart }[LostKind];

/** How a table that has fewer rows than before was treated by the text of the migration. */
export type Treatment =
  /** A statement deletes from it or replaces rows of it. */
  | 'deleted-from'
  /** It is dropped and does not come back. */
  | 'dropped'
  /** It was made anew and the copy says WHERE, JOIN, DISTINCT, … */
  | 'narrowed'
  /** INSERT OR IGNORE leaves rows out on their way into it, and where they came from they are gone. */
  | 'left-out'
  /** It was dropped and made anew, and nothing copies its rows. */
  | 'recreated'
  /** No statement says anything of the kind. */
  | 'untouched';

/** Why values are not what they were. */
export type ValueCause =
  /** A copy puts a column into another one. */
  | 'columns-swapped'
  /** A copy leaves a column out that is still there, so that the default came instead. */
  | 'default-instead-of-copy'
  /** What a statement writes on purpose, and cannot mean. */
  | Miswriting
  /** A copy puts a NULL into an INTEGER PRIMARY KEY, and SQLite chooses a number. */
  | 'key-invented'
  | 'set-null-by-action'
  | 'set-default-by-action'
  | 'set-by-trigger'
  /** The new type of the column has no room for the value as it was. */
  | 'type-coerced'
  /** A statement converts the column, and the old value cannot be told from the new one. */
  | 'cast-loses-value'
  /** None of these. */
  | 'values-changed';

/** One thing that differs, with no opinion. Tables go by the name that they have at the end of the migration. */
export type Difference =
  | {
      readonly kind: 'failed-on-rows';
      readonly failure: Failure;
      readonly table: string | null;
      readonly held: Held | null;
      /** Whether a trigger on UPDATE refused what a row holds, whatever it held before, so that no UPDATE has made it so. */
      readonly validated: boolean;
      /** Whether it fails on a row without a parent under a key that was declared before. */
      readonly isUnderDeclaredKey?: boolean;
      readonly leftBehind: boolean;
      /** The statement that failed, or that left what COMMIT refused; null where it could not be told. */
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
      /** As in `failed-on-rows`. */
      readonly statement: number | null;
    }
  /** Run again on what it left behind, the migration does not come as far as before. */
  | {
      readonly kind: 'stuck';
      readonly failure: Failure;
      readonly table: string | null;
      /** The statement that failed at first. */
      readonly first: number | null;
    }
  /** Stopped between two statements and run again, the migration fails or does not come to what one whole run makes. */
  | {
      readonly kind: 'interrupted';
      /** How the second run fails; null where it ends well and leaves something else. */
      readonly failure: Failure | null;
      readonly table: string | null;
      /** What is not as one whole run makes it; empty where the second run fails. */
      readonly changed: readonly string[];
      /** The statements after which it was stopped with this result. */
      readonly after: readonly [number, ...number[]];
    }
  | { readonly kind: 'schema'; readonly objects: readonly ObjectDifference[] }
  /** Before anything ran: the schema of production is not what its history makes. */
  | { readonly kind: 'drift'; readonly objects: readonly ObjectDifference[] }
  | {
      readonly kind: 'fewer-rows';
      readonly table: string;
      readonly before: number;
      readonly after: number;
      readonly treatment: Treatment;
      /** Whether a foreign key of the table takes its rows along, and whether a trigger deletes from it. */
      readonly reach: { readonly cascade: boolean; readonly trigger: boolean };
      /** 1-based statement after which rows were gone, or null where it could not be told. */
      readonly statement: number | null;
    }
  /** Rows are there beyond those of before, and no statement puts any in. */
  | {
      readonly kind: 'more-rows';
      readonly table: string;
      readonly rows: number;
      /** How many rows the table held before. */
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
  | {
      readonly kind: 'changed-values';
      readonly table: string;
      /** One column. */
      readonly columns: readonly [string];
      readonly rows: number;
      /** How many rows the table held before. */
      readonly of: number;
      readonly cause: ValueCause;
      readonly statement: number | null;
      /** A few of the rows. */
      readonly keys: ShownKeys;
    }
  | {
      readonly kind: 'duplicate-rows';
      readonly table: string;
      /** How many rows are there beyond those of before. */
      readonly rows: number;
      readonly of: number;
      readonly statement: number | null;
    }
  | {
      readonly kind: 'sequence-reset';
      readonly table: string;
      /** Columns of other tables that hold its numbers without a foreign key. */
      readonly referredFrom: readonly string[];
      /** The largest number given out so far, before and after. */
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
  /** Rows cannot be read that could be before, or that are new. */
  | ({
      readonly kind: 'unreadable-rows';
      /** How many rows the table has; null where they cannot be counted. */
      readonly of: number | null;
      readonly statement: number | null;
    } & Unreadable)
  /** Something compiled before and does not now. */
  | ({ readonly kind: 'broken-object'; readonly statement: number | null } & BrokenObject)
  /** A table was made anew, and nothing says that this part of it should go. */
  | PartLoss;

/** What differs after one step on one side; `differences` is empty when rows made no difference. */
export interface Comparison {
  readonly migration: Migration;
  readonly side: Side;
  readonly differences: readonly Difference[];
  /** What it took beyond plain rows, any of these by itself; left out where it took nothing. */
  readonly hazards?: readonly HazardLabel[];
}
