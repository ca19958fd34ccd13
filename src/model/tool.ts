/** The tools that run migrations in production. `plain` is a folder whose runner is unknown. */
export const toolNames = [
  'plain',
  'rowproof',
  'drizzle',
  'drizzle-1',
  'prisma',
  'wrangler',
  'goose',
  'sql-migrate',
  'dbmate',
  'golang-migrate',
  'sqlx',
  'diesel',
  'refinery',
  'rusqlite_migration',
  'sqldelight',
  'flyway',
  'liquibase',
  'atlas',
  'npm-sqlite',
  'db-migrate',
  'postgrator',
  'knex',
  'kysely',
  'typeorm',
  'mikro-orm',
  'umzug',
  'sequelize-cli',
  'command',
] as const;

export type ToolName = (typeof toolNames)[number];

/** The SQLite libraries under them that differ in settings. */
export const driverNames = [
  'better-sqlite3',
  'node',
  'libsql',
  'sqlite3',
  'sql.js',
  'bun',
  'd1',
  'go',
  'rust',
  'jdbc',
  'expo',
] as const;

export type DriverName = (typeof driverNames)[number];

/** A statement that the tool refuses or changes. */
export interface ToolRefusal {
  /** 1-based, in its migration. */
  readonly statement: number;
  /** The action of the tool on it, as in `D1 refuses SAVEPOINT`. */
  readonly why: string;
}

/** The tool that runs the migrations of a folder in production, according to its files. */
export interface Runner {
  readonly tool: ToolName;
  /** The tool's own name, as in `drizzle-kit 0.x`. */
  readonly title: string;
  /** The file or the words that show it; null if a flag or the config names it. */
  readonly evidence: string | null;
  readonly driver: DriverName;
  /** The place that names the driver; null if the tool's usual driver is assumed. */
  readonly driverEvidence: string | null;
  /** The effect of the project's program on foreign keys before it runs the migrations, and its place; null if unknown. */
  readonly foreignKeys: { readonly on: boolean; readonly evidence: string } | null;
  /** The place where the project reads the tool's files itself; left out where the tool runs them. */
  readonly ownProgram?: { readonly evidence: string; readonly runsSeveral: boolean };
  readonly advice: Advice;
}

/** The advice in the tool's own terms; a sentence or two each. */
export interface Advice {
  /** The way to keep foreign keys from acting while a table is rebuilt. */
  readonly keysOff: string;
  /** The way to run a whole migration in one transaction. */
  readonly oneTransaction: string;
  /** The way to repair a database after a half-applied migration. */
  readonly afterFailure: string;
  /** Marks a file so that the tool runs it without a transaction; left out where no line of the file can. */
  readonly outsideTransaction?: (text: string) => string;
}

/** The log of a migrator. */
export interface StatementLog {
  readonly stream: 'stdout' | 'stderr';
  /** Finds the statements in it; null where each has a line, or an entry of a logger that is known. */
  readonly pattern: RegExp | null;
}

/** The commands of a migrator that is run as a process of its own, in any language. */
export interface MigratorCommand {
  /** Applies one migration: `{version}` is what it is called, `{file}` the database, `{project}` the working directory. */
  readonly up: string;
  /** Prints the migrations in their order, a line each, what it is called first; null where the files of the folder tell. */
  readonly list: string | null;
  /** Variables of the environment, with the same words in braces. */
  readonly env: Readonly<Record<string, string>>;
  /** The tables that it keeps for itself, beside those of tools that are known. */
  readonly ledger: readonly string[];
  /** Where it logs the statements that it executes; null where it does not. */
  readonly statements: StatementLog | null;
}
