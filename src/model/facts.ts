import type { ShownKeys } from './change.ts';
import type { LostPart, ObjectDifference, Treatment, ValueCause } from './comparison.ts';
import type { Excess } from './cost.ts';
import type { Side } from './dataset.ts';
import type { DrillKind } from './drill.ts';
import type { Fault } from './fault.ts';
import type { Growth, Stake } from './growth.ts';
import type { HazardLabel } from './hazard.ts';
import type { LedgerProblem } from './ledger.ts';
import type { BrokenObject, TableAtFailure, ViewAnswer } from './outcome.ts';
import type { BrokenQuery } from './query.ts';
import type { ToolName } from './tool.ts';

/** The dataset that numbers are from, if it is not the finding's own. */
interface Measured {
  readonly dataset?: Side;
}

/** A table with its number of rows before and after, and the statement that removed them. */
export interface LostRows extends Measured {
  readonly table: string;
  readonly before: number;
  readonly after: number;
  readonly statement: number | null;
}

/** A table whose values changed, and the statement that changed them, if known. */
export interface ChangedValues extends Measured {
  readonly table: string;
  readonly columns: readonly string[];
  /** The number of changed rows, and of all rows. */
  readonly rows: number;
  readonly of: number;
  readonly statement: number | null;
  /** A few of the rows, by key; empty where values may not be shown. */
  readonly keys: ShownKeys;
}

/** A table with more copies of rows than before, and the statement that inserted them. */
export interface DuplicatedRows extends Measured {
  readonly table: string;
  /** The number of rows beyond the `of` rows of before. */
  readonly rows: number;
  readonly of: number;
  readonly statement: number | null;
}

/** A table that has rows that no statement puts in, and the statement that had them put in. */
export interface AddedRows extends Measured {
  readonly table: string;
  /** The number of rows beyond the `of` rows of before. */
  readonly rows: number;
  readonly of: number;
  readonly statement: number | null;
}

/** A column that goes with its values, and the statement that drops it or its table. */
export interface DroppedColumn {
  readonly table: string;
  readonly column: string;
  /** How many rows hold a value in it, of how many. */
  readonly rows: number;
  readonly of: number;
  /** The table that has a new, empty column of the name; null where none has. */
  readonly waiting: string | null;
  readonly statement: number | null;
}

/** A full-text index that does not hold what its content does, and the statement that put it out of step. */
export interface StaleSearchIndex {
  readonly table: string;
  readonly content: string;
  readonly statement: number | null;
}

/** A view that gives other rows. */
export type ViewAnswered = ViewAnswer & Measured;

/** An AUTOINCREMENT table with the largest assigned number; null where values may not be shown. */
export interface ResetCounter {
  readonly table: string;
  readonly before: number | null;
  readonly after: number | null;
  /** Columns of other tables, `table.column`, that hold its numbers without a foreign key. */
  readonly referredFrom: readonly string[];
  readonly statement: number | null;
}

/** A foreign key with new rows without a parent, and the statement that caused them. */
export interface OrphanedKey extends Measured {
  readonly table: string;
  readonly columns: readonly string[];
  readonly parent: string;
  readonly parentExists: boolean;
  readonly rows: number;
  readonly statement: number | null;
}

/** An object that no longer compiles, and the statement that broke it. */
export interface BrokenPart extends BrokenObject {
  readonly statement: number | null;
}

/** A table, or its generated column, that cannot be read for some rows, and the statement that caused it. */
export interface UnreadableTable extends Measured {
  readonly table: string;
  /** Null where it is the table itself, or its constraints and indexes. */
  readonly column: string | null;
  /** The number of such rows, and of all rows; null where they cannot be counted. */
  readonly rows: number | null;
  readonly of: number | null;
  readonly sqliteCode: string;
  readonly message: string;
  readonly statement: number | null;
  /** A few of the rows, by key; empty where values may not be shown. */
  readonly keys: ShownKeys;
}

/** A statement that checks declared keys of rows again that were there before. */
export interface StraySite {
  readonly migration: string;
  readonly statement: number | null;
  readonly table: string | null;
}

/** Another statement of a migration, or another column of the same one, that fails on rows for the same cause. */
export interface FailureSite extends StraySite {
  readonly code: 'fails-on-rows' | 'not-atomic';
  readonly severity: 'error' | 'warning';
  readonly line: number | null;
  readonly message: string;
  readonly datasets: readonly Side[];
  /** The hazards that show it, each by itself; empty if plain or real rows show it. */
  readonly hazards: readonly HazardLabel[];
  /** The rows at fault, table by table. */
  readonly faults: readonly Fault[];
}

