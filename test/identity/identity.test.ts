/** Migrations go by their tool's own ids wherever somebody names one: seeds, invariants, flags, config, ledgers. */
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { check, migrate, seed } from '../../src/api.ts';
import { openMemory } from '../../src/database/connection.ts';
import { execute } from '../../src/database/execute.ts';
import { readHistory } from '../../src/tools/history.ts';
import { settings } from '../compare/comparing.ts';
import { rows, run } from '../database/migrating.ts';
import { gate } from '../gate-source.ts';
import { folderWith } from '../temporary.ts';

const users = 'CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);';
const mandatory = 'ALTER TABLE users ADD COLUMN team TEXT NOT NULL;';
const row = "INSERT INTO users (name) VALUES ('a');";

/** The same two steps, the second of which fails on rows, as folders of several kinds name them; and a seed after the first. */
const kinds: readonly (readonly [string, Readonly<Record<string, string>>, string, string, string])[] = [
  ['numbers', { 'm/0001_users.sql': users, 'm/0002_team.sql': mandatory }, '1_rows.sql', '0001', '0002'],
  [
    'dates',
    { 'm/2024-01-31_users.sql': users, 'm/2024-02-01-team.sql': mandatory },
    '2024-01-31.sql',
    '2024-01-31',
    '2024-02-01',
  ],
  [
    'folders of Prisma',
    {
      'm/migration_lock.toml': 'provider = "sqlite"',
      'm/20240131000000_users/migration.sql': users,
      'm/20240201000000_team/migration.sql': mandatory,
    },
    '20240131000000_users.rows.sql',
    '20240131000000_users',
    '20240201000000_team',
  ],
  ['versions of Flyway', { 'm/V1_9__users.sql': users, 'm/V1.10__team.sql': mandatory }, '1.9_rows.sql', '1.9', '1.10'],
  [
    'files of wrangler with one number',
    { 'm/0001_a.sql': `-- Migration number: 0001\n${users}`, 'm/0001_b.sql': mandatory },
    '0001_a.sql',
    '0001_a',
    '0001_b',
  ],
  [
    'files of dbmate, which orders by text',
    {
      'm/10_users.sql': `-- migrate:up\n${users}\n-- migrate:down\n`,
      'm/2_team.sql': `-- migrate:up\n${mandatory}\n-- migrate:down\n`,
    },
    '10_rows.sql',
    '10',
    '2',
  ],
];

describe.each(kinds)('%s', (_kind, files, seedName, first, second) => {
  const project = (): { folder: string; config: { migrations: string; seeds: string; dataset: ['fixture'] } } => {
    const folder = folderWith({
      ...files,
      [`s/${seedName}`]: row,
      [`s/invariants/${seedName}`]: "SELECT * FROM users WHERE name = 'z'",
    });
    return { folder, config: { migrations: join(folder, 'm'), seeds: join(folder, 's'), dataset: ['fixture'] } };
  };

  test('a seed is inserted after the migration that it names', async () => {
    const { config } = project();
    const { findings, steps } = await check(config);
    expect(findings.map(({ code }) => code)).toEqual(['fails-on-rows']);
    expect(steps.filter(({ dataset }) => dataset === 'empty')).toMatchObject([
      { position: 1, id: first },
      { position: 2, id: second },
    ]);
  });

  test('--since takes its id, and reports a mistake', async () => {
    const { config } = project();
    expect((await check({ ...config, since: second })).findings).toEqual([]);
    expect((await check({ ...config, since: first })).findings).toHaveLength(1);
    await expect(check({ ...config, since: `x${second}` })).rejects.toMatchObject({ code: 'unknown-version' });
  });

  test('the config gives directives to it', async () => {
    const { config } = project();
    const directives = { [second]: ['allow fails-on-rows users -- every one has a team'] };
    expect((await check({ ...config, directives })).findings).toEqual([]);
  });

  test('--at takes its id in seed and gate', async () => {
    const { folder, config } = project();
    const file = join(folder, 'app.db');
    expect(await seed(config, { dataset: ['fixture'], file, at: first })).toMatchObject({ position: 1, id: first });
    run(file, 'DROP TABLE _migrations');
    const report = await gate(config, { file, at: first });
    expect(report.gate).toMatchObject({ position: 1, id: first, pending: 1 });
    expect(report.findings.map(({ code }) => code)).toEqual(['fails-on-rows']);
  });
});

