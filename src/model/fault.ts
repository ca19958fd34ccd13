import type { ShownKeys } from './change.ts';
import type { SqlValue } from './connection.ts';

/** The values of a column of a row before and after. */
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
  /** The changes of these rows, in their order; absent where there are none, where they are unknown, or where values may not be shown. */
  readonly changes?: readonly ValueChange[];
  /** The SELECT that lists them in the database before the migration; null where that database cannot tell them. */
  readonly query: string | null;
}
