import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { afterAll, describe, expect, test } from 'vitest';
import { profile } from '../../src/api.ts';
import { parseProfile } from '../../src/config/profile-file.ts';
import { inProcess } from '../cli/main.ts';
import { rowproof } from '../cli/run.ts';
import { crash, fingerprint, place, removePlaces, rest } from '../database/sources.ts';
import { folderWith } from '../temporary.ts';

afterAll(removePlaces);

/** A database file that its owner has closed, made by `sql`. */
function production(sql: string): string {
  const file = join(folderWith(), 'app.db');
  const db = new Sqlite(file);
  db.pragma('journal_mode = WAL');
  db.exec(sql);
  db.close();
  return file;
}

const orders = `CREATE TABLE orders (id INTEGER PRIMARY KEY, status TEXT); PRAGMA user_version = 4;
  ${"INSERT INTO orders (status) VALUES ('open');".repeat(6)} INSERT INTO orders (status) VALUES ('rare');`;

describe('rowproof profile', () => {
  test('prints the profile and nothing else, and leaves the file as it was', () => {
    const file = production(orders);
    const before = fingerprint(file);
    const { status, stdout, stderr } = rowproof(['profile', '--db', file, '--at', '12']);
    expect([status, stderr]).toEqual([0, '']);
    expect(parseProfile(stdout, 'stdout')).toMatchObject({
      profileVersion: 1,
      source: { at: 12, userVersion: 4, journalMode: 'wal', sqliteVersion: expect.stringMatching(/^3\.\d+\.\d+$/) },
      atLeast: 5,
      tables: [{ name: 'orders', rows: 7 }],
    });
    expect(stdout).not.toContain('rare');
    expect(fingerprint(file)).toEqual(before);
    expect(rowproof(['profile', '--db', file, '--at', '12']).stdout).toBe(stdout);
  });

  test('-o writes it to a file, with the members that were asked for', async () => {
    const file = production(orders);
    const output = join(folderWith(), 'production.profile.json');
    const run = await inProcess(
      'profile',
      '--db',
      file,
      '-o',
      output,
      '--keep-values',
      'orders.status',
      '--at-least',
      '6',
    );
    expect(run).toEqual({ status: 0, stdout: '', stderr: '' });
    const { tables, atLeast } = parseProfile(readFileSync(output, 'utf8'), output);
    expect(atLeast).toBe(6);
    expect(tables[0]?.columns[1]?.values).toMatchObject({ members: [{ value: 'open' }], others: 6 });
  });

  test('takes names of JSON keys from the migrations', async () => {
    const file = production(`CREATE TABLE t (doc); ${`INSERT INTO t VALUES ('{"kind":1,"x":2}');`.repeat(5)}`);
    const folder = folderWith({ '1_a.sql': `CREATE TABLE t (doc); UPDATE t SET doc = json_remove(doc, '$.kind');` });
    const paths = async (...args: string[]): Promise<unknown> =>
      JSON.parse((await inProcess('profile', '--db', file, ...args)).stdout).tables[0].columns[0].texts.json.paths;
    expect(await paths(folder)).toMatchObject([{ path: '$.*' }, { path: '$.kind' }]);
    expect(await paths(folder, '--keep-keys', 't.doc')).toMatchObject([{ path: '$.kind' }, { path: '$.x' }]);
  });

  test('registers what the config registers', async () => {
    const file = join(folderWith(), 'app.db');
    const db = new Sqlite(file);
    const twice = (x: unknown): number => Number(x) * 2;
    db.function('twice', { deterministic: true }, twice);
    db.exec('CREATE TABLE t (a, b AS (twice(a))); INSERT INTO t (a) VALUES (21), (22), (23), (24), (25)');
    db.close();
    const config = join(
      folderWith({
        'c.mjs': `export default { connect: (db) => db.function('twice', { deterministic: true }, (x) => x * 2) };`,
      }),
      'c.mjs',
    );
    const read = async (...args: string[]): Promise<unknown> =>
      JSON.parse((await inProcess('profile', '--db', file, ...args)).stdout);
    expect(await read()).toMatchObject({
      tables: [],
      unread: [{ table: 't', reason: expect.stringContaining('twice') }],
    });
    expect(await read('--config', config)).toMatchObject({ tables: [{ name: 't' }], unread: [] });
  });

  test.each([
    ['in WAL mode at rest', (file: string) => rest(file, 'WAL')],
    ['in DELETE mode at rest', (file: string) => rest(file, 'DELETE')],
    ['left by a crash in WAL mode', (file: string) => crash(file, 'WAL')],
    ['left by a crash with a journal', (file: string) => crash(file, 'DELETE')],
  ])('reads a database %s and leaves it as it was', async (_, make) => {
    const { source } = place();
    await make(source);
    const before = fingerprint(source);
    const { tables } = await profile({}, { file: source });
    expect(tables.map(({ name, rows }) => [name, rows])).toEqual([
      // Both are tiny: how many rows they have is not told.
      ['debits', 4],
      ['credits', 4],
    ]);
    expect(fingerprint(source)).toEqual(before);
  });

  test('an open database, while its owner is in a transaction', async () => {
    const file = production(orders);
    const owner = new Sqlite(file);
    owner.exec("BEGIN IMMEDIATE; INSERT INTO orders (status) VALUES ('new')");
    const before = readdirSync(dirname(file));
    // In a process of its own, since SQLite's locks belong to processes.
    const { status, stdout } = rowproof(['profile', '--db', file]);
    expect([status, JSON.parse(stdout).tables[0].rows]).toEqual([0, 7]);
    expect(readdirSync(dirname(file))).toEqual(before);
    owner.close();
  });
});

describe('rowproof profile says what is wrong and exits 2', () => {
  test.each<[string, (file: string) => string[], RegExp]>([
    ['no such file', (file) => ['--db', `${file}x`], /app\.dbx does not exist\.\n {2}Check the path/],
    ['a folder', (file) => ['--db', dirname(file)], /is a folder, not a file/],
    [
      'a column that is not there',
      (file) => ['--db', file, '--keep-values', 'orders.nope'],
      /--keep-values orders\.nope.*\n {2}The columns of orders are id, status/,
    ],
    [
      'one holder',
      (file) => ['--db', file, '--at-least', '1'],
      /--at-least 1: .*\n {2}Give a whole number of at least 2/,
    ],
    ['half a holder', (file) => ['--db', file, '--at-least', '2.5'], /--at-least/],
    ['a folder of migrations that is not there', (file) => ['--db', file, '/nowhere'], /nowhere/],
    [
      'an output that cannot be',
      (file) => ['--db', file, '-o', '/nowhere/x.json'],
      /\/nowhere\/x\.json cannot be written/,
    ],
    ['no database', () => [], /--db/],
  ])('%s', async (_, args, message) => {
    const { status, stdout, stderr } = await inProcess('profile', ...args(production(orders)));
    expect([status, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(message);
  });

  test('a file that is no database', async () => {
    const file = join(folderWith(), 'app.db');
    writeFileSync(file, 'not a database, but long enough to have a header of one hundred bytes. '.repeat(20));
    const { status, stderr } = await inProcess('profile', '--db', file);
    expect(status).toBe(2);
    expect(stderr).toMatch(/is not a SQLite database/);
  });
});
