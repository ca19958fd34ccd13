import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { check } from '../../src/api.ts';
import type { Config } from '../../src/config.ts';
import { diffLines } from '../../src/report/rewrite-text.ts';
import { folderWith } from '../temporary.ts';

const tables = `CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
CREATE TABLE posts (id INTEGER PRIMARY KEY, user_id INTEGER NOT NULL REFERENCES users(id) ON DELETE CASCADE);
`;
const rebuild = `-- a name for everybody
CREATE TABLE users_new (id INTEGER PRIMARY KEY, name TEXT NOT NULL DEFAULT '');
INSERT INTO users_new (id, name) SELECT id, coalesce(name, '') FROM users;
DROP TABLE users;
ALTER TABLE users_new RENAME TO users;
`;

async function rewriteOf(files: Readonly<Record<string, string>>, config: Config = {}): Promise<string | undefined> {
  const folder = folderWith(files);
  const { findings } = await check({ migrations: join(folder, 'migrations'), foreignKeys: true, ...config });
  return findings.find(({ rewrite }) => rewrite !== undefined)?.rewrite?.text;
}

describe('a rebuild of a parent', () => {
  const files = { 'migrations/1_a.sql': tables, 'migrations/2_b.sql': rebuild };

  test('gets the directive where rowproof itself migrates', async () => {
    expect(await rewriteOf(files, { tool: 'rowproof' })).toBe(`-- rowproof: foreign_keys=off\n${rebuild}`);
  });

  test('saves its children where nobody knows who migrates', async () => {
    const text = await rewriteOf(files);
    expect(text).toContain('CREATE TEMP TABLE saved_posts AS SELECT id, user_id FROM posts;');
    expect(text).not.toContain('rowproof:');
  });

  test('switches foreign keys off in a file that goose runs without a transaction', async () => {
    const text = await rewriteOf({
      'migrations/00001_a.sql': `-- +goose Up\n${tables}`,
      'migrations/00002_b.sql': `-- +goose Up\n${rebuild}\n-- +goose Down\nDROP TABLE users;\n`,
    });
    expect(text).toMatch(/^-- \+goose NO TRANSACTION\n-- \+goose Up\n/);
    expect(text).toContain('PRAGMA foreign_keys = OFF;\nBEGIN;\n');
    expect(text).toContain('\nCOMMIT;\nPRAGMA foreign_keys = ON;\n');
    expect(text).toContain('-- +goose Down\nDROP TABLE users;');
  });

  test('saves its children in an ordinary table for D1', async () => {
    const text = await rewriteOf({
      'wrangler.jsonc':
        '{ "name": "a", "d1_databases": [{ "binding": "DB", "database_name": "app", "database_id": "0" }] }',
      'migrations/0001_a.sql': tables,
      'migrations/0002_b.sql': rebuild,
    });
    expect(text).toContain('CREATE TABLE saved_posts AS');
    expect(text).not.toContain('TEMP');
  });
});

