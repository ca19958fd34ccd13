import { mkdirSync, readdirSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { fingerprint, rows, run } from '../database/migrating.ts';
import { folderWith } from '../temporary.ts';
import { inProcess } from './main.ts';
import { rowproof } from './run.ts';

const three = {
  '0001_users.sql': 'CREATE TABLE users (name TEXT);',
  '0002_ada.sql': "INSERT INTO users VALUES ('Ada');",
  '0003_unique.sql': '\nCREATE UNIQUE INDEX users_by_name ON users (name);',
};

/** A folder of migrations and the path of a database, alone in its folder, that is not there yet. */
function place(migrations: Readonly<Record<string, string>> = three): { directory: string; file: string } {
  return { directory: folderWith(migrations), file: join(folderWith(), 'app.db') };
}

describe('rowproof migrate', () => {
  test('says what it applied, then that nothing is pending', () => {
    const { directory, file } = place();
    const args = ['migrate', '--db', file, directory];
    expect(rowproof([...args, '--to', '1'])).toEqual({ status: 0, stdout: 'applied  0001_users\n', stderr: '' });
    expect(rowproof(args)).toEqual({ status: 0, stdout: 'applied  0002_ada\napplied  0003_unique\n', stderr: '' });
    expect(rowproof(args)).toEqual({ status: 0, stdout: `Nothing is pending: ${file} is up to date.\n`, stderr: '' });
  });

  test('does not report a database as up to date after --to', async () => {
    const { directory, file } = place();
    await inProcess('migrate', '--db', file, directory, '--to', '1');
    const { status, stdout } = await inProcess('migrate', '--db', file, directory, '--to', '1');
    expect([status, stdout]).toEqual([0, 'Nothing is pending up to version 1.\n']);
  });

  test('runs files with double-quoted strings on the engine that accepts them', async () => {
    const { directory, file } = place({ ...three, '0002_ada.sql': 'INSERT INTO users VALUES ("Ada");' });
    const strict = await inProcess('migrate', '--db', file, directory);
    expect([strict.status, strict.stdout]).toEqual([1, expect.stringContaining('no such column: "Ada"')]);
    const { status, stdout } = await inProcess('migrate', '--db', file, directory, '--double-quoted-strings', 'on');
    expect([status, stdout]).toEqual([0, 'applied  0002_ada\napplied  0003_unique\n']);
    expect(rows(file, 'SELECT name FROM users')).toEqual([['Ada']]);
  });

  test('names the migration that failed with its line, and exits 1', () => {
    const { directory, file } = place();
    rowproof(['migrate', '--db', file, directory, '--to', '2']);
    run(file, "INSERT INTO users VALUES ('Ada')");
    const before = fingerprint(file);
    const { status, stdout, stderr } = rowproof(['migrate', '--db', file, directory]);
    expect([status, stderr]).toEqual([1, '']);
    expect(stdout).toContain(
      `failed   0003_unique  ${directory}/0003_unique.sql:2  UNIQUE constraint failed: users.name`,
    );
    expect(stdout).toContain('Its changes were rolled back.');
    expect(fingerprint(file)).toEqual(before);
  });

  test('lists the applied migrations before an error', async () => {
    const { directory, file } = place({ ...three, '0004_slug.sql': 'UPDATE users SET name = slug(name);' });
    const { status, stdout, stderr } = await inProcess('migrate', '--db', file, directory);
    expect([status, stdout.split('\n').length]).toEqual([2, 4]);
    expect(stderr).toMatch(/^rowproof: .*0004_slug\.sql:1 uses the function slug/);
  });
});

describe('rowproof migrate names the fault, exits 2 and changes nothing', () => {
  const table = 'CREATE TABLE users (name TEXT)';

  test.each<{ what: string; sql?: string; flags?: readonly string[]; files?: Record<string, string>; says: RegExp }>([
    { what: 'a version that no file has', flags: ['--to', '9'], says: /--to 9: no migration/ },
    { what: 'a version that the database is not at', flags: ['--at', '2'], says: /--at 2 cannot be: .* has no tables/ },
    {
      what: 'a transaction mode of another tool',
      flags: ['--transaction', 'none'],
      says: /its own transaction, not none/,
    },
    {
      what: 'double-quoted strings of an engine that has none',
      flags: ['--double-quoted-strings', 'on', '--engine', 'better-sqlite3'],
      says: /without double-quoted strings/,
    },
    { what: 'a program', files: { '0004_more.ts': '' }, says: /0004_more\.ts is a program/ },
    {
      what: 'a file of two transactions',
      files: { '0004_more.sql': 'COMMIT; BEGIN;' },
      says: /0004_more\.sql:1: .*half/,
    },
    { what: 'tables without a ledger', sql: table, says: /no ledger _migrations[\s\S]*--at ID/ },
    {
      what: "another tool's ledger",
      sql: 'CREATE TABLE d1_migrations (id)',
      says: /d1_migrations, the ledger of wrangler/,
    },
    {
      what: 'a ledger of another tool',
      sql: 'CREATE TABLE _migrations (file, applied)',
      says: /did not make the table/,
    },
    {
      what: 'a ledger ahead of the folder',
      sql: "CREATE TABLE _migrations (version, applied_at); INSERT INTO _migrations VALUES (9, '')",
      says: /is at version 9/,
    },
    {
      what: 'an edited file',
      sql: "CREATE TABLE _migrations (version, applied_at, name, hash); INSERT INTO _migrations VALUES (1, '', '', '')",
      says: /0001_users was edited/,
    },
  ])('$what', async ({ sql, flags = [], files = {}, says }) => {
    const { directory, file } = place({ ...three, ...files });
    if (sql !== undefined) run(file, sql);
    const before = fingerprint(file);
    for (const dryRun of [[], ['--dry-run']]) {
      const { status, stdout, stderr } = await inProcess('migrate', '--db', file, directory, ...flags, ...dryRun);
      expect([status, stdout]).toEqual([2, '']);
      expect(stderr).toMatch(says);
      expect(stderr).toMatch(/^rowproof: \S.*\n {2}\S.*\n$/);
      expect(fingerprint(file)).toEqual(before);
    }
  });

  test('a database in a missing folder, and a folder in place of a database', async () => {
    const { directory, file } = place();
    const missing = join(file, 'app.db');
    expect((await inProcess('migrate', '--db', missing, directory)).stderr).toMatch(/its folder does not exist/);
    expect((await inProcess('migrate', '--db', missing, directory, '--dry-run')).stderr).toMatch(/does not exist/);
    mkdirSync(file);
    expect((await inProcess('migrate', '--db', file, directory)).stderr).toMatch(/is a folder, not a file/);
    expect((await inProcess('migrate', '--db', file, directory, '--dry-run')).stderr).toMatch(
      /is a folder, not a file/,
    );
  });
});

describe('rowproof migrate --dry-run', () => {
  const pending = 'pending  0001_users\npending  0002_ada\npending  0003_unique\n';

  test('makes no file', async () => {
    const { directory, file } = place();
    expect((await inProcess('migrate', '--db', file, directory, '--dry-run')).stdout).toBe(pending);
    expect(fingerprint(file)).toEqual({});
    symlinkSync('nowhere.db', file);
    expect((await inProcess('migrate', '--db', file, directory, '--dry-run')).stdout).toBe(pending);
    expect(readdirSync(dirname(file))).toEqual(['app.db']);
  });

  test.each(['WAL', 'DELETE'])('changes nothing in a database at rest in %s mode', async (mode) => {
    const { directory, file } = place();
    run(file, `PRAGMA journal_mode = ${mode}`);
    await inProcess('migrate', '--db', file, directory, '--to', '1');
    const before = fingerprint(file);
    const { status, stdout } = await inProcess('migrate', '--db', file, directory, '--dry-run', '--to', '2');
    expect([status, stdout]).toEqual([0, 'pending  0002_ada\n']);
    expect(fingerprint(file)).toEqual(before);
    expect(rows(file, 'SELECT count(*) FROM users')).toEqual([[0]]);
  });

  test('says when nothing is pending', async () => {
    const { directory, file } = place();
    await inProcess('migrate', '--db', file, directory);
    const { stdout } = await inProcess('migrate', '--db', file, directory, '--dry-run');
    expect(stdout).toBe(`Nothing is pending: ${file} is up to date.\n`);
  });
});
