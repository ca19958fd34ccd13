import { HarnessError } from '../errors.ts';
import { numberOf } from '../identity/number.ts';
import type { History, Migration } from '../model/history.ts';
import type { LedgerEntry, LedgerProblem, LedgerReading } from '../model/ledger.ts';
import { foldName } from '../sql/quote.ts';
import { type Database, sqliteError } from './connection.ts';
import { readRows } from './reading.ts';
import { judgeWords } from './words.ts';

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
 * @throws HarnessError `ledger-foreign` when rowproof did not make the table `_migrations`.
 */
export function readLedger(db: Database): LedgerEntry[] | null {
  const columns = ledgerColumns(db);
  if (columns.length === 0) return null;
  const column = (name: string): string => `${columns.includes(name) ? name : 'NULL'} AS ${name}`;
  if (!columns.includes('version')) throw ledgerForeign(noVersions);
  const read = readRows(db, () =>
    db
      .prepare<[], { version: unknown; name: string | null; hash: string | null }>(
        `SELECT version AS version, ${column('name')}, ${column('hash')} FROM main._migrations ORDER BY version`,
      )
      .all(),
  );
  if ('words' in read) throw ledgerForeign('it cannot be read', read.cause);
  const rows = read.value;
  if (rows.every(({ version }) => typeof version === 'number'))
    return rows.map((row) => ({ ...row, version: Number(row.version) }));
  throw ledgerForeign(noVersions);
}

const noVersions = 'it has no whole numbers in a column "version"';

/** Whether a database has tables that are neither SQLite's own nor the ledger. */
export function hasTables(db: Database): boolean {
  const found = db
    .prepare(
      `SELECT 1 FROM main.sqlite_schema
        WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' AND name <> '_migrations' COLLATE NOCASE`,
    )
    .get();
  return found !== undefined;
}

/** The error for a database with tables but unknown migrations of a history, with the remedy. */
export function ledgerMissing(db: Database, file: string, { ledger, runner, migrations }: History): HarnessError {
  const names = db.prepare<[], string>("SELECT name FROM main.sqlite_schema WHERE type = 'table'").pluck().all();
  const foreign = names.find((name) => foreignLedgers.has(name));
  const owner = foreign === undefined ? undefined : foreignLedgers.get(foreign);
  const seen = owner === undefined ? '' : ` It has ${foreign}, the ledger of ${owner}.`;
  const table = ledger?.table ?? null;
  const lacks =
    table === null ? 'no ledger _migrations with an entry' : `no table ${table}, the ledger of ${runner.title}`;
  const [first] = migrations;
  const such = first === undefined ? '--at ID' : `--at ID, such as --at ${first.name}`;
  return new HarnessError('ledger-missing', `${file} has tables but ${lacks}, so its migrations are unknown.${seen}`, {
    remedy:
      owner === undefined
        ? `Check that it is the right file, or name the last migration that it has: ${such}.`
        : `Name the folder of the migrations of ${owner}, which reads this ledger, or the last migration that it has: ${such}.`,
    facts: { file },
  });
}

/**
 * Makes the ledger, or adopts one of `(version, applied_at)` by adding the columns `name` and `hash`, nullable, so its
 * original runner continues to work. Call it inside a transaction, and roll that back when it throws.
 * @returns whether it changed the database.
 * @throws HarnessError `ledger-foreign` when `_migrations` does not take such rows.
 */
export function openLedger(db: Database): boolean {
  const columns = ledgerColumns(db);
  const missing = ['name', 'hash'].filter((name) => !columns.includes(name));
  if (columns.length === 0) {
    db.exec(
      'CREATE TABLE main._migrations (version INTEGER PRIMARY KEY, applied_at TEXT NOT NULL, name TEXT, hash TEXT)',
    );
  } else if (missing.length > 0) {
    adoptLedger(db, missing);
  }
  return missing.length > 0;
}

/** The ledger's entry for a version, or null. */
export function findEntry(db: Database, version: number): LedgerEntry | null {
  const entry = db
    .prepare<[bigint], Omit<LedgerEntry, 'version'>>(
      'SELECT name AS name, hash AS hash FROM main._migrations WHERE version = ?',
    )
    .get(BigInt(version));
  return entry === undefined ? null : { version, ...entry };
}

