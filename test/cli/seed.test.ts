import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { seed } from '../../src/api.ts';
import { ledgerTime } from '../../src/harness/seed.ts';
import { loadFaker } from '../../src/seed/faker.ts';
import { fingerprint, rows, run } from '../database/migrating.ts';
import { folderWith } from '../temporary.ts';
import { inProcess } from './main.ts';
import { command, rowproof } from './run.ts';

const three = {
  'm/0001_users.sql': 'CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT NOT NULL, email TEXT UNIQUE);',
  'm/0002_posts.sql': 'CREATE TABLE posts (id INTEGER PRIMARY KEY, user_id INTEGER NOT NULL REFERENCES users (id));',
  'm/0003_slug.sql':
    "ALTER TABLE users RENAME COLUMN name TO full_name; ALTER TABLE posts ADD COLUMN slug TEXT DEFAULT '';",
};

interface Place {
  readonly cwd: string;
  readonly directory: string;
  /** A path alone in its folder, with nothing there yet. */
  readonly file: string;
}

function place(files: Readonly<Record<string, string>> = three): Place {
  const cwd = folderWith(files);
  return { cwd, directory: join(cwd, 'm'), file: join(folderWith(), 'dev.db') };
}

/** Every file below a folder, with what is in it. */
function contents(folder: string): string[] {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const paths = files.map(({ parentPath, name }) => join(parentPath, name)).sort();
  return paths.map((path) => `${path} ${readFileSync(path, 'hex')}`);
}

/** What SQLite finds wrong with a file. */
function complaints(file: string): unknown[] {
  const sql = `SELECT integrity_check FROM pragma_integrity_check WHERE integrity_check <> 'ok'
    UNION ALL SELECT 'orphan in ' || "table" FROM pragma_foreign_key_check`;
  return rows(file, sql);
}

