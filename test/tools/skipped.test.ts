/** Migrations that a database never gets because of the order in which they came. */
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { expect, test } from 'vitest';
import { check } from '../../src/api.ts';
import { gate } from '../gate-source.ts';
import { folderWith } from '../temporary.ts';

/** A folder of drizzle-kit 0.x, each file with the time that its journal has. */
function drizzle(
  files: readonly (readonly [string, number, string])[],
  others: Readonly<Record<string, string>> = {},
): string {
  const entries = files.map(([tag, when], idx) => ({ idx, version: '6', when, tag, breakpoints: true }));
  return folderWith({
    'meta/_journal.json': JSON.stringify({ version: '7', dialect: 'sqlite', entries }),
    ...Object.fromEntries(files.map(([tag, , text]) => [`${tag}.sql`, text])),
    ...others,
  });
}

const [a, b, c] = ['CREATE TABLE a (x);', 'CREATE TABLE b (x);', 'CREATE TABLE c (x);'] as const;

test('an entry whose time is not after that of an earlier one is an error, without any database', async () => {
  const late = await check({
    migrations: drizzle([
      ['0000_a', 10, a],
      ['0001_b', 30, b],
      ['0002_c', 20, c],
    ]),
  });
  expect(late.findings).toMatchObject([
    {
      code: 'skipped-migration',
      severity: 'error',
      migration: '0002_c',
      facts: { tool: 'drizzle', after: '0001_b', position: 3, id: '0002_c' },
    },
  ]);
  const equal = await check({
    migrations: drizzle([
      ['0000_a', 10, a],
      ['0001_b', 10, b],
    ]),
  });
  expect(equal.findings.map(({ code, migration }) => [code, migration])).toEqual([['skipped-migration', '0001_b']]);
  const right = await check({
    migrations: drizzle([
      ['0000_a', 10, a],
      ['0001_b', 20, b],
      ['0002_c', 30, c],
    ]),
  });
  expect(right.findings).toEqual([]);
});

test('the newest row of the ledger decides, and not the place in the journal', async () => {
  const migrations = drizzle([
    ['0000_a', 10, a],
    ['0001_b', 30, b],
    ['0002_c', 20, c],
  ]);
  const file = join(folderWith(), 'app.db');
  const db = new Sqlite(file);
  db.exec(`${a} ${b} CREATE TABLE "__drizzle_migrations" (id SERIAL PRIMARY KEY, hash text NOT NULL, created_at numeric);
    INSERT INTO "__drizzle_migrations" (hash, created_at) VALUES ('', 10), ('', 30)`);
  db.close();
  const report = await gate({ migrations }, { file });
  expect(report.gate).toMatchObject({ pending: 0, id: '0001_b' });
  expect(report.findings).toMatchObject([
    { code: 'skipped-migration', migration: '0002_c' },
    { code: 'schema-differs', cause: 'schema-drift' },
  ]);
});

test('a file that the journal does not list is reported', async () => {
  const { notes } = await check({ migrations: drizzle([['0000_a', 10, a]], { '0001_b.sql': b }) });
  expect(notes.map(({ text }) => text)).toEqual([expect.stringMatching(/0001_b\.sql .*journal does not list it/)]);
});
