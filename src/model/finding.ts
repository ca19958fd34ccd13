import type { ObjectDifference, Treatment } from './comparison.ts';
import type { Side } from './dataset.ts';
import type { HazardLabel } from './hazard.ts';
import type { LedgerProblem } from './ledger.ts';
import type { Held } from './outcome.ts';

/** How bad: an `error` stops a deploy, a `warning` wants a look, a `note` tells a number that the migration means. */
export type Severity = 'error' | 'warning' | 'note';

/** A table that has fewer rows than before, and the statement after which they were gone, where that is known. */
export interface LostRows {
  readonly table: string;
  readonly before: number;
  readonly after: number;
  readonly statement: number | null;
}

/** A foreign key with rows that have no parent, beyond those that had none before, and the statement that it comes from. */
export interface OrphanedKey {
  readonly table: string;
  readonly columns: readonly string[];
  readonly parent: string;
  readonly parentExists: boolean;
  readonly rows: number;
  readonly statement: number | null;
}

/** What each code knows besides the fields that all findings have. The keys are the codes, all of them. */
export interface FactsByCode {
  'fails-on-rows': { readonly sqliteCode: string; readonly held: Held | null; readonly rolledBack: boolean };
  'fails-on-empty': { readonly sqliteCode: string; readonly rolledBack: boolean };
  'schema-differs': { readonly objects: readonly ObjectDifference[] };
  'rows-lost': { readonly treatment: Treatment; readonly tables: readonly LostRows[] };
  'orphans-created': { readonly keys: readonly OrphanedKey[] };
  'not-atomic': { readonly changes: readonly string[] };
  'not-rerunnable': { readonly sqliteCode: string; readonly first: number | null };
  'history-edited': { readonly problem: LedgerProblem['kind']; readonly version: number };
  'invariant-broken': { readonly invariant: string; readonly rows: readonly string[] };
}

/** The closed set of codes: the same word in output, documents and programs. */
export type FindingCode = keyof FactsByCode;

/** Where in the history a finding stands; null where there is no such place. */
export interface Place {
  readonly migration: string;
  readonly file: string | null;
  readonly line: number | null;
  /** 1-based statement, of how many. */
  readonly statement: number | null;
  readonly statements: number;
  /** The text of the statement. */
  readonly sql: string | null;
  /** The table that lost, refused or was damaged, by its name at the end of the migration. */
  readonly table: string | null;
}

/** What a difference means. */
export interface FindingOf<C extends FindingCode> extends Place {
  readonly code: C;
  /** The mechanism, where it is known: the topic of `rowproof explain`. It is the code itself where no cause is closer. */
  readonly cause: string;
  readonly severity: Severity;
  readonly datasets: readonly Side[];
  /** What rows it takes, any of these by itself; empty where plain rows show it, or rows that somebody has. */
  readonly hazards: readonly HazardLabel[];
  /** One line: SQLite's words where SQLite spoke. */
  readonly message: string;
  /** What happened, in a few words, for the first line of a report. */
  readonly title: string;
  /** Numbers and names, a sentence each. */
  readonly details: readonly string[];
  readonly why: string;
  readonly instead: string;
  readonly facts: FactsByCode[C];
}

/** A finding of any code; `code` tells which facts it has. */
export type Finding = { [C in FindingCode]: FindingOf<C> }[FindingCode];
