import { join } from 'node:path';
import type { Faker } from '@faker-js/faker';
import { describe, expect, expectTypeOf, test } from 'vitest';
import { check, type SeedOptions, seed } from '../../src/api.ts';
import { type Config, defineConfig } from '../../src/config.ts';
import { HarnessError } from '../../src/errors.ts';
import type { SqlValue } from '../../src/model/connection.ts';
import type { Makers } from '../../src/model/maker.ts';
import type { SeedSummary } from '../../src/model/seeding.ts';
import { rows } from '../database/migrating.ts';
import { folderWith } from '../temporary.ts';

const users = `CREATE TABLE users (
  id INTEGER PRIMARY KEY, name TEXT NOT NULL, email TEXT NOT NULL UNIQUE, plan TEXT DEFAULT 'free', active INTEGER);`;
const posts = `CREATE TABLE posts (
  id INTEGER PRIMARY KEY, user_id INTEGER NOT NULL REFERENCES users (id), title TEXT NOT NULL);`;

interface Seeded {
  readonly summary: SeedSummary;
  readonly query: (sql: string) => unknown[];
}

/** A database at the last version of a history, given as SQL of its migrations. */
async function seeded(
  migrations: string | readonly string[],
  makers: Makers,
  { dataset, ...config }: Omit<Config, 'migrations' | 'makers'> = {},
): Promise<Seeded> {
  const file = join(folderWith(), 'seeded.db');
  const options: SeedOptions = { file, ...(dataset && { dataset }) };
  const summary = await seed({ ...config, migrations: history(migrations), makers }, options);
  return { summary, query: (sql) => rows(file, sql) };
}

function history(migrations: string | readonly string[]): string {
  return folderWith(Object.fromEntries([migrations].flat().map((sql, i) => [`${i + 1}_step.sql`, sql])));
}

async function refused(makers: unknown, migrations: string | readonly string[] = users): Promise<HarnessError> {
  // Makers of programs that no compiler has seen.
  const given = makers as Makers;
  const error: unknown = await check({ migrations: history(migrations), makers: given }).catch((thrown) => thrown);
  if (error instanceof HarnessError) return error;
  throw new Error(`it was not refused: ${String(error)}`);
}

test('makers have types for their arguments without annotations', () => {
  const { makers } = defineConfig({
    makers: {
      'users.email': ({ faker, row, index, table, column }) => {
        expectTypeOf(faker).toEqualTypeOf<Faker>();
        expectTypeOf(row).toEqualTypeOf<Readonly<Record<string, SqlValue | undefined>>>();
        expectTypeOf(index).toEqualTypeOf<number>();
        return `${table}.${column}`;
      },
      users: ({ faker, row, index }) => {
        expectTypeOf(faker).toEqualTypeOf<Faker>();
        expectTypeOf(row).toEqualTypeOf<Readonly<Record<string, SqlValue | undefined>>>();
        return { name: faker.person.fullName(), age: index, active: true, plan: undefined };
      },
      // @ts-expect-error A column holds no object.
      'users.settings': () => ({ dark: true }),
      // @ts-expect-error Makers run synchronously.
      'users.name': async () => 'Ada',
      // @ts-expect-error A column holds no Date.
      posts: () => ({ created_at: new Date() }),
    },
  });
  expect(Object.keys(makers ?? {})).toHaveLength(5);
});

