/** The gate reads what a tool has applied from the tool's own ledger, and knows what the tool will do next. */
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { describe, expect, onTestFinished, test } from 'vitest';
import { seed } from '../../src/api.ts';
import type { History, Migration } from '../../src/model/history.ts';
import { readHistory } from '../../src/tools/history.ts';
import { some } from '../breadth.ts';
import { gate } from '../gate-source.ts';
import { folderWith } from '../temporary.ts';

/** The ledger as each tool makes it, and the row that it writes for a migration. */
const ledgers: readonly (readonly [string, string, string, (migration: Migration) => string])[] = [
  [
    'drizzle-0x',
    'drizzle',
    'CREATE TABLE "__drizzle_migrations" (id SERIAL PRIMARY KEY, hash text NOT NULL, created_at numeric)',
    ({ ledgerId, ledgerHashes }) =>
      `INSERT INTO "__drizzle_migrations" (hash, created_at) VALUES ('${ledgerHashes?.[0]}', ${ledgerId})`,
  ],
  [
    'drizzle-1x',
    'drizzle',
    'CREATE TABLE "__drizzle_migrations" (id INTEGER PRIMARY KEY, hash text NOT NULL, created_at numeric, name text, applied_at TEXT)',
    ({ ledgerId, ledgerHashes }) =>
      `INSERT INTO "__drizzle_migrations" (hash, created_at, name) VALUES ('${ledgerHashes?.[0]}', 1, '${ledgerId}')`,
  ],
  [
    'prisma',
    'prisma/migrations',
    `CREATE TABLE "_prisma_migrations" ("id" TEXT PRIMARY KEY NOT NULL, "checksum" TEXT NOT NULL, "finished_at" DATETIME, "migration_name" TEXT NOT NULL,
      "logs" TEXT, "rolled_back_at" DATETIME, "started_at" DATETIME NOT NULL DEFAULT current_timestamp, "applied_steps_count" INTEGER UNSIGNED NOT NULL DEFAULT 0)`,
    ({ ledgerId, ledgerHashes }) =>
      `INSERT INTO "_prisma_migrations" (id, checksum, finished_at, migration_name) VALUES ('${ledgerId}', '${ledgerHashes?.[0]}', 1, '${ledgerId}')`,
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
    ({ ledgerId, ledgerHashes }) =>
      `INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time) VALUES (${ledgerId}, 'x', 1, x'${ledgerHashes?.[0]}', 1)`,
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
  ['rusqlite_migration', 'migrations', 'SELECT 1', ({ position }) => `PRAGMA user_version = ${position}`],
  [
    'sqldelight',
    'src/main/sqldelight/migrations',
    'PRAGMA user_version = 1',
    ({ position }) => `PRAGMA user_version = ${position + 1}`,
  ],
  [
    'flyway',
    'sql',
    `CREATE TABLE flyway_schema_history (installed_rank INT NOT NULL PRIMARY KEY, version VARCHAR(50), description VARCHAR(200), type VARCHAR(20), script VARCHAR(1000),
      checksum INT, installed_by VARCHAR(100), installed_on TEXT, execution_time INT, success BOOLEAN)`,
    ({ ledgerId, position, ledgerHashes }) =>
      `INSERT INTO flyway_schema_history (installed_rank, version, type, checksum, success) VALUES (${position}, '${ledgerId}', 'SQL', ${ledgerHashes?.[0]}, 1)`,
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
    ({ ledgerId, ledgerHashes }) =>
      `INSERT INTO schemaversion (version, md5) VALUES (${Number(ledgerId)}, '${ledgerHashes?.[0]}')`,
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
  await seed({ migrations }, { dataset: ['one-row'], file, at: history.migrations[1]?.id });
  const db = new Sqlite(file);
  db.exec('DROP TABLE _migrations');
  db.exec(ddl);
  for (const row of rows(history)) db.exec(row);
  db.close();
  return { migrations, file, history };
}

const ledgerCodes: ReadonlySet<string> = new Set([
  'history-edited',
  'schema-differs',
  'skipped-migration',
  'upgrade-differs',
]);

describe.each(some(ledgers, 3))('%s', (sample, place, ddl, row) => {
  test('its ledger determines the pending migrations', async () => {
    const { migrations, file, history } = await production(sample, place, ddl, (each) =>
      each.migrations.slice(0, 2).map(row),
    );
    const report = await gate({ migrations }, { file });
    expect(report.gate).toMatchObject({ name: history.migrations[1]?.name, pending: history.migrations.length - 2 });
    expect(report.findings.filter(({ code }) => ledgerCodes.has(code))).toEqual([]);
  });
});

test('a migration that drizzle 0.x skips forever is an error', async () => {
  const [sample, place, ddl, row] = ledgers[0] ?? [];
  if (sample === undefined || place === undefined || ddl === undefined || row === undefined)
    throw new Error('no ledger');
  const { migrations, file } = await production(sample, place, ddl, (each) => each.migrations.slice(1, 2).map(row));
  const { findings } = await gate({ migrations }, { file });
  expect(findings).toContainEqual(
    expect.objectContaining({
      code: 'skipped-migration',
      severity: 'error',
      migration: '0000_init',
      facts: { tool: 'drizzle', after: null, position: 1, id: '0000_init' },
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
])('%s that blocks every deploy is reported', async (sample, place, failure, words) => {
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

/** The report of the gate on a production file after changes to some rows of its ledger. */
async function told(sample: string, rowsOf: (history: History, row: (each: Migration) => string) => readonly string[]) {
  const [, place = '', ddl = '', row] = ledgers.find(([name]) => name === sample) ?? [];
  if (row === undefined) throw new Error(`no ledger of ${sample}`);
  const { migrations, file } = await production(sample, place, ddl, (history) => rowsOf(history, row));
  const { findings } = await gate({ migrations }, { file });
  return findings.filter(({ code }) => code === 'history-edited' || code === 'skipped-migration');
}

test.each([
  ['drizzle-0x', 'warning', /drizzle-kit 0.x does not notice/],
  ['drizzle-1x', 'warning', /does not notice/],
  ['prisma', 'warning', /Prisma does not notice/],
  ['sqlx', 'error', /sqlx refuses every deploy/],
  ['flyway', 'error', /Flyway refuses every deploy/],
  ['postgrator', 'error', /postgrator refuses every deploy/],
])('%s: an edited file is reported, and whether its tool notices it', async (sample, severity, message) => {
  const findings = await told(sample, ({ migrations }, row) =>
    migrations
      .slice(0, 2)
      .map((each) => row(each.position === 1 ? { ...each, ledgerHashes: [sample === 'flyway' ? '1' : 'ab'] } : each)),
  );
  expect(findings).toMatchObject([
    {
      code: 'history-edited',
      severity,
      message: expect.stringMatching(message),
      facts: { problem: 'edited', position: 1 },
    },
  ]);
});

test.each([
  ['drizzle-0x', 'skipped-migration', 'error', /always skips it/],
  ['postgrator', 'skipped-migration', 'error', /always skips it/],
  ['npm-sqlite', 'skipped-migration', 'error', /always skips it/],
  ['drizzle-1x', 'history-edited', 'note', /runs it in the next deploy/],
  ['dbmate', 'history-edited', 'note', /dbmate runs it in the next deploy/],
  ['sqlx', 'history-edited', 'note', /runs it in the next deploy/],
  ['wrangler-d1', 'history-edited', 'note', /runs it in the next deploy/],
  ['goose', 'history-edited', 'error', /goose refuses every deploy/],
  ['flyway', 'history-edited', 'error', /Flyway refuses every deploy/],
])('%s: a late migration is reported, with the behaviour of its tool', async (sample, code, severity, message) => {
  const findings = await told(sample, ({ migrations }, row) => migrations.slice(1, 2).map(row));
  expect(findings).toMatchObject([{ code, severity, message: expect.stringMatching(message) }]);
});

test.each([
  ['drizzle-0x', /continues without it/],
  ['sqlx', /refuses every deploy until the file is back/],
  ['dbmate', /^it is applied, but its file is missing from the folder$/],
])('%s: an applied migration without a file is reported', async (sample, message) => {
  const findings = await told(sample, ({ migrations }, row) => [
    ...migrations.slice(0, 2).map(row),
    ...migrations
      .slice(0, 1)
      .map((each) => row({ ...each, position: 99, ledgerId: sample === 'dbmate' ? '00000000000099' : '99' })),
  ]);
  expect(findings).toMatchObject([
    {
      code: 'history-edited',
      severity: 'error',
      facts: { problem: 'missing' },
      message: expect.stringMatching(message),
    },
  ]);
});

test('line ends that a checkout changes are no edit where the tool does not compare', async () => {
  const [, place = '', ddl = '', row] = ledgers[0] ?? [];
  if (row === undefined) throw new Error('no ledger');
  const { migrations, file } = await production('drizzle-0x', place, ddl, (each) =>
    each.migrations.slice(0, 2).map(row),
  );
  const path = join(migrations, '0000_init.sql');
  writeFileSync(path, readFileSync(path, 'utf8').replaceAll('\n', '\r\n'));
  const { findings } = await gate({ migrations }, { file });
  expect(findings.filter(({ code }) => ledgerCodes.has(code))).toEqual([]);
});

test('a table with the name of a ledger and other columns is reported', async () => {
  const sqlx = 'CREATE TABLE _sqlx_migrations (name TEXT)';
  const { migrations, file } = await production('sqlx', 'migrations', sqlx, () => []);
  await expect(gate({ migrations }, { file })).rejects.toMatchObject({
    code: 'ledger-foreign',
    message: 'sqlx did not make the table _sqlx_migrations.',
  });
});

test('a late migration that leaves a schema unlike that of a new database is reported', async () => {
  const up = (sql: string): string => `-- migrate:up\n${sql}\n-- migrate:down\n`;
  const folder = folderWith({
    'm/1_a.sql': up('CREATE TABLE a (x);'),
    'm/2_b.sql': up('ALTER TABLE a ADD COLUMN y;'),
    'm/3_c.sql': up('ALTER TABLE a ADD COLUMN z;'),
  });
  const file = join(folder, 'app.db');
  const run = (versions: readonly number[], sql: string): void => {
    rmSync(file, { force: true });
    const db = new Sqlite(file);
    db.exec(`${sql}; CREATE TABLE schema_migrations (version varchar(128) primary key)`);
    for (const version of versions) db.prepare('INSERT INTO schema_migrations VALUES (?)').run(String(version));
    db.close();
  };
  const codes = async (): Promise<unknown[]> =>
    (await gate({ migrations: join(folder, 'm') }, { file })).findings.map(({ code, severity }) => [code, severity]);
  run([1, 3], 'CREATE TABLE a (x); ALTER TABLE a ADD COLUMN z');
  expect(await codes()).toEqual([
    ['history-edited', 'note'],
    ['upgrade-differs', 'warning'],
  ]);
  run([1, 2], 'CREATE TABLE a (x); ALTER TABLE a ADD COLUMN y');
  expect(await codes()).toEqual([]);
  writeFileSync(join(folder, 'm/2_b.sql'), up('CREATE INDEX IF NOT EXISTS i ON a (x);'));
  writeFileSync(join(folder, 'm/3_c.sql'), up('CREATE INDEX IF NOT EXISTS i ON a (x DESC);'));
  run([1, 3], 'CREATE TABLE a (x); CREATE INDEX IF NOT EXISTS i ON a (x DESC)');
  expect(await codes()).toEqual([
    ['history-edited', 'note'],
    ['upgrade-differs', 'error'],
  ]);
});
