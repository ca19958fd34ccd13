/** How the work of a statement grows with the rows of its tables, measured at several sizes. */
export interface Growth {
  /** The table that it reads again for each row. */
  readonly table: string;
  /** The table whose rows it does that for. */
  readonly outer: string;
  readonly statement: number;
  /** The sizes in rows of each of its tables, ascending. */
  readonly rows: readonly number[];
  /** Instructions of SQLite's virtual machine at each size. */
  readonly steps: readonly number[];
  /** The power of the rows that they grow with, from the two largest sizes. */
  readonly exponent: number;
  /** Whether a foreign key reads the table, and no text names it. */
  readonly byForeignKey: boolean;
  /** Whether an index gives the rows of one key, so that the work depends on how many rows have it. */
  readonly byLookup: boolean;
  /** The line of EXPLAIN QUERY PLAN that reads the table. */
  readonly plan: string;
  /** The index, or two with `; ` between them, with which it grows more slowly, and the exponent measured with it; null if none was found. */
  readonly index: { readonly sql: string; readonly exponent: number } | null;
}

/** The meaning of a growth for production. */
export interface Stake {
  /** The work that its rows make by the profile; null without a profile of the table. */
  readonly forecast: Forecast | null;
  /** Milliseconds on the copy, where they are beyond the budget; null elsewhere. */
  readonly tooLong: number | null;
  /** The budget of a statement in milliseconds. */
  readonly limit: number;
}

/** How long a statement takes with the rows of production, at a fixed number of steps in a millisecond, so that each run says the same. */
export interface Forecast {
  /** Rows of the table in production. */
  readonly rows: number;
  readonly milliseconds: number;
}
