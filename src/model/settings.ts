import type { Connection } from './connection.ts';

/**
 * Where a migration's transaction begins and ends in production: one for each migration; one round all pending ones
 * (no PRAGMA foreign_keys can act inside it); or none, every statement by itself.
 */
export type TransactionMode = 'per-migration' | 'all-pending' | 'none';

/** The SQLite that runs everything: that of better-sqlite3, or Node's own, whose double-quoted strings can be switched on. */
export type EngineName = 'better-sqlite3' | 'node';

/** A moment of a run: just before a statement, or just after it. */
export interface Moment {
  readonly sql: string;
  readonly isDone: boolean;
  /** Whether a transaction is open. */
  readonly inTransaction: boolean;
}

/** The part of a fault that lies in the connection of the migrator. */
export interface DrilledConnection {
  /** PRAGMAs, without the word: a limit of pages, a small cache. */
  readonly pragmas: readonly string[];
  /** Called around each statement that may write. An error that it throws ends the run. */
  readonly announce: (moment: Moment) => void;
}

/** The way production opens its database and runs its migrations. The same file is safe or fatal depending on it. */
export interface Settings {
  readonly engine: EngineName;
  /** `PRAGMA foreign_keys` when a migration starts. https://sqlite.org/foreignkeys.html#fk_enable */
  readonly foreignKeys: boolean;
  readonly transaction: TransactionMode;
  /** Whether "x" may be a string. https://sqlite.org/quirks.html#dblquote */
  readonly doubleQuotedStrings: boolean;
  /** `PRAGMA recursive_triggers`. */
  readonly recursiveTriggers: boolean;
  /** `PRAGMA legacy_alter_table`. https://sqlite.org/lang_altertable.html#altertabrename */
  readonly legacyAlterTable: boolean;
  /** Tables that a tool keeps for itself: they are neither compared nor filled. */
  readonly toolTables?: readonly string[];
  /** Whether the migrations are run by another process, which is lent the database as a file. */
  readonly lendsDatabases?: boolean;
  /** The intervention of a drill in every connection. */
  readonly drill?: DrilledConnection | undefined;
  /** Registers the application's functions and extensions on every connection. */
  readonly connect?: ((db: Connection) => void) | undefined;
}

/**
 * The settings that one migration may override. Whether "x" may be a string is not among them: SQLite takes that
 * setting when a connection opens.
 */
export type MigrationSettings = Partial<Pick<Settings, 'transaction' | 'foreignKeys'>>;

/** The check of a database file before work on it: each page once, or indexes against their tables too. */
export type Integrity = 'quick' | 'full';