describe('a maker of a column', () => {
  test.each(['one-row', 'typical', 'awkward'] as const)('fills every row of %s', async (dataset) => {
    const { query } = await seeded(
      users,
      { 'users.email': ({ index }) => `u${index}@acme.test` },
      { dataset: [dataset] },
    );
    expect(query("SELECT count(*) FROM users WHERE email <> 'u' || (id - 1) || '@acme.test'")).toEqual([[0]]);
    expect(query('SELECT count(*) FROM users')).toEqual([[dataset === 'typical' ? 100 : 1]]);
  });

  test('gives a value that depends on the seed number, the names and the index alone', async () => {
    const makers: Makers = { 'users.email': ({ faker }) => faker.internet.email() };
    const more: Makers = { ...makers, 'users.name': ({ faker }) => faker.person.fullName(), 'posts.title': () => 'x' };
    const emails = async (sql: string, own: Makers, number: number): Promise<unknown[]> =>
      (await seeded(sql, own, { seed: number, rows: 20 })).query('SELECT email FROM users ORDER BY id');
    const plain = await emails(users, makers, 7);
    expect(new Set(plain.map(String)).size).toBe(20);
    expect(await emails(`${posts}${users.replace('plan', 'nick TEXT, plan')}`, more, 7)).toEqual(plain);
    expect(await emails(users, makers, 8)).not.toEqual(plain);
  });

  test('receives the row so far, with the values of earlier makers and numbers for keys, and cannot change it', async () => {
    const seen: unknown[] = [];
    const { query } = await seeded([users, posts], {
      'posts.title': ({ row, table, column }) => {
        seen.push(typeof row['user_id'], Object.isFrozen(row), 'id' in row);
        return `${table}.${column} of ${row['user_id']}`;
      },
      'users.email': ({ row }) => `${row['name']}@acme.test`,
      users: ({ index }) => ({ name: `user ${index}` }),
    });
    expect(query("SELECT count(*) FROM users WHERE email <> name || '@acme.test' OR name NOT LIKE 'user %'")).toEqual([
      [0],
    ]);
    expect(query("SELECT count(*) FROM posts WHERE title <> 'posts.title of ' || user_id")).toEqual([[0]]);
    expect(new Set(seen)).toEqual(new Set(['number', true, false]));
  });

  test('decides on keys and references', async () => {
    const { query } = await seeded([users, posts], {
      'users.id': ({ index }) => BigInt(index) + 5_000_000_000_000n,
      'posts.user_id': () => 5_000_000_000_003,
    });
    expect(query('SELECT count(*), min(id), max(id) FROM users')).toEqual([
      [100, 5_000_000_000_000, 5_000_000_000_099],
    ]);
    expect(query('SELECT DISTINCT user_id FROM posts')).toEqual([[5_000_000_000_003]]);
  });

  test('decides on keys where each parent can have only one child', async () => {
    const profile = 'CREATE TABLE profiles (user_id INTEGER PRIMARY KEY REFERENCES users (id), bio TEXT);';
    const { query } = await seeded([users, profile], { 'profiles.user_id': ({ index }) => 100 - index });
    expect(query('SELECT count(*) FROM profiles')).toEqual([[100]]);
  });

  test('may give each row another kind of value', async () => {
    const kinds: readonly (SqlValue | boolean)[] = [null, true, 2.5, 2n ** 60n, 'text', Uint8Array.of(1, 2)];
    const { query } = await seeded(
      'CREATE TABLE t (v, n INTEGER)',
      { 't.v': ({ index }) => kinds[index] },
      { rows: 6 },
    );
    const expected = ['null', 'integer', 'real', 'integer', 'text', 'blob'];
    expect(query('SELECT typeof(v) FROM t')).toEqual(expected.map((kind) => [kind]));
  });
});

describe('a maker of a table', () => {
  test('fills the columns that it returns; undefined leaves one to its default', async () => {
    const { query } = await seeded(users, {
      users: ({ index }) => ({
        NAME: `user ${index}`,
        active: index % 2 === 0,
        ...(index % 2 === 0 && { plan: undefined }),
      }),
      'users.plan': ({ index }) => (index % 2 === 0 ? undefined : 'paid'),
    });
    expect(query('SELECT DISTINCT active, plan FROM users ORDER BY 1')).toEqual([
      [0, 'paid'],
      [1, 'free'],
    ]);
    expect(query("SELECT count(*) FROM users WHERE name LIKE 'user %' AND email LIKE '%@%'")).toEqual([[100]]);
  });

  test('may name columns of other versions', async () => {
    const later = 'ALTER TABLE users ADD COLUMN phone TEXT; ALTER TABLE users DROP COLUMN plan;';
    const makers: Makers = {
      users: ({ index }) => ({ phone: `+${index}`, plan: 'x' }),
      'users.plan': () => 'y',
    };
    const { query } = await seeded([users, later], makers);
    expect(query("SELECT count(*) FROM users WHERE phone LIKE '+%'")).toEqual([[100]]);
    expect((await check({ migrations: history([users, later]), makers })).notes).toEqual([]);
  });
});

