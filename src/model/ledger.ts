import type { Migration } from './history.ts';

/** A row of rowproof's own ledger, which knows migrations by number. `name` and `hash` are null where another runner wrote it. */
export interface LedgerEntry {
  readonly version: number;
  readonly name: string | null;
  readonly hash: string | null;
}

/**
 * A tool's record of applied migrations, and its rule for pending ones. The SELECTs are the tool's own tables, read as
 * they are.
 */
export interface LedgerFormat {
  /** The table that the tool creates; null if it only writes a number into the header of the file. */
  readonly table: string | null;
  /** Gives the ledger's own id of each applied migration; or, where `counts`, how many are applied. */
  readonly applied: string;
  readonly counts?: true;
  /**
   * The migrations that are pending: all that are `absent` from the ledger; only those that are `newer` than the newest in it;
   * or those `above` the one number that it holds, whatever came before.
   */
  readonly pending: 'absent' | 'newer' | 'above';
  /** The tool's reaction to a late migration, below an applied one; left out if unknown. */
  readonly late?: Reaction;
  /** Its reaction to an applied migration whose file is gone; left out if unknown. */
  readonly missing?: Reaction;
  /** Gives the id and the hash of each applied migration, if rowproof can compute the tool's hash. */
  readonly hashes?: { readonly query: string; readonly reaction: Reaction };
  /** Gives a row if the tool refuses every deploy, and the reason. */
  readonly blocked?: { readonly query: string; readonly why: string };
}

/** A tool's reaction if its ledger and the folder disagree: continue, or refuse every deploy. */
export type Reaction = 'goes-on' | 'refuses';

/**
 * A disagreement between a ledger and a folder: an applied file was `edited` or is `missing`; a file came `late`, below
 * one that is applied; its tool has `skipped` one for that reason and never runs it; the ledger is `ahead` of every
 * file.
 */
export interface LedgerProblem {
  readonly kind: 'edited' | 'missing' | 'late' | 'skipped' | 'ahead';
  /** The tool's reaction; null if unknown. */
  readonly reaction: Reaction | null;
  /** The number of the migration; 0 where the ledger of another tool tells none. */
  readonly version: number;
  /** Its place in the history; null where the folder has no such file. */
  readonly position: number | null;
  /** Its id in its tool; null if that may be a value of a row. */
  readonly id: string | null;
  readonly name: string;
  /** The file in question, or null when there is none. */
  readonly file: string | null;
}

/** The pending migrations of a database, and the problems of its ledger. */
export interface LedgerReading {
  /** The highest applied number; 0 without one. */
  readonly version: number;
  /** The database's place in the history; 0 if no migration is applied. */
  readonly position: number;
  readonly pending: readonly Migration[];
  readonly problems: readonly LedgerProblem[];
}
