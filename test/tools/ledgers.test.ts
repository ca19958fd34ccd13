/** The gate reads what a tool has applied from the tool's own ledger, and knows what the tool will do next. */
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { describe, expect, onTestFinished, test } from 'vitest';
import { gate, seed } from '../../src/api.ts';
import type { History, Migration } from '../../src/model/history.ts';
import { readHistory } from '../../src/tools/history.ts';

/** The ledger as each tool makes it, and the row that it writes for a migration. */
const ledgers: readonly (readonly [string, string, string, (migration: Migration) => string])[] = [
  [
    'drizzle-0x',
    'drizzle',
    'CREATE TABLE "__drizzle_migrations" (id SERIAL PRIMARY KEY, hash text NOT NULL, created_at numeric)',
    ({ ledgerId }) => `INSERT INTO "__drizzle_migrations" (hash, created_at) VALUES ('x', ${ledgerId})`,
  ],
  [
    'drizzle-1x',
    'drizzle',
    'CREATE TABLE "__drizzle_migrations" (id INTEGER PRIMARY KEY, hash text NOT NULL, created_at numeric, name text, applied_at TEXT)',
    ({ ledgerId }) => `INSERT INTO "__drizzle_migrations" (hash, created_at, name) VALUES ('x', 1, '${ledgerId}')`,
  ],
  [
    'prisma',
    'prisma/migrations',
    `CREATE TABLE "_prisma_migrations" ("id" TEXT PRIMARY KEY NOT NULL, "checksum" TEXT NOT NULL, "finished_at" DATETIME, "migration_name" TEXT NOT NULL,
      "logs" TEXT, "rolled_back_at" DATETIME, "started_at" DATETIME NOT NULL DEFAULT current_timestamp, "applied_steps_count" INTEGER UNSIGNED NOT NULL DEFAULT 0)`,
    ({ ledgerId }) =>
      `INSERT INTO "_prisma_migrations" (id, checksum, finished_at, migration_name) VALUES ('${ledgerId}', 'x', 1, '${ledgerId}')`,
  ],
  [
    'wrangler-d1',
    'migrations',
    'CREATE TABLE d1_migrations (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT UNIQUE, applied_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP NOT NULL)',
    ({ ledgerId }) => `INSERT INTO d1_migrations (name) VALUES ('${ledgerId}')`,
  ],
  [
    'goose',
    'migrations',
    "CREATE TABLE goose_db_version (id INTEGER PRIMARY KEY AUTOINCREMENT, version_id INTEGER NOT NULL, is_applied INTEGER NOT NULL, tstamp TIMESTAMP DEFAULT (datetime('now')))",
    ({ ledgerId }) => `INSERT INTO goose_db_version (version_id, is_applied) VALUES (${ledgerId}, 1)`,
  ],
  [
    'sql-migrate',
    'migrations',
    'CREATE TABLE gorp_migrations (id varchar(255) primary key, applied_at datetime)',
    ({ ledgerId }) => `INSERT INTO gorp_migrations (id) VALUES ('${ledgerId}')`,
  ],
  [
    'dbmate',
    'db/migrations',
    'CREATE TABLE schema_migrations (version varchar(128) primary key)',
    ({ ledgerId }) => `INSERT INTO schema_migrations VALUES ('${ledgerId}')`,
  ],
  [
    'golang-migrate',
    'migrations',
    'CREATE TABLE schema_migrations (version uint64, dirty bool)',
    ({ ledgerId }) => `DELETE FROM schema_migrations; INSERT INTO schema_migrations VALUES (${ledgerId}, 0)`,
  ],
  [
    'sqlx',
    'migrations',
    'CREATE TABLE _sqlx_migrations (version BIGINT PRIMARY KEY, description TEXT NOT NULL, installed_on TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP, success BOOLEAN NOT NULL, checksum BLOB NOT NULL, execution_time BIGINT NOT NULL)',
    ({ ledgerId }) =>
      `INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time) VALUES (${ledgerId}, 'x', 1, x'00', 1)`,
  ],
  [
    'diesel',
    'migrations',
    'CREATE TABLE __diesel_schema_migrations (version VARCHAR(50) PRIMARY KEY NOT NULL, run_on TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP)',
    ({ ledgerId }) => `INSERT INTO __diesel_schema_migrations (version) VALUES ('${ledgerId}')`,
  ],
  [
    'refinery',
    'migrations',
    'CREATE TABLE refinery_schema_history (version int4 PRIMARY KEY, name VARCHAR(255), applied_on VARCHAR(255), checksum VARCHAR(255))',
    ({ ledgerId }) => `INSERT INTO refinery_schema_history (version) VALUES (${ledgerId})`,
  ],
  ['rusqlite_migration', 'migrations', 'SELECT 1', ({ version }) => `PRAGMA user_version = ${version}`],
  [
    'flyway',
    'sql',
    `CREATE TABLE flyway_schema_history (installed_rank INT NOT NULL PRIMARY KEY, version VARCHAR(50), description VARCHAR(200), type VARCHAR(20), script VARCHAR(1000),
      checksum INT, installed_by VARCHAR(100), installed_on TEXT, execution_time INT, success BOOLEAN)`,
    ({ ledgerId, version }) =>
      `INSERT INTO flyway_schema_history (installed_rank, version, type, success) VALUES (${version}, '${ledgerId}', 'SQL', 1)`,
  ],
  [
    'liquibase',
    'changelog',
    'CREATE TABLE DATABASECHANGELOG (ID VARCHAR(255) NOT NULL, AUTHOR VARCHAR(255) NOT NULL, FILENAME VARCHAR(255) NOT NULL)',
    ({ ledgerId }) =>
      `INSERT INTO DATABASECHANGELOG VALUES ('${ledgerId?.split(':')[1]}', '${ledgerId?.split(':')[0]}', 'x')`,
  ],
  [
    'npm-sqlite',
    'migrations',
    'CREATE TABLE migrations (id INTEGER PRIMARY KEY, name TEXT NOT NULL, up TEXT NOT NULL, down TEXT NOT NULL)',
    ({ ledgerId }) => `INSERT INTO migrations VALUES (${ledgerId}, 'x', 'x', 'x')`,
  ],
  [
    'db-migrate',
    'migrations',
    'CREATE TABLE migrations (id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, name VARCHAR (255) NOT NULL, run_on DATETIME NOT NULL)',
    ({ ledgerId }) => `INSERT INTO migrations (name, run_on) VALUES ('${ledgerId}', 1)`,
  ],
  [
    'postgrator',
    'migrations',
    'CREATE TABLE schemaversion (version INTEGER PRIMARY KEY, name TEXT, md5 TEXT, run_at TIMESTAMP WITH TIME ZONE); INSERT INTO schemaversion (version) VALUES (0)',
    ({ ledgerId }) => `INSERT INTO schemaversion (version) VALUES (${Number(ledgerId)})`,
  ],
];

