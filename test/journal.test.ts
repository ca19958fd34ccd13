/** `PRAGMA journal_mode` comes to the same in check, gate, migrate and seed: that to which it comes on production's file. */
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import { check, migrate, seed } from '../src/api.ts';
import type { Config } from '../src/config.ts';
import { gate } from './gate-source.ts';
import { folderWith } from './temporary.ts';

const first = 'CREATE TABLE a (id INTEGER PRIMARY KEY, n TEXT);';
const into = 'cannot change into wal mode from within a transaction';
const outOf = 'cannot change out of wal mode from within a transaction';
const inWal: Config = { connect: (db) => db.exec('PRAGMA journal_mode = WAL') };

/** What is tried, the second migration, the config, and how it fails, or null. */
const cases: readonly [string, string, Config, string | null][] = [
  ['WAL in the transaction of the migrator', 'PRAGMA journal_mode = WAL; INSERT INTO a VALUES (1, 0);', {}, into],
  ['the same where the application has set it', 'PRAGMA journal_mode = WAL; INSERT INTO a VALUES (1, 0);', inWal, null],
  [
    'WAL without a transaction',
    'PRAGMA main.journal_mode(wal); INSERT INTO a VALUES (1, 0);',
    { transaction: 'none' },
    null,
  ],
  [
    'WAL before the BEGIN of the file',
    'PRAGMA journal_mode = "WAL"; BEGIN; INSERT INTO a VALUES (1, 0); COMMIT;',
    {},
    null,
  ],
  ['WAL behind the BEGIN of the file', "BEGIN; PRAGMA journal_mode = 'wal'; COMMIT;", {}, into],
  ['WAL, and again in a transaction', 'PRAGMA journal_mode = WAL; BEGIN; PRAGMA journal_mode = WAL; COMMIT;', {}, null],
  ['WAL left in a transaction', 'PRAGMA journal_mode = TRUNCATE;', inWal, outOf],
  ['another journal in a transaction', 'PRAGMA journal_mode = TRUNCATE; PRAGMA journal_mode = OFF;', {}, null],
  ['a question', 'PRAGMA journal_mode;', {}, null],
];

/** The built-in migrator has transactions of its own. */
const ofMigrator = ({ transaction: _, ...config }: Config): Config => config;

/** Applies the first migration alone. */
async function migrateTo1(file: string, config: Config): Promise<unknown> {
  const folder = folderWith({ 'm/1_first.sql': first });
  return migrate({ ...ofMigrator(config), migrations: join(folder, 'm') }, { file });
}

describe.each(cases)('%s', (_name, sql, config, message) => {
  const isMigrators = config.transaction === undefined;

  const setUp = (): { own: Config; file: string } => {
    const folder = folderWith({ 'm/1_first.sql': first, 'm/2_second.sql': sql });
    const file = join(folder, 'production.db');
    return { own: { tool: 'rowproof', migrations: join(folder, 'm'), dataset: ['one-row'], ...config }, file };
  };
  /** Production as the first migration leaves it, and as its application opens it. */
  const atFirst = async (): Promise<{ own: Config; file: string }> => {
    const made = setUp();
    expect(await migrateTo1(made.file, made.own)).toMatchObject({ failed: null });
    return made;
  };

  test('in check', async () => {
    const { findings } = await check(setUp().own);
    expect(findings.map((finding) => finding.message)).toEqual(message === null ? [] : [message]);
  });

  test('at the gate, which leaves the file as it is', async () => {
    const { own, file } = await atFirst();
    const { findings } = await gate(own, { file });
    expect(findings.map((finding) => finding.message)).toEqual(message === null ? [] : [message]);
  });

  test.runIf(isMigrators)('in migrate', async () => {
    const { own, file } = await atFirst();
    const { failed } = await migrate(own, { file });
    expect(failed?.message ?? null).toBe(message);
  });

  test('in seed', async () => {
    const { own, file } = setUp();
    const made = seed(own, { file });
    if (message === null) await expect(made).resolves.toMatchObject({ position: 2 });
    else await expect(made).rejects.toThrow(message);
  });
});

test('a migration that finds WAL set by an earlier one may set it again', async () => {
  const files = {
    'm/1.sql': 'PRAGMA journal_mode = WAL; CREATE TABLE a (n);',
    'm/2.sql': 'BEGIN; PRAGMA journal_mode = WAL; COMMIT;',
  };
  const { findings } = await check({
    migrations: join(folderWith(files), 'm'),
    transaction: 'none',
    dataset: ['one-row'],
  });
  expect(findings).toEqual([]);
});

test('a gate whose copy a migration sets to WAL compares the rows of all of it', async () => {
  const folder = folderWith({
    'm/1_first.sql': first,
    'm/2.sql': 'PRAGMA journal_mode = WAL; INSERT INTO a VALUES (2, 0);',
    'm/3.sql': 'DELETE FROM a WHERE id = 2;',
  });
  const file = join(folder, 'production.db');
  const config: Config = { tool: 'rowproof', migrations: join(folder, 'm'), transaction: 'none' };
  await migrateTo1(file, config);
  const db = new Sqlite(file);
  db.exec('INSERT INTO a VALUES (1, 0)');
  db.close();
  const { findings } = await gate(config, { file });
  expect(findings).toMatchObject([
    { code: 'rows-lost', severity: 'note', facts: { tables: [{ before: 2, after: 1 }] } },
  ]);
});
