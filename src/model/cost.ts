import type { Integrity } from './settings.ts';

/** The cost of one statement on the copy of production. */
export interface StatementCost {
  readonly statement: number;
  readonly line: number;
  /** Null where it did not come to its end. */
  readonly milliseconds: number | null;
  /** Rows that it inserted, updated or deleted, those of triggers and foreign-key actions included. */
  readonly rows: number;
  /** The temporary files of SQLite at their largest while it ran; null where they cannot be measured. */
  readonly temporaryBytes: number | null;
}

/** The cost of one migration on the copy of production. Bytes, and milliseconds of the machine of the gate. */
export interface StepCost {
  readonly migration: string;
  /** Its statements and its commit, without what rowproof looked at in between. */
  readonly milliseconds: number;
  /** How long other writers wait in one go: from BEGIN to COMMIT, or for its longest statement without a transaction. */
  readonly lockMilliseconds: number;
  readonly rows: number;
  /** The database file before and after. */
  readonly bytesBefore: number;
  readonly bytesAfter: number;
  /** The journal that production has: a write-ahead log, or one for the rollback. */
  readonly journal: 'wal' | 'rollback';
  /** That journal at its largest, computed from the pages that were written. */
  readonly journalBytes: number;
  /** The temporary files of its statements at their largest; null where they cannot be measured. */
  readonly temporaryBytes: number | null;
  /** How much file and journal together grow at most beyond the present file. */
  readonly grownBytes: number;
  /** The room that file, journal and temporary files need at the worst moment beyond the present file. */
  readonly freeBytes: number;
  readonly statements: readonly StatementCost[];
}

/** The cost of the pending migrations on the copy of production. */
export interface Cost {
  readonly steps: readonly StepCost[];
  /** Of all of them; the time of other writers is that of one transaction where one goes round all of them. */
  readonly total: Omit<StepCost, 'migration' | 'statements'>;
}

/** The cost of taking the copy of production. Bytes, and milliseconds of the machine of the gate. */
export interface CopyCost {
  readonly bytes: number;
  readonly milliseconds: number;
  /** How long processes that write to the database waited for the copy; null where nobody had to. */
  readonly writersWaited: {
    readonly milliseconds: number;
    /** As it was told before the copy; null of a small database. */
    readonly expected: number | null;
  } | null;
  /** The check of the copy before anything runs on it. */
  readonly check: { readonly integrity: Integrity; readonly milliseconds: number };
}

/** The limits on the cost of a deploy; null means no limit. */
export interface Budgets {
  /** Milliseconds that other writers may wait in one go. */
  readonly lock: number | null;
  /** Milliseconds for all pending migrations. */
  readonly time: number | null;
  /** The size of file and journal at their largest, in sizes of the file before. */
  readonly sizeGrowth: number | null;
}

/** A budget that was exceeded. */
export interface Excess {
  readonly budget: keyof Budgets;
  readonly limit: number;
  readonly measured: number;
  /** The range of a forecast by a profile; null where the copy was measured. */
  readonly forecast: Range | null;
}

/** A number that is known about. */
export interface Range {
  readonly low: number;
  readonly about: number;
  readonly high: number;
}

/** The forecast for one statement. */
export interface StatementForecast {
  readonly statement: number;
  readonly line: number;
  /** Instructions of SQLite's virtual machine at each size of `CostForecast`. */
  readonly steps: readonly number[];
  /** The power of the rows of its largest table that the steps grow with. */
  readonly exponent: number;
  readonly rows: number;
  readonly milliseconds: Range;
}

/** The forecast for one migration, without a copy of production. */
export interface StepForecast {
  readonly migration: string;
  readonly milliseconds: Range;
  /** How long other writers wait in one go. */
  readonly lockMilliseconds: Range;
  readonly rows: number;
  /** The database file before and after, without the journal. */
  readonly bytesBefore: number;
  readonly bytesAfter: number;
  /** As in `StepCost`. */
  readonly journal: StepCost['journal'];
  readonly journalBytes: number;
  /** Those of CREATE INDEX and VACUUM. */
  readonly temporaryBytes: number;
  readonly grownBytes: number;
  readonly freeBytes: number;
  readonly statements: readonly StatementForecast[];
}

/** The forecast of a deploy by the profile of production: from rows of its shape at several sizes to those that it has. */
export interface CostForecast {
  /** The file of the profile. */
  readonly profile: string;
  /** The largest table of the profile. */
  readonly table: string;
  readonly tableRows: number;
  /** The rows of that table at the sizes that were measured, ascending. */
  readonly sizes: readonly number[];
  readonly steps: readonly StepForecast[];
  /** Of all of them, as in `Cost`. */
  readonly total: Omit<StepForecast, 'migration' | 'statements'>;
}