interface Production {
  readonly migrations: string;
  readonly file: string;
  readonly history: History;
}

/** A production file at the second migration of a sample, as its tool leaves it, with the ledger rows of some of them. */
async function production(
  sample: string,
  place: string,
  ddl: string,
  rows: (history: History) => readonly string[],
): Promise<Production> {
  const folder = mkdtempSync(join(tmpdir(), 'rowproof ledger '));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  cpSync(join(import.meta.dirname, 'samples', sample), folder, { recursive: true });
  const migrations = join(folder, place);
  const history = readHistory(migrations);
  const file = join(folder, 'app.db');
  await seed({ migrations }, { dataset: ['one-row'], file, at: history.migrations[1]?.version });
  const db = new Sqlite(file);
  db.exec('DROP TABLE _migrations');
  db.exec(ddl);
  for (const row of rows(history)) db.exec(row);
  db.close();
  return { migrations, file, history };
}

describe.each(ledgers)('%s', (sample, place, ddl, row) => {
  test('its ledger says what is pending', async () => {
    const { migrations, file, history } = await production(sample, place, ddl, (each) =>
      each.migrations.slice(0, 2).map(row),
    );
    const report = await gate({ migrations }, { file });
    expect(report.gate).toMatchObject({ name: history.migrations[1]?.name, pending: history.migrations.length - 2 });
    expect(report.findings.filter(({ code }) => code === 'history-edited' || code === 'schema-differs')).toEqual([]);
  });
});

test('a migration that drizzle 0.x skips for ever is an error', async () => {
  const [sample, place, ddl, row] = ledgers[0] ?? [];
  if (sample === undefined || place === undefined || ddl === undefined || row === undefined)
    throw new Error('no ledger');
  const { migrations, file } = await production(sample, place, ddl, (each) => each.migrations.slice(1, 2).map(row));
  const { findings } = await gate({ migrations }, { file });
  expect(findings).toContainEqual(
    expect.objectContaining({
      code: 'history-edited',
      migration: '0000_init',
      facts: { problem: 'skipped', version: 0 },
    }),
  );
});

test.each([
  [
    'prisma',
    'prisma/migrations',
    `INSERT INTO "_prisma_migrations" (id, checksum, migration_name) VALUES ('f', 'x', 'f')`,
    /Prisma refuses every deploy .*P3009/,
  ],
  [
    'golang-migrate',
    'migrations',
    'UPDATE schema_migrations SET dirty = 1',
    /golang-migrate refuses every deploy .*dirty/,
  ],
])('%s that refuses every deploy is told', async (sample, place, failure, words) => {
  const [, , ddl = '', row] = ledgers.find(([name]) => name === sample) ?? [];
  const rows = ({ migrations }: History): string[] => [
    ...migrations.slice(0, 2).flatMap((each) => row?.(each) ?? []),
    failure,
  ];
  const { migrations, file } = await production(sample, place, ddl, rows);
  await expect(gate({ migrations }, { file })).rejects.toMatchObject({
    code: 'ledger-blocked',
    message: expect.stringMatching(words),
  });
});
