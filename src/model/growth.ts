/** How the work of a statement grows with the rows of its tables, measured at several sizes. */
export interface Growth {
  /** The table that it reads again for each row. */
  readonly table: string;
  readonly statement: number;
  /** The sizes in rows of each of its tables, ascending. */
  readonly rows: readonly number[];
  /** Instructions of SQLite's virtual machine at each size. */
  readonly steps: readonly number[];
  /** The power of the rows that they grow with, from the two largest sizes. */
  readonly exponent: number;
  /** Whether a foreign key reads the table, and no text names it. */
  readonly byForeignKey: boolean;
  /** The line of EXPLAIN QUERY PLAN that reads the table. */
  readonly plan: string;
  /** The index with which it grows more slowly, and the exponent measured with it; null if none was found. */
  readonly index: { readonly sql: string; readonly exponent: number } | null;
}
