/** No awkward row holds an empty text in a column that an application never leaves empty. */
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { check } from '../../src/api.ts';
import { folderWith } from '../temporary.ts';

test.each([
  ['note', true],
  ['held_on', true],
  ['created_at', false],
  ['updatedAt', false],
  ['photo_path', false],
])('%s', async (column, mayBeEmpty) => {
  const files = {
    'm/1_a.sql': `CREATE TABLE notes (id INTEGER PRIMARY KEY, ${column} TEXT NOT NULL);`,
    'm/2_b.sql': `CREATE TABLE n (id INTEGER PRIMARY KEY, ${column} TEXT NOT NULL CHECK (length(${column}) > 0));
      INSERT INTO n SELECT * FROM notes; DROP TABLE notes; ALTER TABLE n RENAME TO notes;`,
  };
  const { findings } = await check({ migrations: join(folderWith(files), 'm'), dataset: ['one-row', 'awkward'] });
  const needs = findings.flatMap(({ hazards }) => hazards.map(({ kind }) => kind));
  expect(needs.includes('empty-text')).toBe(mayBeEmpty);
});