/** The facts of each code, in addition to the fields of all findings. The keys are all codes. */
export interface FactsByCode {
  'old-query-breaks': { readonly queries: readonly BrokenQuery[] };
  /**
   * `sites`: the others of the migration that fail for the same cause; of `orphans-under-declared-key` the other statements of
   * the history that check declared keys of old rows again.
   */
  'fails-on-rows': {
    readonly sqliteCode: string;
    readonly held: TableAtFailure | null;
    readonly rolledBack: boolean;
    readonly sites?: readonly (StraySite | FailureSite)[];
    /** The full-text index that does not match its content, with the trigger that writes it; left out where it has no part. */
    readonly index?: { readonly table: string; readonly trigger: string | null };
    /** The trigger or view that no migration makes; left out where it has no part. */
    readonly outside?: { readonly type: string; readonly name: string };
    /** Whether it shows only without the rows of another failure of the migration; left out where it shows by itself. */
    readonly behind?: boolean;
  };
  'fails-on-empty': { readonly sqliteCode: string; readonly rolledBack: boolean };
  'schema-differs': { readonly objects: readonly ObjectDifference[] };
  /** `limit` is the share in percent that an intended loss exceeds, if the project sets one. */
  'rows-lost': { readonly treatment: Treatment; readonly tables: readonly LostRows[]; readonly limit: number | null };
  'rows-duplicated': { readonly tables: readonly DuplicatedRows[] };
  'rows-added': { readonly tables: readonly AddedRows[] };
  'values-changed': { readonly cause: ValueCause; readonly tables: readonly ChangedValues[] };
  'values-dropped': { readonly columns: readonly DroppedColumn[] };
  /** `rows`: those that it touches without what switches it off. */
  'without-effect': { readonly verb: 'update' | 'delete'; readonly rows: number };
  'view-differs': { readonly views: readonly ViewAnswered[] };
  'slow-growth': Pick<Growth, 'rows' | 'steps' | 'exponent' | 'byForeignKey' | 'plan' | 'index'> &
    Pick<Stake, 'forecast'>;
  /** Milliseconds; for `sizeGrowth` a factor. */
  'budget-exceeded': Excess;
  'autoincrement-reset': { readonly counters: readonly ResetCounter[] };
  'orphans-created': { readonly keys: readonly OrphanedKey[] };
  /** `sites`: the others of the migration that fail for the same cause. */
  'not-atomic': {
    readonly sqliteCode: string;
    readonly changes: readonly string[];
    readonly sites?: readonly FailureSite[];
  };
  /**
   * `first` is the statement at which the first run failed, and null where it was stopped, after each of the statements
   * `after`. Without an `sqliteCode` the second run succeeded, but left `changed` different from the result of one
   * complete run.
   */
  'not-rerunnable': {
    readonly sqliteCode: string | null;
    readonly first: number | null;
    readonly after: readonly number[];
    readonly changed: readonly string[];
  };
  /** The faults that broke the law by kind: their number, and the id of the first, which selects it again. */
  'fails-drill': {
    readonly faults: readonly { readonly kind: DrillKind; readonly number: number; readonly replay: string }[];
    /** The content of the database afterwards, by name. */
    readonly left: readonly string[];
  };
  'history-edited': {
    readonly problem: LedgerProblem['kind'];
    readonly version: number;
    readonly position: number | null;
    readonly id: string | null;
  };
  /** `after` is the earlier migration that a database has; null if the ledger of the database is the source. */
  'skipped-migration': {
    readonly tool: ToolName;
    readonly after: string | null;
    readonly position: number | null;
    readonly id: string | null;
  };
  'upgrade-differs': { readonly objects: readonly ObjectDifference[] };
  /** `rows` are shown only where values may be shown; `count` is their number. */
  'invariant-broken': { readonly invariant: string; readonly rows: readonly string[]; readonly count: number };
  'search-index-stale': { readonly indexes: readonly StaleSearchIndex[] };
  'rows-unreadable': { readonly tables: readonly UnreadableTable[] };
  'object-broken': { readonly objects: readonly BrokenPart[] };
  'constraint-dropped': { readonly parts: readonly LostPart[] };
  'index-dropped': { readonly parts: readonly LostPart[] };
  'trigger-dropped': { readonly parts: readonly LostPart[] };
  'directive-unused': { readonly directive: string };
  'refused-by-tool': { readonly tool: ToolName };
  /** Whether foreign keys stay on, or off. */
  'pragma-without-effect': { readonly foreignKeys: boolean };
  'needs-newer-sqlite': { readonly what: string; readonly since: string; readonly production: string };
}
