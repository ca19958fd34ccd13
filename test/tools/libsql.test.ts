/** Statements that libSQL has and SQLite has not do not end a history. */
import { expect, test } from 'vitest';
import { check } from '../../src/api.ts';
import { folderWith } from '../temporary.ts';

const journal = (...tags: string[]): string =>
  JSON.stringify({ dialect: 'sqlite', entries: tags.map((tag, idx) => ({ idx, tag, when: idx + 1 })) });

const files = {
  'package.json': '{ "dependencies": { "@libsql/client": "1" } }',
  'drizzle/0000_a.sql': 'CREATE TABLE boats (id integer PRIMARY KEY, name text);',
  'drizzle/0001_b.sql': 'ALTER TABLE `boats` ALTER COLUMN "name" TO "name" text NOT NULL;',
  'drizzle/0002_c.sql': 'ALTER TABLE boats ADD crew integer NOT NULL;',
  'drizzle/meta/_journal.json': journal('0000_a', '0001_b', '0002_c'),
};

test('ALTER COLUMN of libSQL is passed over with a note, and the migrations behind it are judged', async () => {
  const { findings, notes } = await check({ migrations: `${folderWith(files)}/drizzle`, dataset: ['one-row'] });
  expect(findings.map(({ code, migration }) => [code, migration])).toEqual([['fails-on-rows', '0002_c']]);
  expect(notes.find(({ code }) => code === 'declarations-kept')?.facts).toEqual({ migrations: ['0001_b'] });
});

test('under another driver it fails', async () => {
  const own = { ...files, 'package.json': '{ "dependencies": { "better-sqlite3": "1" } }' };
  const { findings } = await check({ migrations: `${folderWith(own)}/drizzle`, dataset: ['one-row'] });
  expect(findings.map(({ code, migration }) => [code, migration])).toEqual([['fails-on-empty', '0001_b']]);
});
