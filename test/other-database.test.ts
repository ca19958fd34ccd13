/** Migrations for another database are refused where nobody has named their folder, in the words of a reader who has no SQLite there. */
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { check } from '../src/api.ts';
import { folderWith } from './temporary.ts';

const dialects: readonly [string, Readonly<Record<string, string>>, string][] = [
  [
    'words that SQLite does not know',
    { 'server/migrations/1_a.sql': 'CREATE TABLE a (b BIGSERIAL);\nALTER TABLE a ENABLE ROW LEVEL SECURITY;' },
    'server/migrations',
  ],
  [
    'a journal of another dialect',
    {
      'api/drizzle/0000_a.sql': 'CREATE TABLE "a" ("b" text);',
      'api/drizzle/meta/_journal.json': '{ "dialect": "postgresql", "entries": [] }',
    },
    'api/drizzle',
  ],
];

test.each(dialects)('%s', async (_name, files, place) => {
  const root = folderWith(files);
  await expect(check({ migrations: root })).rejects.toThrow(
    `${join(root, place).replaceAll('\\', '/')} holds migrations for another database, and rowproof runs SQLite.`,
  );
});

test('a folder that is named runs, whatever its words are', async () => {
  const root = folderWith({ 'm/1_a.sql': 'CREATE TABLE a (b BIGSERIAL);' });
  const { findings } = await check({ migrations: join(root, 'm'), dataset: ['one-row'] });
  expect(findings).toEqual([]);
});
