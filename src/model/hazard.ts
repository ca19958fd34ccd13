import type { SqlValue } from './connection.ts';

/** The rows that a schema allows and code forgets. */
export type HazardKind =
  /** NULL in a column that may be NULL. */
  | 'null'
  /** Two rows that differ only in the columns of keys. */
  | 'duplicate'
  /** A row that refers to a missing parent. */
  | 'orphan'
  | 'malformed-json'
  /** Text in a column made for numbers. */
  | 'text-in-number'
  /** Text other than a number in a column whose texts a migration casts to numbers. */
  | 'word-for-number'
  /** Two texts that differ in the case of their letters. */
  | 'case-variant'
  | 'empty-text'
  /** A value of a list that a CHECK or a later statement names. */
  | 'state'
  /** Several rows with one parent. */
  | 'many-children'
  /** A row that no row of another table refers to. */
  | 'childless'
  | 'empty-json'
  | 'padded-text'
  | 'leading-zeros'
  | 'long-text'
  | 'unicode-text'
  | 'zero'
  | 'negative'
  /** An integer beyond 2^53. */
  | 'big-integer'
  | 'zero-date'
  | 'leap-day'
  | 'zoned-time'
  | 'far-past'
  | 'far-future'
  /** Seconds since 1970 among dates that are written out. */
  | 'epoch-date'
  /** The newest row was deleted, so its number is free or only the counter has it. */
  | 'deleted-last-row'
  /** Numbers of a key that no row has, before one that a row has. */
  | 'gap'
  /** A key that the migration is about to write. */
  | 'taken-key'
  /** Rows of two tables with one key, which the migration brings into one table. */
  | 'shared-key';

/** A hazard by its name, as findings quote it. The table goes by its name before the migration. */
export interface HazardLabel {
  readonly kind: HazardKind;
  readonly table: string;
  readonly columns: readonly string[];
  /** Its rows in words: `a row of users whose email is NULL`. */
  readonly needs: string;
  /** The SELECT that tells whether production has it. */
  readonly query: string;
  /** Whether that SELECT lists the rows; otherwise each row of it ends with a number of them. */
  readonly listsRows?: true;
  /** Whether other awkward rows may hide what it does, so that a step runs with it apart from them. */
  readonly apart?: true;
  /** Another hazard that must be present at the same time. */
  readonly and?: readonly HazardLabel[];
}

/** A row that is inserted before a step. */
export interface HazardRow {
  readonly table: string;
  readonly values: ReadonlyMap<string, SqlValue>;
  /** Whether its insertion checks foreign keys, if the connection enforces them. */
  readonly enforced: boolean;
  /** Whether it is deleted again. */
  readonly deleted: boolean;
}

/** One awkward thing, with the rows that carry it: parents first, nothing else about them awkward. */
export interface Hazard extends HazardLabel {
  /** Of a duplicate, what rows are equal in instead of a column, NULLs included. */
  readonly expressions?: ReadonlyMap<string, string>;
  /** Of a duplicate, the expression that a migration makes of a column in which rows differ. */
  readonly computed?: ReadonlyMap<string, string>;
  readonly rows: readonly HazardRow[];
  /** The same rows with nothing awkward, where another row of the table is no measure; left out where it is. */
  readonly without?: readonly HazardRow[];
}

/** The hazards of a database before a step. */
export interface Hazards {
  readonly all: readonly Hazard[];
  /**
   * By table: the control rows of its hazards, without anything awkward. Differences that also appear with these are
   * not the hazard's.
   */
  readonly controls: ReadonlyMap<string, readonly HazardRow[]>;
  /** The second control of a table: a row without the children of the plain row. */
  readonly childless: readonly Childless[];
  /** By table: how many rows were not tried, because inserting them would fire too much. */
  readonly untried: ReadonlyMap<string, number>;
}

/** A row of `table` that no row of `child` refers to. */
export interface Childless {
  readonly table: string;
  /** The columns that are referred to. */
  readonly columns: readonly string[];
  readonly child: string;
  /** The columns of the child that refer to them. */
  readonly by: readonly string[];
}
