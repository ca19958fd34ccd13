/** The tools that run migrations in production. `plain` is a folder whose runner nobody knows. */
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
  'flyway',
  'liquibase',
  'atlas',
  'npm-sqlite',
  'db-migrate',
  'postgrator',
] as const;

export type ToolName = (typeof toolNames)[number];

/** The SQLite libraries under them that differ in settings. */
export const driverNames = [
  'better-sqlite3',
  'node',
  'libsql',
  'sqlite3',
  'bun',
  'd1',
  'go',
  'rust',
  'jdbc',
  'expo',
] as const;

export type DriverName = (typeof driverNames)[number];

/** A statement that the tool does not run as it stands. */
export interface ToolRefusal {
  /** 1-based, in its migration. */
  readonly statement: number;
  /** What the tool does with it, as in `D1 refuses SAVEPOINT`. */
  readonly why: string;
}

/** Who runs the migrations of a folder in production, as far as its files tell. */
export interface Runner {
  readonly tool: ToolName;
  /** The tool's own name, as in `drizzle-kit 0.x`. */
  readonly title: string;
  /** The file or the words that tell; null where a flag or the config said it. */
  readonly evidence: string | null;
  readonly driver: DriverName;
  /** Where the driver was found; null where it is the tool's usual one and was assumed. */
  readonly driverEvidence: string | null;
  /** What a program of the project does to foreign keys before it runs the migrations, and where; null where nothing tells. */
  readonly foreignKeys: { readonly on: boolean; readonly evidence: string } | null;
  readonly advice: Advice;
}

/** What users of a tool can do, in its own terms; a sentence or two each. */
export interface Advice {
  /** How foreign keys are kept from acting while a table is rebuilt. */
  readonly keysOff: string;
  /** How one transaction goes round the whole of a migration. */
  readonly oneTransaction: string;
  /** How a database is brought on after a migration left half of itself behind. */
  readonly afterFailure: string;
}
