import type { MigrationRef } from './history.ts';

/** How far to migrate, and what the database is taken for when it has no ledger. */
export interface Reach {
  /** The last migration to apply; all of them when left out. */
  readonly to?: MigrationRef | undefined;
  /** The last migration of a database with tables and no ledger; also says of programs up to it that they were run. */
  readonly at?: MigrationRef | undefined;
}

/** What the migrator is asked. */
export interface MigrateRequest extends Reach {
  /** The database, which is made when there is none. */
  readonly file: string;
  /** Read what is pending from a copy and change nothing; `applied` then lists what would be. */
  readonly dryRun?: boolean | undefined;
}

/** What the gate is asked. */
export interface GateOptions {
  /** The production database. It is copied and never written. */
  readonly file: string;
  /** The last migration that it has, where it has no ledger. */
  readonly at?: MigrationRef | undefined;
  /** Told what is being done, in a few words. */
  readonly progress?: ((what: string) => void) | undefined;
}
