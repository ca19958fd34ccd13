/** Corrected migrations at the gate: they run on generated rows and on the copy, and hold nothing of production's rows. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import { migrate } from '../../src/api.ts';
import type { Config } from '../../src/config.ts';
import type { ReportedFinding } from '../../src/model/finding.ts';
import { gate } from '../gate-source.ts';
import { folderWith } from '../temporary.ts';

const secret = 'Zanzibar 4711';

/** The findings of a file with rows, which is left as it was. */
async function gated(first: string, rows: string, last: string, config: Config = {}): Promise<ReportedFinding[]> {
  const folder = folderWith({ 'm/1_a.sql': first });
  const file = join(folder, 'app.db');
  await migrate({ migrations: join(folder, 'm') }, { file });
  const db = new Database(file);
  db.exec(rows);
  db.close();
  const bytes = readFileSync(file);
  const next = folderWith({ 'm/1_a.sql': first, 'm/2_b.sql': last });
  const { findings } = await gate({ migrations: join(next, 'm'), ...config }, { file });
  expect(readFileSync(file)).toEqual(bytes);
  return [...findings];
}

const users = 'CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);';

describe('a pending migration that fails on the copy', () => {
  const rebuild = `CREATE TABLE users_new (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
INSERT INTO users_new (id, name) SELECT id, name FROM users;
DROP TABLE users;
ALTER TABLE users_new RENAME TO users;
`;
  const rows = `INSERT INTO users VALUES (1, '${secret}'), (777, NULL), (888, NULL);`;

  test('comes with a text that was run on generated rows and on the copy', async () => {
    const [finding] = await gated(users, rows, rebuild);
    expect(finding).toMatchObject({ code: 'fails-on-rows', cause: 'not-null-meets-null' });
    expect(finding?.rewrite).toMatchObject({
      text: rebuild.replace('id, name FROM', "id, coalesce(name, '') FROM"),
      verifiedOn: ['empty', 'one-row', 'typical', 'copy'],
    });
    expect(JSON.stringify(finding?.rewrite)).not.toContain(secret);
  });

  test('comes without one where nobody wants it', async () => {
    const [finding] = await gated(users, rows, rebuild, { rewrites: false });
    expect(finding?.code).toBe('fails-on-rows');
    expect(finding?.rewrite).toBeUndefined();
  });
});

test('a cascade that takes rows of the copy is corrected', async () => {
  const findings = await gated(
    `${users} CREATE TABLE posts (id INTEGER PRIMARY KEY, user INTEGER NOT NULL REFERENCES users(id) ON DELETE CASCADE);`,
    `INSERT INTO users VALUES (1, '${secret}'); INSERT INTO posts VALUES (1, 1), (2, 1);`,
    `CREATE TABLE users_new (id INTEGER PRIMARY KEY, name TEXT DEFAULT '');
INSERT INTO users_new (id, name) SELECT id, name FROM users;
DROP TABLE users;
ALTER TABLE users_new RENAME TO users;
`,
  );
  expect(findings).toMatchObject([{ code: 'rows-lost', rewrite: { verifiedOn: expect.arrayContaining(['copy']) } }]);
});

test('a text that passes on generated rows and not on the copy is not offered', async () => {
  // Only the copy has a row whose name with the suffix is taken.
  const findings = await gated(
    users,
    "INSERT INTO users VALUES (1, 'a'), (2, 'a'), (3, 'a-duplicate-2');",
    'CREATE UNIQUE INDEX users_name ON users (name);',
  );
  const [finding] = findings;
  expect(finding).toMatchObject({ code: 'fails-on-rows', cause: 'unique-meets-duplicates' });
  expect(finding?.rewrite?.text).toMatch(/^DELETE FROM users WHERE/);
});