test('a seed that is a module receives the migration before it', async () => {
  const folder = folderWith({
    'm/2024-01-31_users.sql': users,
    's/2024-01-31_rows.mjs':
      "export default ({ insert, id, position, version }) => { insert('users', { name: [id, position, version].join() }); };",
  });
  const file = join(folder, 'app.db');
  await seed({ migrations: join(folder, 'm'), seeds: join(folder, 's') }, { dataset: ['fixture'], file });
  expect(rows(file, 'SELECT name FROM users')).toEqual([['2024-01-31,1,20240131000000']]);
});

test("rowproof's own ledger keeps the digits of a date", async () => {
  const folder = folderWith({
    'm/2024-01-31_users.sql': users,
    'm/2024-01-31-0930_more.sql': 'CREATE TABLE more (a);',
  });
  const file = join(folder, 'app.db');
  const config = { migrations: join(folder, 'm') };
  await migrate(config, { file, to: '2024-01-31' });
  expect(rows(file, 'SELECT version, name FROM _migrations')).toEqual([[20240131000000, '2024-01-31_users']]);
  expect((await gate(config, { file })).gate).toMatchObject({ position: 1, id: '2024-01-31', pending: 1 });
  await migrate(config, { file });
  expect(rows(file, 'SELECT count(*) FROM _migrations')).toEqual([[2]]);
});

test('an invariant ends with the migration that it names', async () => {
  const folder = folderWith({
    'm/2024-01-31_users.sql': users,
    'm/2024-02-01_b.sql': "UPDATE users SET name = 'z';",
    's/2024-01-31.sql': row,
    's/invariants/2024-01-31_no_z.sql': "SELECT * FROM users WHERE name = 'z'",
  });
  const config = { migrations: join(folder, 'm'), seeds: join(folder, 's'), dataset: ['fixture'] as ['fixture'] };
  expect((await check(config)).findings.map(({ code }) => code)).toContain('invariant-broken');
  const until = (id: string): string => `-- rowproof: until=${id}\nSELECT * FROM users WHERE name = 'z'`;
  const place = (id: string): typeof config => ({
    ...config,
    seeds: folderWith({ '2024-01-31.sql': row, 'invariants/2024-01-31_no_z.sql': until(id) }),
  });
  expect((await check(place('2024-01-31'))).findings.map(({ code }) => code)).not.toContain('invariant-broken');
  await expect(check(place('2024-01-30x'))).rejects.toMatchObject({
    code: 'bad-invariant',
    remedy: expect.stringMatching(/^Did you mean 2024-01-31/),
  });
});

test('a seed of an unknown date is refused with the nearest', async () => {
  const migrations = folderWith({ '2024-01-31_users.sql': users, '2024-02-01_b.sql': mandatory });
  await expect(check({ migrations, seeds: folderWith({ '2024-01-30.sql': row }) })).rejects.toMatchObject({
    code: 'bad-seed',
    remedy: expect.stringMatching(/Did you mean 2024-01-31/),
  });
});

test('two files of one date run in the order of their names, except where a ledger counts by numbers', async () => {
  const folder = folderWith({ '2024-01-31_a.sql': users, '2024-01-31_b.sql': mandatory });
  expect(readHistory(folder).migrations.map(({ name }) => name)).toEqual(['2024-01-31_a', '2024-01-31_b']);
  const { notes } = await check({ migrations: folder, dataset: ['one-row'] });
  expect(notes).toContainEqual(expect.objectContaining({ code: 'same-number' }));
  const numbered = folderWith({ '1_a.sql': users, '1_b.sql': mandatory });
  expect(() => readHistory(numbered, null, { tool: 'rowproof', driver: null })).toThrow(/both have version 1/);
});

test('a migration may have other settings than its run', () => {
  const folder = folderWith({
    '1_a.sql':
      'CREATE TABLE p (id INTEGER PRIMARY KEY); CREATE TABLE c (p INTEGER REFERENCES p(id) ON DELETE CASCADE); INSERT INTO p VALUES (1); INSERT INTO c VALUES (1);',
    '2_b.sql': 'DELETE FROM p; INSERT INTO p VALUES (1);',
  });
  const { migrations } = readHistory(folder);
  const left = (foreignKeys: boolean): unknown => {
    const db = openMemory(settings);
    for (const migration of migrations)
      expect(
        execute(db, migration.position === 2 ? { ...migration, settings: { foreignKeys } } : migration, settings),
      ).toBeNull();
    expect(db.pragma('foreign_keys', { simple: true })).toBe(1);
    const count = db.prepare('SELECT count(*) FROM c').pluck().get();
    db.close();
    return count;
  };
  expect([left(true), left(false)]).toEqual([0, 1]);
});
