import type { Faker } from '@faker-js/faker';
import type { SqlValue } from './connection.ts';
import type { SeedRow } from './fixture.ts';

/** The context of a maker of rows. */
export interface TableMakerContext {
  /**
   * A faker that gives the same values on every run and machine: it is seeded anew for each call, from the seed number,
   * the names and the index, with a fixed date as "now".
   */
  readonly faker: Faker;
  /** The cells of the row so far, by column name, without those that SQLite fills. */
  readonly row: Readonly<Record<string, SqlValue | undefined>>;
  /** 0 for the first row of the table. */
  readonly index: number;
  /** The table, as the schema writes it. */
  readonly table: string;
}

/** The context of a maker of values. */
export interface ColumnMakerContext extends TableMakerContext {
  /** The column, as the schema writes it. */
  readonly column: string;
}

/** The values that a maker may return: a boolean becomes 0 or 1, and undefined selects the column's default. */
export type MadeValue = SqlValue | boolean | undefined;

/**
 * Makes the values of a column. It runs synchronously and may be called more than once for a row, so it keeps no count of
 * its own. `row` holds what the column would have had without it.
 */
export type ColumnMaker = (context: ColumnMakerContext) => MadeValue;

/** Makes some or all cells of the rows of a table, by column name. Makers of single columns come after it. */
export type TableMaker = (context: TableMakerContext) => SeedRow;

// A method, because its parameter is compared in both directions: so a maker of a column fits where one of a table may
// stand, as it must under an index signature, and a function written there still knows what it is given.
interface EitherMaker {
  make(context: TableMakerContext): MadeValue | SeedRow;
}

/**
 * A project's own makers, by `table.column` or by table; later ones see what earlier ones gave. They have the last word on
 * their columns in every generated dataset.
 */
export interface Makers {
  readonly [column: `${string}.${string}`]: ColumnMaker;
  readonly [table: string]: EitherMaker['make'];
}
