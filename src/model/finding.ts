import type { Treatment, ValueCause } from './comparison.ts';
import type { Side } from './dataset.ts';
import type { DrillCause } from './drill.ts';
import type { FactsByCode } from './facts.ts';
import type { Fault } from './fault.ts';
import type { HazardLabel } from './hazard.ts';
import type { Reproduction } from './reproduction.ts';
import type { Rewrite } from './rewrite.ts';

/** The severity: an `error` stops a deploy, a `warning` needs a look, a `note` gives a number that the migration intends. */
export type Severity = 'error' | 'warning' | 'note';
/** The closed set of codes: the same word in output, documents and programs. */
export type FindingCode = keyof FactsByCode;

/** The known reasons why a statement fails on rows, or why rows cannot be read. */
export type FailureCause =
  | 'add-column-references-default'
  | 'add-column-not-null'
  | 'add-column-default-not-constant'
  | 'add-column-stored'
  | 'add-column-default-type'
  | 'not-null-meets-null'
  | 'unique-meets-duplicates'
  | 'check-meets-rows'
  | 'parent-dropped'
  | 'foreign-key-check-failed'
  | 'orphans-under-declared-key'
  | 'foreign-key-meets-rows'
  | 'malformed-json'
  | 'type-mismatch'
  | 'integer-overflow'
  | 'trigger-raises'
  | 'engine-limit'
  | 'own-row-collides'
  | 'made-equal'
  | 'required-column-left-out'
  | 'new-word-refused'
  | 'search-index-malformed'
  | 'outside-object';

/** The reasons why rows are gone: through a cascade or trigger, or by the text of the migration. */
export type LossCause =
  | 'rows-lost'
  | 'cascade-on-drop'
  | 'cascade-on-delete'
  | 'trigger-deletes'
  | Exclude<Treatment, 'untouched'>;

/** The reasons why rows have no parent. */
export type OrphanCause = 'orphans-created' | 'key-meets-orphans' | 'parent-gone';

/** The reasons why an object does not compile. */
export type BrokenCause = 'object-broken' | 'parent-gone' | 'parent-key-gone' | 'followed-the-old-table';

/** The reasons why a migration cannot run a second time. */
export type RepeatCause = 'not-rerunnable' | 'interrupted' | 'done-twice';

/** The effect of a migration on the queries of an application. */
export type QueryCause = 'old-query-breaks' | 'old-write-refused' | 'new-query-fails' | 'result-columns-differ';

/** The mechanisms behind codes that have any. Some include the code itself, for cases without a more precise cause. */
export interface CausesByCode {
  'fails-on-rows': FailureCause;
  'fails-on-empty': 'double-quoted-string' | 'engine-limit' | 'table-from-elsewhere';
  'schema-differs': 'schema-drift';
  'rows-lost': LossCause;
  'values-changed': ValueCause;
  'without-effect': 'null-in-list' | 'never-equal';
  'view-differs': 'hidden-rowids-changed';
  'orphans-created': OrphanCause;
  'not-atomic': FailureCause;
  'not-rerunnable': RepeatCause;
  'fails-drill': DrillCause;
  'invariant-broken': 'assumption-broken' | 'integrity-check';
  'rows-unreadable': FailureCause;
  'object-broken': BrokenCause;
  'constraint-dropped': 'default-dropped';
  'old-query-breaks': QueryCause;
}

/** The mechanisms behind a code; none if it has only itself. */
export type CauseOf<C extends FindingCode> = C extends keyof CausesByCode ? CausesByCode[C] : never;

/**
 * The closed set of ids that a finding may go by in `rowproof explain`: every code, and every mechanism behind one. A
 * rule without an explanation for each of its ids does not compile.
 */
export type CauseId = FindingCode | CauseOf<FindingCode>;

/** The place of a finding in the history; null without a place. */
export interface FindingPlace {
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

/** The meaning of a difference. */
export interface FindingOf<C extends FindingCode> extends FindingPlace {
  readonly code: C;
  /** The mechanism, if known: the topic of `rowproof explain`. It is the code itself without a more precise cause. */
  readonly cause: C | CauseOf<C>;
  readonly severity: Severity;
  readonly datasets: readonly Side[];
  /** The one of them that the numbers are from: hand-written rows, else the dataset with the most rows to show. */
  readonly measuredOn: Side;
  /** The hazards that show it, each by itself; empty if plain or real rows show it. */
  readonly hazards: readonly HazardLabel[];
  /** One line: SQLite's message if there is one. */
  readonly message: string;
  /** The event in a few words, for the first line of a report. */
  readonly title: string;
  /** Numbers and names, a sentence each. */
  readonly details: readonly string[];
  readonly why: string;
  readonly instead: string;
  /** The rows that it is about, table by table; empty where it is about no rows, or where it takes hazards, which have a query each. */
  readonly faults: readonly Fault[];
  readonly facts: FactsByCode[C];
  /** The codes of what else comes of the same cause and is told with it. */
  readonly consequences: readonly FindingCode[];
  /** The corrected migration, which is the same for all findings that it removes; left out where none was found. */
  readonly rewrite?: Rewrite;
  /** The smallest script that shows it; left out where none was asked for, or where no script can show it. */
  readonly reproduction?: Reproduction;
}

/** A finding of any code; `code` tells which facts it has. */
export type Finding = { [C in FindingCode]: FindingOf<C> }[FindingCode];

/** Lines of a file round the place of a finding. */
export interface CodeFrame {
  /** The number of the first line. */
  readonly first: number;
  /** The lines; a very long one is cut. */
  readonly lines: readonly string[];
  /** The number of the line of the place. */
  readonly line: number;
  /** The numbers of the first and last line of its statement that are shown. */
  readonly start: number;
  readonly end: number;
}

/** A finding of a report. */
export type ReportedFinding = Finding & {
  /** Left out where the file cannot be shown, or no longer holds the statement. */
  readonly frame?: CodeFrame;
  /** Unique in the report, and stable for the same finding when rows, seed or places in the file change. */
  readonly fingerprint: string;
};
