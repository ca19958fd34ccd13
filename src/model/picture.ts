import type { Side } from './dataset.ts';
import type { ForeignKey, SchemaObject } from './schema.ts';

/** An object of the schema that a migration made, removed or changed; the text is null on the side that lacks it. */
export interface SchemaChange {
  readonly type: SchemaObject['type'];
  readonly name: string;
  readonly before: string | null;
  readonly after: string | null;
}

/** The effect of a migration on the schema of the empty database. */
export interface SchemaStep {
  readonly migration: string;
  readonly objects: readonly SchemaChange[];
}

/** The numbers of rows round the migration at a place of the history; null where the table is not there. */
export interface RowPoint {
  readonly position: number;
  readonly before: number | null;
  readonly after: number | null;
}

/** The number of rows in a table over the history; only the steps at which the number is not that of the step before. */
export interface RowSeries {
  readonly table: string;
  readonly dataset: Side;
  readonly points: readonly RowPoint[];
}

/** A table at the end of the history. */
export interface PicturedTable {
  readonly name: string;
  readonly columns: readonly { readonly name: string; readonly type: string; readonly isKey: boolean }[];
  readonly foreignKeys: readonly ForeignKey[];
}

/** The schema and the rows of a history, for reports that draw them. It is collected only on request. */
export interface Picture {
  /** The migrations with a finding. */
  readonly schema: readonly SchemaStep[];
  readonly rows: readonly RowSeries[];
  readonly tables: readonly PicturedTable[];
}
