import type { SqlValue } from '../model/connection.ts';
import type { Column, Table } from '../model/schema.ts';
import type { ColumnValues } from './column-values.ts';
import type { Overrides } from './overrides.ts';
import type { UniqueKey } from './partial-keys.ts';
import type { Demand } from './reading/demands.ts';
import type { ColumnFacts } from './reading/facts.ts';
import type { Reference } from './reading/references.ts';
import type { Vocabulary } from './values/vocabulary.ts';

/** Columns that are unique across two tables, and the values that the other table holds of them. */
export interface RivalKey {
  readonly columns: readonly string[];
  readonly taken: () => readonly (readonly SqlValue[])[];
}

/** The facts that a schema and the migrations to come tell of the rows of a table. */
export interface TableFacts {
  readonly facts: (column: string) => ColumnFacts;
  /** Columns that later migrations will make unique together; other words may stand among them. */
  readonly uniques: readonly UniqueKey[];
  /** The CHECK expressions that later migrations will put on it. */
  readonly checks: readonly string[];
  /** Columns that a later migration copies where NULL is not allowed, and out of which rows. */
  readonly filledIn: readonly Demand[];
}

/** The plan by which the rows of a table are made. */
export interface RowPlan extends TableFacts {
  readonly seed: number;
  readonly vocabulary: Vocabulary;
  readonly table: Table;
  /** 0 for the plain row; another number gives other values of the same kind. */
  readonly variant: number;
  /** A column that must not be NULL although the plain row could leave it so; null for none. */
  readonly filled: string | null;
  /** Whether the row says its rowid, for others to point at before it is there; else SQLite counts. */
  readonly numbered: boolean;
  /** Whether a migration to come writes rows of this table out: then its numbers stay out of their way. */
  readonly apart: boolean;
  /** Whether triggers may act on its rows, so that a refused one may leave something behind. */
  readonly guarded: boolean;
  /** The values of a column of the table. */
  readonly valuesOf: (column: Column) => ColumnValues;
  readonly references: readonly Reference[];
  /** The project's own cells of a row, which are final; null without any. */
  readonly overrides: Overrides | null;
  /**
   * Keys that a later migration takes once out of this table and another one, with what the other one holds of each.
   */
  readonly rivals: readonly RivalKey[];
  /** Whether a later migration takes the table for one with a single row. */
  readonly isLone: boolean;
  /** The values that columns hold in every row, so that it is outside a partial index. */
  readonly held: ReadonlyMap<string, SqlValue>;
  /** The values of the parent's columns in rows that a reference can point at. */
  readonly targets: (reference: Reference, variant: number) => readonly (readonly SqlValue[])[];
  /** The value that something of this name in the table would point with, as `client_id` inside a document. */
  readonly valueNamed: (name: string) => SqlValue | undefined;
}
