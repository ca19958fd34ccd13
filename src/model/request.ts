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
  /** A database whose ledger tells which migrations are applied: those are not judged. It is opened read-only. */
  readonly db?: string | undefined;
  /** Whether the report has a picture of the history, which the format `html` draws. */
  readonly picture?: boolean | undefined;
}

/** The request to the gate. */
export interface GateOptions {
  /** The production database. It is copied and never written. */
  readonly file: string;
  /** Its last migration, if it has no ledger. */
  readonly at?: MigrationRef | undefined;
  /** Called with the current activity, in a few words. */
  readonly progress?: ((what: string) => void) | undefined;
  /** Whether the report has a picture of the history, which the format `html` draws. */
  readonly picture?: boolean | undefined;
}
