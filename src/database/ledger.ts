import { HarnessError } from '../errors.ts';
import type { History, Migration } from '../model/history.ts';
import type { LedgerEntry, LedgerProblem, LedgerReading } from '../model/ledger.ts';
import type { Database } from './connection.ts';

/** Ledgers of other tools, by the name of their table. */
const foreignLedgers: ReadonlyMap<string, string> = new Map([
  ['__drizzle_migrations', 'drizzle'],
  ['_prisma_migrations', 'Prisma'],
  ['d1_migrations', 'wrangler'],
  ['goose_db_version', 'goose'],
  ['schema_migrations', 'dbmate or golang-migrate'],
  ['_sqlx_migrations', 'sqlx'],
  ['__diesel_schema_migrations', 'diesel'],
  ['flyway_schema_history', 'Flyway'],
  ['refinery_schema_history', 'refinery'],
  ['kysely_migration', 'Kysely'],
  ['knex_migrations', 'Knex'],
  ['SequelizeMeta', 'Umzug'],
]);

/**
 * Reads the ledger `_migrations` of a database.
 * @returns its entries in order of version, or null when there is no such table.
 * @throws HarnessError `ledger-foreign` when `_migrations` is a table of another make.
 */
export function readLedger(db: Database): LedgerEntry[] | null {
  const columns = ledgerColumns(db);
  if (columns.length === 0) return null;
  const column = (name: string): string => (columns.includes(name) ? name : `NULL AS ${name}`);
  const rows = columns.includes('version')
    ? db
        .prepare<[], { version: unknown; name: string | null; hash: string | null }>(
          `SELECT version, ${column('name')}, ${column('hash')} FROM main._migrations ORDER BY version`,
        )
        .all()
    : null;
  if (rows?.every(({ version }) => typeof version === 'number'))
    return rows.map((row) => ({ ...row, version: Number(row.version) }));
  throw new HarnessError(
    'ledger-foreign',
    'The table _migrations is of another make: it has no whole numbers in a column "version".',
    {
      remedy: 'Say with --at VERSION which version the database is at.',
    },
  );
}

/** Whether a database has tables that are neither SQLite's own nor the ledger. */
export function hasTables(db: Database): boolean {
  const found = db
    .prepare(
      "SELECT 1 FROM main.sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' AND name <> '_migrations'",
    )
    .get();
  return found !== undefined;
}

/** A database with tables whose version nobody knows: the error that says what to do. */
export function ledgerMissing(db: Database, file: string): HarnessError {
  const names = db.prepare<[], string>("SELECT name FROM main.sqlite_schema WHERE type = 'table'").pluck().all();
  const foreign = names.find((name) => foreignLedgers.has(name));
  const seen =
    foreign === undefined
      ? ''
      : ` The ledger ${foreign} of ${foreignLedgers.get(foreign)} is there, which is not read yet.`;
  return new HarnessError(
    'ledger-missing',
    `${file} has tables but no ledger _migrations, so nobody knows its version.${seen}`,
    {
      remedy: 'Say with --at VERSION which migration was the last one that it had.',
      facts: { file },
    },
  );
}

/**
 * Makes the ledger, or adopts one of `(version, applied_at)` by adding the columns `name` and `hash`, nullable, so that
 * the runner that made it goes on working. Call it inside the lock.
 */
export function openLedger(db: Database): void {
  db.exec(
    'CREATE TABLE IF NOT EXISTS main._migrations (version INTEGER PRIMARY KEY, applied_at TEXT NOT NULL, name TEXT, hash TEXT)',
  );
  const columns = ledgerColumns(db);
  for (const name of ['name', 'hash'])
    if (!columns.includes(name)) db.exec(`ALTER TABLE main._migrations ADD COLUMN ${name} TEXT`);
}

/** Whether a version is in the ledger. */
export function isApplied(db: Database, version: number): boolean {
  return db.prepare('SELECT 1 FROM main._migrations WHERE version = ?').get(version) !== undefined;
}

/** Writes a migration into the ledger; `appliedAt` is an ISO 8601 time. */
export function recordApplied(db: Database, { version, name, hash }: Migration, appliedAt: string): void {
  db.prepare('INSERT INTO main._migrations (version, applied_at, name, hash) VALUES (?, ?, ?, ?)').run(
    version,
    appliedAt,
    name,
    hash,
  );
}

/** Compares what a database has with what a folder holds. Hashes ignore `-- rowproof:` lines and carriage returns. */
export function compareLedger(history: History, entries: readonly LedgerEntry[]): LedgerReading {
  const files = new Map(history.migrations.map((migration) => [migration.version, migration]));
  const applied = new Set(entries.map(({ version }) => version));
  const version = Math.max(0, ...applied);
  const last = Math.max(0, ...files.keys());
  const problems: LedgerProblem[] = [];
  for (const entry of entries) {
    const file = files.get(entry.version);
    const name = file?.name ?? entry.name ?? String(entry.version);
    if (file === undefined) {
      problems.push({ kind: entry.version > last ? 'ahead' : 'missing', version: entry.version, name, file: null });
    } else if (entry.hash !== null && entry.hash !== file.hash) {
      problems.push({ kind: 'edited', version: entry.version, name, file: file.file });
    }
  }
  const pending = history.migrations.filter((migration) => !applied.has(migration.version));
  for (const migration of pending) {
    if (migration.version < version)
      problems.push({ kind: 'late', version: migration.version, name: migration.name, file: migration.file });
  }
  return { version, pending, problems: problems.sort((a, b) => a.version - b.version) };
}

function ledgerColumns(db: Database): string[] {
  return db.prepare<[], string>("SELECT name FROM pragma_table_info('_migrations', 'main')").pluck().all();
}