/** Writes a migration into the ledger; `appliedAt` is an ISO 8601 time. */
export function recordApplied(db: Database, { version, name, hash }: LedgerEntry, appliedAt: string): void {
  db.prepare('INSERT INTO main._migrations (version, applied_at, name, hash) VALUES (?, ?, ?, ?)').run(
    // The driver binds numbers as REAL, which a column without a type would keep.
    BigInt(version),
    appliedAt,
    name,
    hash,
  );
}

/** The row that stands for a migration. */
export function entryOf(migration: Migration): LedgerEntry {
  return { version: numberOf(migration), name: migration.name, hash: migration.hash };
}

/** Compares what a database has with what a folder holds. Hashes ignore `-- rowproof:` lines and carriage returns. */
export function compareLedger(history: History, entries: readonly LedgerEntry[]): LedgerReading {
  const files = new Map(history.migrations.map((migration) => [numberOf(migration), migration]));
  const applied = new Set(entries.map(({ version }) => version));
  const version = Math.max(0, ...applied);
  const last = Math.max(0, ...files.keys());
  const problems: LedgerProblem[] = [];
  for (const entry of entries) {
    const file = files.get(entry.version);
    // The name in the ledger is a value of a row.
    const name = file?.name ?? `version ${entry.version}`;
    if (file === undefined) {
      const kind = entry.version > last ? 'ahead' : 'missing';
      problems.push({
        kind,
        reaction: null,
        version: entry.version,
        position: null,
        id: String(entry.version),
        name,
        file: null,
      });
    } else if (entry.hash !== null && entry.hash !== file.hash) {
      problems.push(problemOf('edited', file, null));
    }
  }
  const known = history.migrations.filter((migration) => applied.has(numberOf(migration)));
  const pending = history.migrations.filter((migration) => !known.includes(migration));
  for (const migration of pending) {
    if (numberOf(migration) < version) problems.push(problemOf('late', migration, null));
  }
  return {
    version,
    position: known.at(-1)?.position ?? 0,
    pending,
    problems: problems.sort((a, b) => a.version - b.version),
  };
}

/** Where a ledger and a file of the folder disagree. */
export function problemOf(
  kind: LedgerProblem['kind'],
  migration: Migration,
  reaction: LedgerProblem['reaction'],
): LedgerProblem {
  const { position, id, name, file } = migration;
  return { kind, reaction, version: numberOf(migration), position, id, name, file };
}

/** SQLite itself is asked whether the table takes a row of ours: it may have other columns, types and constraints. */
function adoptLedger(db: Database, missing: readonly string[]): void {
  try {
    for (const name of missing) db.exec(`ALTER TABLE main._migrations ADD COLUMN ${name} TEXT`);
    db.exec('SAVEPOINT trial');
    recordApplied(db, { version: -1, name: null, hash: null }, '');
    const kept = db
      .prepare<[], string>('SELECT typeof(version) FROM main._migrations WHERE version = -1')
      .pluck()
      .get();
    db.exec('ROLLBACK TO trial; RELEASE trial');
    if (kept !== 'integer') throw ledgerForeign('its column "version" does not keep whole numbers');
  } catch (error) {
    throw asForeign(db, error);
  }
}

/** Interprets an error of a write to the ledger: `ledger-foreign` where the table refuses it, else the error itself. */
export function asForeign(db: Database, error: unknown): unknown {
  const said = sqliteError(error);
  if (said === null || !/^SQLITE_(?:ERROR|CONSTRAINT|MISMATCH)/.test(said.code)) return error;
  const { message, harmless } = judgeWords(db, said, []);
  return ledgerForeign(message, error, harmless);
}

function ledgerForeign(reason: string, cause?: unknown, vetted = false): HarnessError {
  return new HarnessError('ledger-foreign', `rowproof did not make the table _migrations: ${reason}.`, {
    remedy: 'Migrate with the tool that made the table. `rowproof gate` accepts such a database with --at ID.',
    cause,
    vetted,
  });
}

function ledgerColumns(db: Database): string[] {
  const names = db.prepare<[], string>("SELECT name FROM pragma_table_info('_migrations', 'main')").pluck().all();
  return names.map(foldName);
}
