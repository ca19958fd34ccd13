import type { Migration } from './history.ts';

/** A migration that a database says it has. `name` and `hash` are null where another runner wrote the row. */
export interface LedgerEntry {
  readonly version: number;
  readonly name: string | null;
  readonly hash: string | null;
}

/**
 * Where a ledger and a folder disagree: an applied file was `edited` or is `missing`; a file came `late`, below one that
 * is applied; the ledger is `ahead` of every file.
 */
export interface LedgerProblem {
  readonly kind: 'edited' | 'missing' | 'late' | 'ahead';
  readonly version: number;
  readonly name: string;
  /** The file in question, or null when there is none. */
  readonly file: string | null;
}

/** What a database has still to run, and what does not fit. */
export interface LedgerReading {
  /** The highest applied version, 0 where nothing is applied. */
  readonly version: number;
  readonly pending: readonly Migration[];
  readonly problems: readonly LedgerProblem[];
}
