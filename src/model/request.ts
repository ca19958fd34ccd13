import type { DrillKind } from './drill.ts';
import type { MigrationRef } from './history.ts';

/** The target of a migration run, and the assumed state of a database without a ledger. */
export interface VersionRange {
  /** The last migration to apply; all of them when left out. */
  readonly to?: MigrationRef | undefined;
  /** The last migration of a database with tables and no ledger; also marks the programs up to it as run. */
  readonly at?: MigrationRef | undefined;
}

/** The request to the migrator. */
export interface MigrateRequest extends VersionRange {
  /** The database; it is created if it does not exist. */
  readonly file: string;
  /** Read the pending migrations from a copy and change nothing; `applied` then lists them. */
  readonly dryRun?: boolean | undefined;
}

/** The wishes of a caller of `check` beside the config. */
export interface CheckOptions {
  /** Whether the report has a picture of the history, which the format `html` draws. */
  readonly picture?: boolean | undefined;
}

/** The wishes of a caller of `drill`. */
export interface DrillRequest {
  /** How many faults are chosen; 1,000 when left out. Faults that take a process come beside them, one for twenty. */
  readonly faults?: number | undefined;
  /** The kinds of faults; all when left out. */
  readonly kinds?: readonly DrillKind[] | undefined;
  /** The id of the one fault to inject again, from a report. */
  readonly replay?: string | undefined;
  /** The name of the one migration to drill. */
  readonly only?: string | undefined;
  /** The module of the config, from which real processes take `connect`. */
  readonly configFile?: string | null | undefined;
  /** Called with the current activity, in a few words. */
  readonly progress?: ((what: string) => void) | undefined;
}

/** The request to the gate. */
export interface GateOptions {
  /** The production database. It is copied and never written. */
  readonly file: string;
  /** Its last migration, if it has no ledger. */
  readonly at?: MigrationRef | undefined;
  /** A drill of the pending migrations on the copy, with 20 faults when `faults` is left out; none without it. */
  readonly drill?: Pick<DrillRequest, 'faults' | 'kinds' | 'replay' | 'configFile'> | undefined;
  /** Called with the current activity, in a few words. */
  readonly progress?: ((what: string) => void) | undefined;
  /** Whether the report has a picture of the history, which the format `html` draws. */
  readonly picture?: boolean | undefined;
}