describe('rowproof seed', () => {
  test('makes the last version and tells what is in it', () => {
    const { cwd, file } = place({
      ...three,
      'm/0004_never.sql': 'CREATE TABLE never (a CHECK (a IS NOT a)); CREATE TABLE "odd\nname" (a TEXT);',
    });
    const { status, stdout, stderr } = rowproof(['seed', 'm', '-o', file, '--rows', '20'], { cwd });
    expect([status, stderr]).toEqual([0, '']);
    expect(stdout.split('\n')).toEqual([
      `Wrote ${file} at version 4 (0004_never), seed number 1.`,
      '  users      20',
      '  posts      20',
      '  never       0  CHECK constraint failed: a IS NOT a',
      '  odd\\nname  20',
      '',
    ]);
    expect(Object.keys(fingerprint(file))).toEqual(['dev.db']);
    expect(complaints(file)).toEqual([]);
    expect(rows(file, 'PRAGMA journal_mode')).toEqual([['delete']]);
    expect(rows(file, 'SELECT count(*) FROM users WHERE full_name IS NOT NULL')).toEqual([[20]]);
  });

  test('makes an earlier version, whose ledger gate and migrate understand', async () => {
    const { directory, file } = place();
    const { status, stdout } = await inProcess('seed', directory, '--at', '2', '-o', file);
    expect([status, stdout.split('\n')[0]]).toEqual([0, `Wrote ${file} at version 2 (0002_posts), seed number 1.`]);
    expect(rows(file, 'SELECT version, name, typeof(version), length(hash) FROM _migrations')).toEqual([
      [1, '0001_users', 'integer', 64],
      [2, '0002_posts', 'integer', 64],
    ]);
    const gate = await inProcess('gate', '--db', file, directory);
    expect([gate.status, gate.stderr]).toEqual([0, '']);
    expect(gate.stdout).toContain('is at version 2 (0002_posts); 1 pending');
    expect((await inProcess('migrate', '--db', file, directory)).stdout).toBe('applied  0003_slug\n');
  });

  test('gives the same bytes for the same inputs, and others for another seed number', async () => {
    const { directory, file } = place();
    const bytes = async (...flags: string[]): Promise<Buffer> => {
      await inProcess('seed', directory, '-o', file, '--force', ...flags);
      return readFileSync(file);
    };
    const first = await bytes();
    expect((await bytes()).equals(first)).toBe(true);
    expect((await bytes('--seed', '2')).equals(first)).toBe(false);
    expect((await bytes('--rows', '101')).equals(first)).toBe(false);
  });

  test('the ledger says the time that faker takes for now', async () => {
    const { directory, file } = place();
    await inProcess('seed', directory, '-o', file, '--dataset', 'one-row');
    expect(rows(file, 'SELECT DISTINCT applied_at FROM _migrations')).toEqual([[ledgerTime]]);
    expect((await loadFaker())(1, '').defaultRefDate().toISOString()).toBe(ledgerTime);
  });

  test('puts hand-written rows in at their version, and others beside them', async () => {
    const { directory, file } = place({
      ...three,
      'seeds/0001_ada.sql': "INSERT INTO users (id, name) VALUES (1, 'Ada');",
      'seeds/0003_bob.ts': `export default ({ insert, faker }) => {
        insert('users', { id: 2, full_name: 'Bob', email: faker.internet.email() });
      };`,
    });
    const both = ['--dataset', 'fixture,typical', '--rows', '10'];
    expect((await inProcess('seed', directory, '-o', file, ...both)).status).toBe(0);
    expect(rows(file, 'SELECT full_name FROM users WHERE id < 3')).toEqual([['Ada'], ['Bob']]);
    expect(rows(file, 'SELECT (SELECT count(*) FROM users), (SELECT count(*) FROM posts)')).toEqual([[10, 10]]);
    await inProcess('seed', directory, '-o', file, '--force', '--dataset', 'fixture');
    expect(rows(file, 'SELECT (SELECT count(*) FROM users), (SELECT count(*) FROM posts)')).toEqual([[2, 0]]);
  });

  test('starts from a base, of which version 0 is all', async () => {
    const { cwd, directory, file } = place();
    const base = join(cwd, 'base.db');
    run(
      base,
      "PRAGMA journal_mode = WAL; CREATE TABLE settings (key TEXT PRIMARY KEY); INSERT INTO settings VALUES ('k')",
    );
    writeFileSync(
      join(cwd, 'base.sql'),
      "CREATE TABLE settings (key TEXT PRIMARY KEY); INSERT INTO settings VALUES ('k')",
    );
    for (const name of ['base.db', 'base.sql']) {
      const flags = ['--base', join(cwd, name), '--dataset', 'one-row', '--force'];
      expect((await inProcess('seed', directory, '-o', file, '--at', '0', ...flags)).stdout).toBe(
        `Wrote ${file} at version 0, seed number 1.\n  settings  1\n`,
      );
      expect((await inProcess('seed', directory, '-o', file, ...flags)).stdout).toContain(
        '  settings  1\n  users     1\n',
      );
      expect(rows(file, 'SELECT key FROM settings')).toEqual([['k']]);
      expect(rows(file, 'PRAGMA journal_mode')).toEqual([['delete']]);
    }
  });

  test('leaves a ledger that the history makes itself to the migrations', async () => {
    const ledger = 'CREATE TABLE _migrations (version INTEGER PRIMARY KEY, applied_at TEXT NOT NULL);';
    const { directory, file } = place({ 'm/1_ledger.sql': ledger, 'm/2_a.sql': 'CREATE TABLE a (b TEXT);' });
    expect((await inProcess('seed', directory, '-o', file)).stdout).toMatch(/\n {2}a {2}100\n$/);
    expect(rows(file, 'SELECT version, name FROM _migrations')).toEqual([
      [1, '1_ledger'],
      [2, '2_a'],
    ]);
    const foreign = place({ 'm/1_ledger.sql': 'CREATE TABLE _migrations (file TEXT);' });
    const { status, stdout } = await inProcess('seed', foreign.directory, '-o', foreign.file);
    expect([status, stdout.split('\n')[1]]).toEqual([
      0,
      'The file has no ledger of rowproof: rowproof did not make the table _migrations: table main._migrations has no column named version.',
    ]);
  });

  test('says that a program was not run, and takes it for applied', async () => {
    const { directory, file } = place({
      ...three,
      'm/0002_posts.sql': 'SELECT 1;',
      'm/0003_slug.sql': 'SELECT 2;',
      'm/0004_code.ts': '',
    });
    const { stdout } = await inProcess('seed', directory, '-o', file);
    expect(stdout).toContain(
      `${directory}/0004_code.ts was skipped: it is a program, and nothing says what runs it (migrator.run in the config).\n`,
    );
    expect((await inProcess('gate', '--db', file, directory)).stdout).toContain('nothing is pending');
  });

  test('uses the makers and the connection of the config', () => {
    const config = `export default {
      migrations: 'm',
      connect: (db) => { db.pragma('journal_mode = WAL'); },
      makers: { 'users.email': ({ index }) => index + '@acme.test', posts: () => ({ slug: 'mine' }) },
    };`;
    const { cwd, file } = place({ ...three, 'rowproof.config.ts': config });
    expect(rowproof(['seed', '-o', file], { cwd })).toMatchObject({ status: 0, stderr: '' });
    expect(rows(file, "SELECT count(*) FROM users WHERE email LIKE '%@acme.test'")).toEqual([[100]]);
    expect(rows(file, 'SELECT DISTINCT slug FROM posts')).toEqual([['mine']]);
    expect(rows(file, 'PRAGMA journal_mode')).toEqual([['delete']]);
  });

  test('with awkward, holds what the next step is tried with', async () => {
    const { directory, file } = place();
    await inProcess('seed', directory, '--at', '2', '-o', file, '--dataset', 'awkward');
    expect(rows(file, 'SELECT count(*) > 1 FROM users')).toEqual([[1]]);
  });

  test('is there for programs as well', async () => {
    const { directory, file } = place();
    const summary = await seed({ migrations: directory, rows: 3 }, { file, at: 1 });
    expect(summary).toEqual({
      ...{ file, version: 1, position: 1, id: '0001', name: '0001_users', unfilled: [], notes: [], noteFacts: [] },
      tables: [{ table: 'users', rows: 3 }],
    });
  });
});

