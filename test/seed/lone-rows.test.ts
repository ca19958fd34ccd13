/** A table has one plain row where a migration to come writes one key for each of its rows, unless the rows belong to others. */
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { check } from '../../src/api.ts';
import { folderWith } from '../temporary.ts';

test.each([
  ['of the whole application', 'theme TEXT NOT NULL', []],
  ['of users by a declared key', 'theme TEXT NOT NULL, owner INTEGER REFERENCES users (id)', ['error']],
  ['of users by a name', 'theme TEXT NOT NULL, user_id INTEGER NOT NULL', ['error']],
])('preferences %s become keys', async (_of, columns, expected) => {
  const files = {
    'm/1_a.sql': `CREATE TABLE users (id INTEGER PRIMARY KEY); CREATE TABLE preferences (id INTEGER PRIMARY KEY, ${columns});`,
    'm/2_b.sql': `CREATE TABLE settings (key TEXT PRIMARY KEY, value TEXT NOT NULL);
      INSERT INTO settings (key, value) SELECT 'theme', theme FROM preferences;`,
  };
  const { findings } = await check({ migrations: join(folderWith(files), 'm'), dataset: ['typical'] });
  expect(findings.map(({ severity }) => severity)).toEqual(expected);
});
