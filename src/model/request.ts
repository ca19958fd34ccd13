/** How far to migrate, and what the database is taken for when it has no ledger. */
export interface Reach {
  /** The last version to apply; all of them when left out. */
  readonly to?: number | undefined;
  /** The version of a database with tables and no ledger; also says of programs up to it that they were run. */
  readonly at?: number | undefined;
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
  /** Its version, where it has no ledger. */
  readonly at?: number | undefined;
  /** Told what is being done, in a few words. */
  readonly progress?: ((what: string) => void) | undefined;
}
