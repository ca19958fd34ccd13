import { createHash } from 'node:crypto';
import { chmodSync, mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import { folderWith } from '../temporary.ts';
import { inProcess } from './main.ts';

const table = 'CREATE TABLE a (b);';

/** Every file of a folder with the hash of its content. */
function fingerprint(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .sort()
    .map((name) => {
      const path = join(folder, name);
      return statSync(path).isDirectory()
        ? name
        : `${name} ${createHash('sha256').update(readFileSync(path)).digest('hex')}`;
    });
}

async function refused(folder: string, ...args: readonly string[]): Promise<string> {
  const before = fingerprint(folder);
  const run = await inProcess(...args);
  expect(run.status).toBe(2);
  expect(run.stdout).toBe('');
  // One error and what to do about it, no stack.
  expect(run.stderr).toMatch(/^rowproof: \S.*\n( {2}\S.*\n)?$/);
  expect(fingerprint(folder)).toEqual(before);
  return run.stderr;
}

describe('check names the fault, exits 2 and changes nothing', () => {
  test.each<[string, Record<string, string | Uint8Array>, readonly string[], RegExp]>([
    ['a missing folder', {}, ['m'], /m is not a folder that can be read/],
    ['an empty folder', { 'm/.gitkeep': '' }, ['m'], /holds no migration/],
    [
      'two files of one version',
      { 'm/1_a.sql': table, 'm/01_b.sql': table },
      ['m'],
      /01_b\.sql and .*1_a\.sql both have version 1/,
    ],
    [
      'a file that is not text',
      { 'm/1_a.sql': Uint8Array.of(0x89, 0x50, 0x4e, 0x47) },
      ['m'],
      /1_a\.sql is not UTF-8 text \(byte 1\)/,
    ],
    [
      'the files of two tools',
      { 'm/1_a.sql': '-- +goose Up\n', 'm/2_b.sql': '-- migrate:up\n' },
      ['m'],
      /goose .* and of dbmate/,
    ],
    [
      'a seed whose rows do not fit',
      { 'm/1_a.sql': table, 'seeds/1_a.sql': '\nINSERT INTO a VALUES (1, 2);' },
      ['m'],
      /seeds\/1_a\.sql:2: .*table a has 1 columns but 2 values/,
    ],
    [
      'a seed that leaves its transaction open',
      { 'm/1_a.sql': table, 'seeds/1_a.sql': 'BEGIN; INSERT INTO a VALUES (1);' },
      ['m'],
      /does not end it/,
    ],
    ['a seed without a version', { 'm/1_a.sql': table, 'seeds/rows.sql': '' }, ['m'], /does not begin with a version/],
    ['a seed of no migration', { 'm/1_a.sql': table, 'seeds/7_a.sql': '' }, ['m'], /no migration has version 7/],
    [
      'a seed that exports no function',
      { 'm/1_a.sql': table, 'seeds/1_a.ts': 'export default 1;' },
      ['m'],
      /is not a function/,
    ],
    [
      'a seed without a default export',
      { 'm/1_a.sql': table, 'seeds/1_a.mjs': 'export const a = 1;' },
      ['m'],
      /no default export/,
    ],
    [
      'a seed that does not parse',
      { 'm/1_a.sql': table, 'seeds/1_a.ts': 'export default (' },
      ['m'],
      /seeds\/1_a\.ts cannot be loaded/,
    ],
    [
      'a seed that throws',
      { 'm/1_a.sql': table, 'seeds/1_a.mjs': 'export default () => { throw new Error("oh") }' },
      ['m'],
      /oh/,
    ],
    [
      'an asynchronous seed',
      { 'm/1_a.sql': table, 'seeds/1_a.mjs': 'export default async () => {}' },
      ['m'],
      /asynchronous/,
    ],
    ['missing seeds', { 'm/1_a.sql': table }, ['m', '--seeds', 's'], /s is not a folder that can be read/],
    ['fixtures asked for without seeds', { 'm/1_a.sql': table }, ['m', '--dataset', 'fixture'], /there are no seeds/],
    [
      'an invariant other than a SELECT',
      { 'm/1_a.sql': table, 'seeds/invariants/1_a.sql': 'DELETE FROM a' },
      ['m'],
      /it is not one SELECT/,
    ],
    [
      'an invariant that cannot run',
      { 'm/1_a.sql': table, 'seeds/invariants/1_a.sql': 'SELECT * FROM b' },
      ['m'],
      /no such table: b/,
    ],
    [
      'an invariant without a version',
      { 'm/1_a.sql': table, 'seeds/invariants/a.sql': 'SELECT 1' },
      ['m'],
      /does not begin with a version/,
    ],
    ['a missing base', { 'm/1_a.sql': table }, ['m', '--base', 'base.db'], /base\.db/],
    [
      'a base that is not a database',
      { 'm/1_a.sql': table, 'base.db': 'x'.repeat(5000) },
      ['m', '--base', 'base.db'],
      /not a SQLite database/,
    ],
    [
      'a base whose SQL fails',
      { 'm/1_a.sql': table, 'base.sql': 'SELECT 1;\nSELEC 1;' },
      ['m', '--base', 'base.sql'],
      /base\.sql:2 cannot run/,
    ],
    ['a base without SQL', { 'm/1_a.sql': table, 'base.sql': '' }, ['m', '--base', 'base.sql'], /holds no SQL/],
    [
      'an unregistered function',
      { 'm/1_a.sql': `${table}\nSELECT soundalike('a');` },
      ['m'],
      /1_a\.sql:2 uses the function soundalike, which is not registered/,
    ],
    [
      'a migration that writes another file',
      { 'm/1_a.sql': `${table}\nATTACH 'other.db' AS o;` },
      ['m'],
      /1_a\.sql:2 attaches another database file/,
    ],
    [
      'double-quoted strings on an engine without them',
      { 'm/1_a.sql': table },
      ['m', '--double-quoted-strings', 'on', '--engine', 'better-sqlite3'],
      /without double-quoted strings[\s\S]*--engine node/,
    ],
    ['an unknown dataset', { 'm/1_a.sql': table }, ['m', '--dataset', 'tall'], /dataset/],
    [
      'a config with a wrong key',
      { 'm/1_a.sql': table, 'c.mjs': 'export default { foreignKey: true }' },
      ['m', '--config', 'c.mjs'],
      /foreignKey/,
    ],
    [
      'a config with a wrong value',
      { 'm/1_a.sql': table, 'c.mjs': 'export default { seed: -1 }' },
      ['m', '--config', 'c.mjs'],
      /seed/,
    ],
    ['a missing config', { 'm/1_a.sql': table }, ['m', '--config', 'c.mjs'], /c\.mjs does not exist/],
    [
      'a missing output folder',
      { 'm/1_a.sql': table },
      ['m', '-o', 'gone/report.json'],
      /gone\/report\.json cannot be written/,
    ],
  ])('%s', async (_name, files, args, message) => {
    const folder = folderWith(files);
    const paths = args.map((arg) => (/^(?:m|s|base\.\w+|c\.mjs|gone\/.*)$/.test(arg) ? join(folder, arg) : arg));
    expect(await refused(folder, 'check', ...paths)).toMatch(message);
  });

  test.each<[string, readonly string[]]>([
    ['an unknown command', ['chek']],
    ['an unknown flag', ['check', '--sede', '1']],
    ['a flag without its value', ['check', '--seed']],
    ['a malformed number', ['check', '--seed', 'one']],
    ['a word that is not a choice', ['check', '--transaction', 'some']],
    ['on or off, neither', ['check', '--foreign-keys', 'yes']],
    ['a gate without a database', ['gate']],
  ])('%s', async (_name, args) => {
    const run = await inProcess(...args);
    expect(run.status).toBe(2);
    expect(run.stderr).toMatch(/error: /);
    expect(run.stderr).toMatch(/--help/);
  });
});

describe('gate names the fault, exits 2 and changes nothing', () => {
  const migrations = { 'm/1_a.sql': 'CREATE TABLE a (b);', 'm/2_b.sql': 'CREATE TABLE b (c);' };

  function database(folder: string, sql: string): string {
    const file = join(folder, 'app.db');
    const db = new Sqlite(file);
    db.exec(sql);
    db.close();
    return file;
  }

  test.each<[string, string, RegExp]>([
    ['tables without a ledger', 'CREATE TABLE a (b)', /has tables but no ledger _migrations[\s\S]*--at ID/],
    [
      'an empty ledger beside tables',
      'CREATE TABLE a (b); CREATE TABLE _migrations (version INTEGER PRIMARY KEY, applied_at TEXT NOT NULL)',
      /no ledger|empty/,
    ],
    [
      "another tool's ledger",
      'CREATE TABLE a (b); CREATE TABLE d1_migrations (id, name, applied_at)',
      /d1_migrations, the ledger of wrangler/,
    ],
    [
      'a ledger of another tool',
      "CREATE TABLE _migrations (file TEXT, applied INTEGER); INSERT INTO _migrations VALUES ('1_a', 1)",
      /did not make the table/,
    ],
    [
      'a ledger ahead of the folder',
      "CREATE TABLE a (b); CREATE TABLE _migrations (version INTEGER PRIMARY KEY, applied_at TEXT NOT NULL); INSERT INTO _migrations VALUES (1, ''), (2, ''), (9, '')",
      /is at version 9.*newer than every file/,
    ],
  ])('%s', async (_name, sql, message) => {
    const folder = folderWith(migrations);
    const file = database(folder, sql);
    expect(await refused(folder, 'gate', '--db', file, join(folder, 'm'))).toMatch(message);
  });

  test('the ledger of the tool that runs the folder is the one that is missed, with an id for --at', async () => {
    const folder = folderWith({ 'm/00001_a.sql': '-- +goose Up\nCREATE TABLE a (b);\n' });
    const file = database(folder, 'CREATE TABLE a (b)');
    expect(await refused(folder, 'gate', '--db', file, join(folder, 'm'))).toMatch(
      /no table goose_db_version, the ledger of goose, .*\n.* --at ID, such as --at 00001_a\.\n$/,
    );
  });

  test('a version without a file, and one that contradicts the ledger', async () => {
    const folder = folderWith(migrations);
    const file = database(
      folder,
      "CREATE TABLE a (b); CREATE TABLE _migrations (version INTEGER PRIMARY KEY, applied_at TEXT NOT NULL); INSERT INTO _migrations VALUES (1, '')",
    );
    expect(await refused(folder, 'gate', '--db', file, '--at', '7', join(folder, 'm'))).toMatch(
      /no migration in .* has that version/,
    );
    expect(await refused(folder, 'gate', '--db', file, '--at', '2', join(folder, 'm'))).toMatch(/does not have 2_b/);
  });

  test('a missing database, a folder, and a file of another format', async () => {
    const folder = folderWith({
      ...migrations,
      'notes.txt': 'not a database, though long enough to be taken for one. '.repeat(100),
    });
    mkdirSync(join(folder, 'dir.db'));
    expect(await refused(folder, 'gate', '--db', join(folder, 'gone.db'), join(folder, 'm'))).toMatch(/gone\.db/);
    expect(await refused(folder, 'gate', '--db', join(folder, 'dir.db'), join(folder, 'm'))).toMatch(
      /dir\.db is a folder, not a file\.\n {2}Name a file in it\./,
    );
    expect(await refused(folder, 'gate', '--db', join(folder, 'notes.txt'), join(folder, 'm'))).toMatch(
      /not a SQLite database/,
    );
  });

  test('an output folder that cannot be written', async () => {
    const folder = folderWith(migrations);
    const file = database(folder, '');
    chmodSync(folder, 0o755);
    expect(await refused(folder, 'gate', '--db', file, '-o', join(folder, 'm'), join(folder, 'm'))).toMatch(
      /it is a folder/,
    );
  });
});

describe('a database is named once, by the path of a file', () => {
  const files = { 'm/1_a.sql': table, 'one.db': '', 'two.db': '' };

  test.each(['gate', 'migrate', 'profile', 'check'])('rowproof %s', async (command) => {
    const folder = folderWith(files);
    const [migrations, one, two] = ['m', 'one.db', 'two.db'].map((name) => join(folder, name));
    const before = fingerprint(folder);
    const given = (...flags: readonly (string | undefined)[]): ReturnType<typeof inProcess> =>
      inProcess(command, ...(command === 'profile' ? [] : [String(migrations)]), ...flags.map(String));
    const unset = await given('--db', '');
    expect([unset.status, unset.stdout]).toEqual([2, '']);
    expect(unset.stderr).toMatch(/'--db <file>'.* names no file/);
    const twice = await given('--db', one, '--db', two);
    expect([twice.status, twice.stdout]).toEqual([2, '']);
    expect(twice.stderr).toContain('given twice');
    expect(fingerprint(folder)).toEqual(before);
  });

  test.each([
    ['libsql://db.example', /does not exist\.\n {2}Name a file\..* \| rowproof gate --db -/],
    ['file:app.db', /does not exist\.\n {2}Name the file by its path/],
  ])('--db %s', async (name, says) => {
    const folder = folderWith(files);
    expect(await refused(folder, 'gate', join(folder, 'm'), '--db', name)).toMatch(says);
  });
});
