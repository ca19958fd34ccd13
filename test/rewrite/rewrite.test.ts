import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { check } from '../../src/api.ts';
import type { Config } from '../../src/config.ts';
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
    expect(text).toContain(`UPDATE ${name} SET ${name} = ${name} || '-duplicate-' || "id" WHERE EXISTS`);
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
