import type { ShownKeys } from './change.ts';
import type { SqlValue } from './connection.ts';

/** What a column of a row held before, and what it holds after. */
export interface ValueChange {
  readonly column: string;
  readonly before: SqlValue;
  readonly after: SqlValue;
}

/** The rows of one table that a finding is about: those that a statement could not take, that are gone, or that changed. */
export interface Fault {
  /** The table, by its name before the migration; by that of the moment where the migration makes it. */
  readonly table: string;
  readonly rows: number;
  /** How many rows the table held. */
  readonly of: number;
  /** A few of them; empty where the table has no key or values may not be shown. */
  readonly keys: ShownKeys;
  /** What changed in these rows, in their order; left out where nothing did, where that is not known, or where values may not be shown. */
  readonly changes?: readonly ValueChange[];
  /** The SELECT that lists them in the database before the migration; null where that database cannot tell them. */
  readonly query: string | null;
}