describe('a rewrite', () => {
  const hostile = 'a "b` \';--';
  const name = `"${hostile.replaceAll('"', '""')}"`;
  const files = {
    'migrations/1_a.sql': `CREATE TABLE ${name} (id INTEGER PRIMARY KEY, ${name} TEXT);`,
    'migrations/2_b.sql': `CREATE UNIQUE INDEX i ON ${name} (${name});`,
  };

  test('quotes hostile names', async () => {
    const text = await rewriteOf(files);
    expect(text).toContain(
      `UPDATE ${name} SET ${name} = ${name} || '-duplicate-' || "id" WHERE ${name} IS NOT NULL AND "id" NOT IN (SELECT min("id") FROM ${name} GROUP BY ${name});`,
    );
  });

  test('shows the choices between rows of one key, each of which was run', async () => {
    const folder = folderWith({
      'migrations/1_a.sql': 'create table a (id integer primary key, email text not null);',
      'migrations/2_b.sql': 'create unique index a_email on a (email);',
    });
    const { findings } = await check({ migrations: join(folder, 'migrations') });
    expect(findings[0]?.rewrite?.choices).toMatchObject([
      { sql: 'delete from a where id not in (select min(id) from a group by email)' },
      { sql: 'delete from a where id not in (select max(id) from a group by email)' },
    ]);
  });

  test.each([
    ['a default', "ALTER TABLE a ADD COLUMN mail TEXT NOT NULL DEFAULT '';"],
    ['an UPDATE', "ALTER TABLE a ADD COLUMN mail TEXT; UPDATE a SET mail = '';"],
  ])('leaves the rows alone that %s of the same file made equal', async (_name, made) => {
    const text = await rewriteOf({
      'migrations/1_a.sql': 'CREATE TABLE a (id INTEGER PRIMARY KEY, x TEXT);',
      'migrations/2_b.sql': `${made}\nCREATE UNIQUE INDEX a_mail ON a (mail);\n`,
    });
    expect(text).toBe(`${made}\nCREATE UNIQUE INDEX a_mail ON a (mail) WHERE mail <> '';\n`);
  });

  test('restores a reference that a foreign key sets to NULL, though the child has two keys', async () => {
    const text = await rewriteOf({
      'migrations/1_a.sql': `CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
CREATE TABLE posts (id INTEGER PRIMARY KEY, author INTEGER REFERENCES users(id) ON DELETE SET NULL, editor INTEGER REFERENCES users(id) ON DELETE SET NULL);`,
      'migrations/2_b.sql': rebuild,
    });
    expect(text).toContain(
      'UPDATE posts SET author = saved_posts.author FROM saved_posts WHERE saved_posts.id = posts.id AND posts.author IS NOT saved_posts.author;',
    );
  });

  test('is not looked for in an applied migration, nor where nobody wants it', async () => {
    expect(await rewriteOf(files, { since: 2 })).toBeUndefined();
    expect(await rewriteOf(files, { rewrites: false })).toBeUndefined();
  });

  test('says what differs on purpose', async () => {
    const folder = folderWith({
      'migrations/1_a.sql': 'CREATE TABLE a (id INTEGER PRIMARY KEY);',
      'migrations/2_b.sql': 'ALTER TABLE a ADD COLUMN size INTEGER NOT NULL; -- centimetres\n',
    });
    const { findings } = await check({ migrations: join(folder, 'migrations') });
    expect(findings.map(({ rewrite }) => rewrite)).toMatchObject([
      {
        text: 'ALTER TABLE a ADD COLUMN size INTEGER NOT NULL DEFAULT 0; -- centimetres\n',
        verifiedOn: ['empty', 'one-row', 'typical', 'awkward'],
        differs: [expect.stringContaining('default'), expect.stringContaining('table a')],
      },
    ]);
  });

  test('is not offered where a later migration would fail on it', async () => {
    const folder = folderWith({
      'migrations/1_a.sql': 'CREATE TABLE a (id INTEGER PRIMARY KEY);',
      'migrations/2_b.sql': "ALTER TABLE a ADD COLUMN b TEXT DEFAULT (date('now'));",
      'migrations/3_c.sql':
        'INSERT INTO a (id) VALUES (1); CREATE TABLE c (b TEXT NOT NULL); INSERT INTO c SELECT b FROM a;',
    });
    const { findings } = await check({ migrations: join(folder, 'migrations'), dataset: ['one-row'] });
    expect(findings[0]).toMatchObject({ migration: '2_b', cause: 'add-column-default-not-constant' });
    expect(findings[0]?.rewrite).toBeUndefined();
  });
});

test('the diff of a file with an absolute path is one below the root', async () => {
  const folder = folderWith({
    'migrations/1_a.sql': 'CREATE TABLE a (id INTEGER PRIMARY KEY);',
    'migrations/2_b.sql': 'ALTER TABLE a ADD COLUMN size INTEGER NOT NULL;',
  });
  const { findings } = await check({ migrations: join(folder, 'migrations') });
  const lines = findings.flatMap(diffLines).slice(0, 2);
  expect(lines).toEqual([expect.stringMatching(/^--- a\/[^/]/), expect.stringMatching(/^\+\+\+ b\/[^/]/)]);
});