test.each([
  ['case', 'CREATE TABLE "Users" ("E-Mail" TEXT)', 'uSERS.e-mAIL', 'SELECT DISTINCT "E-Mail" FROM "Users"'],
  ['a dot in the table', 'CREATE TABLE "a.b" ("c" TEXT)', 'a.b.c', 'SELECT DISTINCT c FROM "a.b"'],
  ['a dot in the column', 'CREATE TABLE "a" ("b.c" TEXT)', 'a.b.c', 'SELECT DISTINCT "b.c" FROM a'],
  [
    'quotes and spaces',
    'CREATE TABLE "we""ird t" ("or der" TEXT)',
    'we"ird t.or der',
    'SELECT DISTINCT "or der" FROM "we""ird t"',
  ],
  [
    'names of objects',
    'CREATE TABLE constructor (__proto__ TEXT)',
    'constructor.__proto__',
    'SELECT DISTINCT __proto__ FROM constructor',
  ],
])('names are matched as SQLite does: %s', async (_what, sql, key, query) => {
  expect((await seeded(sql, { [key]: () => 'mine' })).query(query)).toEqual([['mine']]);
});

test('a table whose name holds a dot takes precedence over a column', async () => {
  const sql = 'CREATE TABLE "a.b" (c TEXT); CREATE TABLE a (b TEXT);';
  const makers: object = { 'a.b': () => ({ c: 'mine' }) };
  const { query } = await seeded(sql, { ...makers });
  expect(query('SELECT DISTINCT c FROM "a.b"')).toEqual([['mine']]);
  expect(query("SELECT count(*) FROM a WHERE b = 'mine'")).toEqual([[0]]);
});

describe('a value that SQLite refuses is reported with its maker, and no row is made without it', () => {
  test.each<[string, string, Makers, string]>([
    [
      'NOT NULL',
      users,
      { 'users.email': () => null },
      'NOT NULL constraint failed: users.email; the maker of users.email gave email NULL',
    ],
    [
      'a column left to a default that it has not',
      users,
      { users: () => ({ name: undefined }) },
      'NOT NULL constraint failed: users.name; the maker of users left name to its default',
    ],
    [
      'CHECK',
      "CREATE TABLE users (plan TEXT CHECK (plan IN ('a', 'b')))",
      { 'users.plan': () => 'c' },
      "CHECK constraint failed: plan IN ('a', 'b'); the maker of users.plan gave plan 'c'",
    ],
    [
      'a foreign key',
      `${users}${posts}`,
      { 'users.id': () => 1, 'posts.user_id': () => 7 },
      'FOREIGN KEY constraint failed; the maker of posts.user_id gave user_id 7',
    ],
    [
      'a generated column',
      'CREATE TABLE users (a INTEGER, b AS (a + 1))',
      { 'users.b': () => 7 },
      'cannot INSERT into generated column "b"; the maker of users.b gave b 7',
    ],
    [
      'STRICT',
      'CREATE TABLE users (a INTEGER) STRICT',
      { 'users.a': () => 'x'.repeat(50) },
      `cannot store TEXT value in INTEGER column users.a; the maker of users.a gave a '${'x'.repeat(40)}…'`,
    ],
  ])('%s', async (_what, sql, makers, reason) => {
    const { summary } = await seeded(sql, makers, { dataset: ['one-row'] });
    const table = reason.includes('posts') ? 'posts' : 'users';
    expect(summary.unfilled).toEqual([{ table, reason }]);
    expect(summary.tables).toContainEqual({ table, rows: 0 });
    expect((await seeded(sql, makers)).summary.unfilled).toEqual([{ table, reason }]);
  });

  test('a value that repeats in a unique column', async () => {
    const { summary, query } = await seeded(users, { 'users.email': () => 'a' });
    expect(query('SELECT email FROM users')).toEqual([['a']]);
    expect(summary.notes).toEqual([
      "users accepts no more rows: UNIQUE constraint failed: users.email; the maker of users.email gave email 'a'",
    ]);
    expect(summary.noteFacts).toMatchObject([{ code: 'table-full', dataset: 'typical', facts: { table: 'users' } }]);
  });

  test('a check reports it too', async () => {
    const { notes } = await check({ migrations: history(users), makers: { 'users.email': () => null } });
    expect(notes.map(({ text }) => text)).toContain(
      'one-row: users has no row from version 1 on: NOT NULL constraint failed: users.email; the maker of users.email gave email NULL',
    );
  });
});

