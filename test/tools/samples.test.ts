/** One history in the form of every tool: the same tables come out, and the same rows as the tool itself leaves. */
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { describe, expect, onTestFinished, test } from 'vitest';
import { seed } from '../../src/api.ts';
import { resolveConfig } from '../../src/config.ts';
import { planProject } from '../../src/harness/project.ts';
import { readHistory } from '../../src/tools/history.ts';

const root = join(import.meta.dirname, 'samples');

/** [sample, folder, tool, driver, rows of users/posts/comments after step 3 as the tool itself leaves them] */
const samples = [
  ['plain', 'migrations', 'plain', 'better-sqlite3', '2/0/0'],
  ['drizzle-0x', 'drizzle', 'drizzle', 'better-sqlite3', '2/0/0'],
  ['drizzle-0x', 'drizzle-expo', 'drizzle', 'expo', '2/2/3'],
  ['drizzle-1x', 'drizzle', 'drizzle-1', 'better-sqlite3', '2/0/0'],
  ['prisma', 'prisma/migrations', 'prisma', 'rust', '2/2/3'],
  ['wrangler-d1', 'migrations', 'wrangler', 'd1', '2/0/0'],
  ['goose', 'migrations', 'goose', 'go', '2/2/3'],
  ['goose-in-transaction', 'migrations', 'goose', 'go', '2/2/3'],
  ['sql-migrate', 'migrations', 'sql-migrate', 'go', '2/2/3'],
  ['dbmate', 'db/migrations', 'dbmate', 'go', '2/2/3'],
  ['golang-migrate', 'migrations', 'golang-migrate', 'go', '2/2/3'],
  ['sqlx', 'migrations', 'sqlx', 'rust', '2/2/3'],
  ['sqlx-simple', 'migrations', 'sqlx', 'rust', '2/2/3'],
  ['diesel', 'migrations', 'diesel', 'rust', '2/2/3'],
  ['refinery', 'migrations', 'refinery', 'rust', '2/0/0'],
  ['rusqlite_migration', 'migrations', 'rusqlite_migration', 'rust', '2/0/0'],
  ['sqldelight', 'src/main/sqldelight/migrations', 'sqldelight', 'jdbc', '2/2/3'],
  ['flyway', 'sql', 'flyway', 'jdbc', '2/2/3'],
  ['liquibase', 'changelog', 'liquibase', 'jdbc', '2/2/3'],
  ['atlas', 'migrations', 'atlas', 'go', '2/2/3'],
  ['npm-sqlite', 'migrations', 'npm-sqlite', 'sqlite3', '2/2/3'],
  ['db-migrate', 'migrations', 'db-migrate', 'sqlite3', '2/2/3'],
  ['postgrator', 'migrations', 'postgrator', 'better-sqlite3', '2/2/3'],
] as const;

const rows = `INSERT INTO users (id, email, name) VALUES (1, 'ada@x.test', 'Ada'), (2, 'bob@x.test', 'Bob');
INSERT INTO posts (id, user_id, title) VALUES (1, 1, 'one'), (2, 2, 'two');
INSERT INTO comments (id, post_id, body) VALUES (1, 1, 'a'), (2, 1, 'b'), (3, 2, 'c');`;

/** A copy of a sample in a repository of its own, so that no manifest above it is taken for its own. */
function copyOf(sample: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'rowproof sample '));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  cpSync(join(root, sample), folder, { recursive: true });
  return folder;
}

describe.each(samples)('%s/%s', (sample, place, tool, driver, expected) => {
  test('is recognised, and read like by its tool', () => {
    const { runner, migrations } = readHistory(join(copyOf(sample), place));
    expect(runner).toMatchObject({ tool, driver });
    expect(migrations.length).toBeGreaterThanOrEqual(3);
    expect(migrations.slice(0, 3).map(({ statements }) => statements.length > 0)).toEqual([true, true, true]);
  });

  test(`leaves ${expected} rows of users, posts and comments, as the tool does`, async () => {
    const folder = copyOf(sample);
    const seeds = join(folder, 'rows');
    const first = readHistory(join(folder, place)).migrations[0]?.id ?? '';
    mkdirSync(seeds);
    writeFileSync(join(seeds, `${first}_rows.sql`), rows);
    const file = join(folder, 'after.db');
    const third = readHistory(join(folder, place)).migrations[2]?.id;
    await seed({ migrations: join(folder, place), seeds }, { dataset: ['fixture'], file, at: third });
    const db = new Sqlite(file, { readonly: true });
    const counts = ['users', 'posts', 'comments'].map((table) =>
      db.prepare(`SELECT count(*) FROM ${table}`).pluck().get(),
    );
    db.close();
    expect(counts.join('/')).toBe(expected);
  });
});

test('every sample has a row in the table', () => {
  expect([...new Set(samples.map(([sample]) => sample))].sort()).toEqual(readdirSync(root).sort());
});

test('settings of the user take precedence over those of the tool', () => {
  const migrations = join(copyOf('drizzle-0x'), 'drizzle');
  const { settings } = planProject(resolveConfig({ migrations, driver: 'libsql' })).config;
  expect(settings).toMatchObject({ foreignKeys: false, transaction: 'all-pending', doubleQuotedStrings: false });
  const asked = planProject(resolveConfig({ migrations, foreignKeys: true, driver: 'libsql' })).config.settings;
  expect(asked.foreignKeys).toBe(true);
});