describe('rowproof seed says what is wrong, exits 2 and leaves all as it was', () => {
  async function refused({ cwd, file }: Place, ...args: readonly string[]): Promise<string> {
    const before = [cwd, dirname(file)].map(contents);
    const { status, stdout, stderr } = await inProcess('seed', ...args);
    expect([status, stdout]).toEqual([2, '']);
    expect([cwd, dirname(file)].map(contents)).toEqual(before);
    return stderr;
  }

  test('a file that is there, unless it may be replaced', async () => {
    const made = place();
    writeFileSync(made.file, 'mine');
    expect(await refused(made, made.directory, '-o', made.file)).toMatch(/it already exists\.\n {2}.*--force/);
    const { status } = await inProcess('seed', made.directory, '-o', made.file, '--force');
    expect([status, complaints(made.file)]).toEqual([0, []]);
  });

  test('a link, through which a file is replaced', async () => {
    const made = place();
    const link = join(dirname(made.file), 'link.db');
    symlinkSync(made.file, link);
    expect(await refused(made, made.directory, '-o', link)).toMatch(/it already exists/);
    writeFileSync(made.file, 'mine');
    expect((await inProcess('seed', made.directory, '-o', link, '--force')).status).toBe(0);
    expect(complaints(made.file)).toEqual([]);
  });

  test.each(['-wal', '-shm', '-journal'])('what another database has left in %s', async (ending) => {
    const made = place();
    writeFileSync(made.file + ending, '');
    expect(await refused(made, made.directory, '-o', made.file, '--force')).toMatch(/in use or was not closed/);
  });

  test('a folder, and a folder that is not there', async () => {
    const made = place();
    mkdirSync(made.file);
    expect(await refused(place(), made.directory, '-o', made.file)).toMatch(/it is a folder/);
    expect(await refused(place(), made.directory, '-o', join(made.file, 'no', 'dev.db'))).toMatch(/no such file/);
  });

  test('no file', async () => {
    const made = place();
    expect(await refused(made, made.directory)).toMatch(/'-o, --output <file>' not specified/);
  });

  test.each<[string, readonly string[], RegExp]>([
    ['a version that no file has', ['--at', '9'], /--at 9: no migration in .* has that version\.\n {2}.*from 1 to 3/],
    ['a dataset that there is not', ['--dataset', 'many'], /dataset/],
    ['hand-written rows where there are none', ['--dataset', 'fixture'], /there are no seeds/],
  ])('%s', async (_what, flags, says) => {
    const made = place();
    expect(await refused(made, made.directory, '-o', made.file, ...flags)).toMatch(says);
  });

  test.each<[string, string, readonly string[], RegExp]>([
    [
      'on no rows',
      'ALTER TABLE gone ADD COLUMN a;',
      [],
      /m\/0004_more\.sql:1 failed: no such table: gone\.\n {2}.*rowproof check/,
    ],
    [
      'on hand-written rows',
      '\nALTER TABLE users ADD COLUMN a NOT NULL;',
      ['--dataset', 'fixture'],
      /0004_more\.sql:2 failed: Cannot add a NOT NULL/,
    ],
  ])('a migration that fails %s', async (_what, sql, flags, says) => {
    const seeds = { 'seeds/0001_ada.sql': "INSERT INTO users (name) VALUES ('Ada')" };
    const made = place({ ...three, ...seeds, 'm/0004_more.sql': sql });
    expect(await refused(made, made.directory, '-o', made.file, ...flags)).toMatch(says);
    expect((await inProcess('seed', made.directory, '-o', made.file, '--at', '3', ...flags)).status).toBe(0);
  });

  test('a maker that throws', async () => {
    const made = place();
    const makers = { 'users.email': () => JSON.parse('{') };
    await expect(seed({ migrations: made.directory, makers }, { file: made.file })).rejects.toMatchObject({
      code: 'bad-config',
    });
    expect(fingerprint(made.file)).toEqual({});
  });
});

test('killed in the middle, it leaves nothing', { timeout: 60_000 }, async () => {
  const { directory, file } = place();
  const args = [...command, 'seed', directory, '-o', file, '--rows', '10000000'];
  const child = spawn(process.execPath, args, { stdio: 'ignore' });
  const folder = dirname(file);
  const until = async (state: () => boolean): Promise<void> => {
    while (!state()) await setTimeout(20);
  };
  // In the middle: the draft has rows in it.
  await until(() => readdirSync(folder).some((name) => existsSync(join(folder, name, 'draft.db-journal'))));
  const left = once(child, 'exit');
  child.kill('SIGKILL');
  await left;
  await until(() => readdirSync(folder).length === 0);
  expect(readdirSync(folder)).toEqual([]);
});
