import type { NamedColumns } from './named-columns.ts';

/** What may be shown of rows, and how many of them are looked at one by one. */
export interface Scope {
  /** How many rows must hold a member of a small set, or documents a key, for it to be shown. */
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
