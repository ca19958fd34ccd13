import type { Unfilled } from './dataset.ts';
import type { MigrationRef } from './history.ts';
import type { Note } from './note.ts';

/** The request for a seeded database. */
export interface SeedRequest {
  /** The database to create. */
  readonly file: string;
  /** The last migration that it has; the last of all when left out, and 0 for the base alone. */
  readonly at?: MigrationRef | undefined;
  /** Whether an existing file is replaced. */
  readonly force?: boolean | undefined;
  /** Called with the current activity, in a few words. */
  readonly progress?: ((what: string) => void) | undefined;
}

/** The content of a seeded database. */
export interface SeedSummary {
  readonly file: string;
  /** The number of the last migration that it has, or its place in the history where it has no number. */
  readonly version: number;
  /** The place of that migration in the history; 0 for the base alone. */
  readonly position: number;
  /** Its id in its tool; null for the base alone. */
  readonly id: string | null;
  /** Its name; null for the base alone. */
  readonly name: string | null;
  /** Every table with the number of its rows, in the order of the schema. */
  readonly tables: readonly { readonly table: string; readonly rows: number }[];
  /** The reasons why tables stayed empty, if a dataset tried to fill them. */
  readonly unfilled: readonly Unfilled[];
  /** Other facts for the user, a sentence each. */
  readonly notes: readonly string[];
  /** The facts of each note, in the same order. */
  readonly noteFacts: readonly Note[];
}
