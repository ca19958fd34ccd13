import type { NamedColumns } from './named-columns.ts';

/** Values of one kind that a profile describes. */
export interface Told {
  /** The number of rows. */
  readonly total: number;
  /** The number of rows that is shown: a share with four digits would reveal its whole. */
  readonly told: number;
  readonly atLeast: number;
}

/** The facts about rows that may be shown, and the number of rows that are read one by one. */
export interface ProfileScope {
  /** The smallest number of rows that a fact may describe: 1 shows everything. */
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