describe('a maker that breaks its rules ends the run', () => {
  const column = (give: () => unknown): object => ({ 'users.email': give });
  test.each<[string, object, RegExp, RegExp]>([
    [
      'throw',
      column(() => {
        throw new Error('no mail');
      }),
      /maker of users\.email threw at row 0: no mail/,
      /Correct it/,
    ],
    ['give a promise', column(async () => 'x'), /users\.email gave a promise/, /without async/],
    ['give a promise that fails', column(() => Promise.reject(new Error('x'))), /gave a promise/, /without async/],
    ['give an object', column(() => ({})), /gave an object/, /JSON\.stringify/],
    ['give an array', column(() => []), /gave an array/, /JSON\.stringify/],
    ['give a Date', column(() => new Date(0)), /gave a Date/, /toISOString/],
    ['give NaN', column(() => Number.NaN), /gave NaN/, /a number/],
    ['give more than 64 bits', column(() => 2n ** 64n), /gave a bigint/, /64 bits/],
    ['give a function', column(() => () => 1), /gave a function/, /Return text/],
    ['give text for a table', { users: () => 'Ada' }, /maker of users gave text/, /returns an object/],
    ['give nothing for a table', { users: () => {} }, /maker of users gave undefined/, /returns an object/],
    ['give a promise for a table', { users: async () => ({}) }, /maker of users gave a promise/, /without async/],
    ['give an object in a row', { users: () => ({ name: {} }) }, /users, for name, gave an object/, /JSON/],
    [
      'give an unknown column',
      { users: () => ({ emial: 'x' }) },
      /for emial, which users never has/,
      /id, name, email/,
    ],
    [
      'change the row',
      { users: ({ row }: { row: object }) => Object.assign(row, { name: 1 }) },
      /threw at row 0/,
      /Correct/,
    ],
    [
      'be for an unknown column',
      { 'users.emial': () => 1 },
      /"users\.emial" names a table or column/,
      /nearest name is users\.email\./,
    ],
    ['be for an unknown table', { user: () => ({}) }, /"user" names a table or column/, /nearest name is users\./],
    ['be for a name like no other', { 'quite.different': () => 1 }, /"quite\.different"/, /The tables are users\./],
    [
      'be two for one column',
      { 'users.email': () => 1, 'USERS.EMAIL': () => 2 },
      /"users\.email" and "USERS\.EMAIL"/,
      /leave one/,
    ],
    ['be no function', { 'users.email': 'x' }, /makers\["users\.email"\]: must be a function/, /Correct the value/],
  ])('%s', async (_what, makers, says, remedy) => {
    const error = await refused(makers);
    expect(error.code).toBe('bad-config');
    expect(error.message).toMatch(says);
    expect(error.remedy).toMatch(remedy);
  });

  test('makers that are no object', async () => {
    expect((await refused([() => 1])).message).toMatch(/makers: must be an object/);
  });

  test('a table that a program would have created may be missing', async () => {
    const folder = folderWith({ '1_users.sql': users, '2_more.ts': '' });
    const { findings } = await check({ migrations: folder, makers: { 'accounts.name': () => 'x' } });
    expect(findings).toEqual([]);
  });
});
