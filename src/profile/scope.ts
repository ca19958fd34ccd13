import type { NamedColumns } from './named-columns.ts';

/** Values of one kind that something is told of. */
export interface Told {
  /** How many there are. */
  readonly total: number;
  /** How many there are said to be: a share with four digits would tell how many it is of. */
  readonly told: number;
  readonly atLeast: number;
}

/** What may be shown of rows, and how many of them are looked at one by one. */
export interface Scope {
  /** How few rows there may be that anything is told of: 1 tells everything. */
  readonly atLeast: number;
  /** Whether members of a column are wanted. */
  readonly keepsValues: NamedColumns;
  /** Whether the keys of a column's documents are the application's words. */
  readonly keepsKeys: NamedColumns;
  /** Keys of documents that the schema and the migrations tell. */
  readonly knownKeys: ReadonlySet<string>;
  readonly sampleLimit: number;
  /** Modules of virtual tables that the connection lacks. */
  readonly missingModules: readonly string[];
}
