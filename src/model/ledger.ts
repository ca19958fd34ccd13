import type { Migration } from './history.ts';

/** A row of rowproof's own ledger, which knows migrations by number. `name` and `hash` are null where another runner wrote it. */
export interface LedgerEntry {
  readonly version: number;
  readonly name: string | null;
  readonly hash: string | null;
}

/** How a tool notes what it has applied, and what it goes by. The SELECTs are the tool's own tables, read as they are. */
export interface LedgerFormat {
  /** The table that is there once the tool has run; null where it notes a number in the header of the file alone. */
  readonly table: string | null;
  /** Gives the ledger's own id of each applied migration; or, where `counts`, how many are applied. */
  readonly applied: string;
  readonly counts?: true;
  /**
   * Which migrations are pending: all that are `absent` from the ledger; those alone that are `newer` than the newest in it;
   * or those `above` the one number that it holds, whatever came before.
   */
  readonly pending: 'absent' | 'newer' | 'above';
  /** What the tool does about a migration that comes late, below one that is applied; left out where that is not known. */
  readonly late?: Reaction;
  /** What it does about an applied migration whose file is gone; left out where that is not known. */
  readonly missing?: Reaction;
  /** Gives the id and the hash of each applied migration, where the tool keeps one that is worked out here too. */
  readonly hashes?: { readonly query: string; readonly reaction: Reaction };
  /** Gives a row where the tool refuses every deploy, and why. */
  readonly blocked?: { readonly query: string; readonly why: string };
}

/** What a tool does where its ledger and the folder disagree: go on as if nothing were, or refuse every deploy. */
export type Reaction = 'goes-on' | 'refuses';

/**
 * Where a ledger and a folder disagree: an applied file was `edited` or is `missing`; a file came `late`, below one that
 * is applied; its tool has `skipped` one for that reason and never runs it; the ledger is `ahead` of every file.
 */
export interface LedgerProblem {
  readonly kind: 'edited' | 'missing' | 'late' | 'skipped' | 'ahead';
  /** What the tool does about it; null where that is not known. */
  readonly reaction: Reaction | null;
  /** The number of the migration; 0 where the ledger of another tool tells none. */
  readonly version: number;
  /** Its place in the history; null where the folder has no such file. */
  readonly position: number | null;
  /** What its tool knows it by; null where that may be a value of a row. */
  readonly id: string | null;
  readonly name: string;
  /** The file in question, or null when there is none. */
  readonly file: string | null;
}

/** What a database has still to run, and what does not fit. */
export interface LedgerReading {
  /** The highest number that is applied, 0 where nothing is. */
  readonly version: number;
  /** The place in the history that the database has reached, 0 where nothing is applied. */
  readonly position: number;
  readonly pending: readonly Migration[];
  readonly problems: readonly LedgerProblem[];
}
