/** A statement that a tool does not run is an error, at its line, although SQLite itself takes it. */
import { describe, expect, test } from 'vitest';
import { check } from '../../src/api.ts';
import { folderWith } from '../temporary.ts';
import { refusedByD1, takenByD1 } from './d1-cases.ts';

const table = 'CREATE TABLE a (b);';
const wrangler = { 'wrangler.toml': '[[d1_databases]]\nbinding = "DB"\n' };
const journal = (tags: readonly string[]): string =>
  JSON.stringify({ dialect: 'sqlite', entries: tags.map((tag, idx) => ({ idx, tag, when: idx + 1 })) });

async function refused(
  files: Readonly<Record<string, string>>,
  place: string,
  config: object = {},
): Promise<unknown[]> {
  const { findings } = await check({ migrations: `${folderWith(files)}/${place}`, dataset: ['one-row'], ...config });
  return findings.filter(({ code }) => code === 'refused-by-tool').map(({ line, message }) => [line, message]);
}

describe('D1', () => {
  test.each([
    ['CREATE TEMP TABLE s (x);', 'D1 refuses temporary objects'],
    ['BEGIN; COMMIT;', 'D1 refuses BEGIN'],
    ['SAVEPOINT s; RELEASE s;', 'D1 refuses SAVEPOINT'],
    ['PRAGMA user_version = 3;', 'D1 refuses PRAGMA user_version'],
    ["ATTACH ':memory:' AS m;", 'D1 refuses ATTACH'],
    ['CREATE TABLE c (d)', expect.stringMatching(/must end with a semicolon/)],
  ])('%s', async (sql, message) => {
    const found = await refused(
      { ...wrangler, 'migrations/0001_a.sql': table, 'migrations/0002_b.sql': `-- b\n${sql}` },
      'migrations',
    );
    expect(found[0]).toEqual([2, message]);
  });

  // D1 is judged on node:sqlite, and Node 22 runs this PRAGMA in no folder.
  const isRun = (sql: string): boolean => !(process.versions.node.startsWith('22.') && /writable_schema/.test(sql));

  test.each(refusedByD1.filter(isRun))('refuses the statements that D1 refuses: %s', async (sql) => {
    const files = { ...wrangler, 'migrations/0001_a.sql': table, 'migrations/0002_b.sql': sql };
    expect(await refused(files, 'migrations')).not.toEqual([]);
  });

  test('accepts the statements that D1 accepts', async () => {
    const fine = [table, ...takenByD1].join('\n');
    expect(await refused({ ...wrangler, 'migrations/0001_a.sql': fine }, 'migrations')).toEqual([]);
  });
});

describe('drizzle', () => {
  const files = (text: string) => ({ 'd/0000_a.sql': text, 'd/meta/_journal.json': journal(['0000_a']) });
  const two = `${table}\nCREATE TABLE c (d);`;

  test('two statements between breakpoints', async () => {
    expect(await refused(files(two), 'd')).toEqual([[2, expect.stringMatching(/a second statement/)]]);
    expect(await refused(files(two), 'd', { driver: 'libsql' })).toEqual([
      [2, expect.stringMatching(/^libsql runs only the first/)],
    ]);
    expect(await refused(files(two), 'd', { driver: 'node' })).toEqual([
      [2, expect.stringMatching(/^node:sqlite runs only the first/)],
    ]);
  });

  test('a breakpoint with nothing behind it', async () => {
    const text = `${table}\n--> statement-breakpoint\n`;
    expect(await refused(files(text), 'd')).toEqual([
      [1, expect.stringMatching(/no statement follows the breakpoint/)],
    ]);
    expect(await refused(files(text), 'd', { driver: 'libsql' })).toHaveLength(1);
  });

  test('one statement in each piece', async () => {
    expect(await refused(files(`${table}\n--> statement-breakpoint\nCREATE TABLE c (d);`), 'd')).toEqual([]);
  });
});

const trigger = 'CREATE TRIGGER t AFTER INSERT ON a\nBEGIN\n  DELETE FROM a;\nEND;';

describe.each([
  ['goose', 'goose', 'goose'],
  ['sql-migrate', 'migrate', 'sql-migrate'],
])('%s', (_name, mark, title) => {
  const files = (body: string) => ({
    'g/1_a.sql': `-- +${mark} Up\n${table}\n${body}\n-- +${mark} Down\nDROP TABLE a;`,
  });

  test('cuts a trigger that does not stand between its annotations', async () => {
    const whole = `-- +${mark} StatementBegin\n${trigger}\n-- +${mark} StatementEnd`;
    expect(await refused(files(trigger), 'g')).toEqual([[3, expect.stringMatching(`^${title} cuts`)]]);
    expect(await refused(files(whole), 'g')).toEqual([]);
  });

  test.each([
    ['CREATE TABLE c (d)', true],
    ['CREATE TABLE c (d); SELECT 1', true],
    ['CREATE TABLE c (d)\n-- the end', true],
    ['CREATE TABLE c (d); -- the end', false],
    ['CREATE TABLE c (d)\n;', false],
    ['CREATE TABLE c (d);\n\n-- the end', false],
  ])('remaining text: %s', async (body, isRefused) => {
    const found = await refused(files(body), 'g');
    expect(found.length > 0).toBe(isRefused);
  });
});

test('Flyway refuses PRAGMA foreign_keys beside other statements', async () => {
  const sql = `PRAGMA foreign_keys = OFF;\n${table}`;
  expect(await refused({ 'f/V1__a.sql': sql }, 'f')).toEqual([[1, expect.stringMatching(/Flyway refuses/)]]);
  const out = { 'f/V1__a.sql': sql, 'f/V1__a.sql.conf': 'executeInTransaction=false' };
  expect(await refused(out, 'f')).toEqual([]);
});

test('Flyway refuses a placeholder that has no value', async () => {
  const sql = `CREATE TABLE a (b);\nINSERT INTO a VALUES (${'${'}size});`;
  const conf = { 'flyway.conf': 'flyway.placeholders.size=3' };
  expect(await refused({ 'f/V1__a.sql': sql }, 'f')).toEqual([[2, expect.stringMatching(/gives \$\{size\} a value/)]]);
  expect(await refused({ 'f/V1__a.sql': sql, ...conf }, 'f')).toEqual([]);
});

test('a statement that the SQLite of production does not know is an error where its version is known', async () => {
  const migrations = folderWith({
    '1_a.sql': 'CREATE TABLE a (b, c);',
    '2_b.sql': '\nALTER TABLE a ADD CONSTRAINT p CHECK (b > 0);',
  });
  const newer = async (config: object): Promise<unknown[]> => {
    const { findings } = await check({ migrations, dataset: ['one-row'], ...config });
    return findings.filter(({ code }) => code === 'needs-newer-sqlite').map(({ line, facts }) => [line, facts]);
  };
  expect(await newer({})).toEqual([]);
  expect(await newer({ sqlite: '3.40' })).toEqual([
    [2, { what: 'ALTER TABLE … CONSTRAINT', since: '3.53', production: '3.40' }],
  ]);
  expect(await newer({ driver: 'libsql' })).toEqual([[2, expect.objectContaining({ production: '3.45.1' })]]);
  await expect(newer({ sqlite: 'new' })).rejects.toMatchObject({ code: 'bad-config' });
});

describe('a BEGIN of its own', () => {
  const own = `BEGIN;\n${table}\nCOMMIT;`;

  test.each([
    ['dbmate', { 'd/1_a.sql': `-- migrate:up\n${own}\n-- migrate:down\n` }, 'd', 2],
    ['goose', { 'g/1_a.sql': `-- +goose Up\n${own}\n` }, 'g', 2],
    ['diesel', { 'diesel.toml': '', 'm/1_a/up.sql': own }, 'm', 1],
    ['npm-sqlite', { 'n/1-a.sql': `${own}\n-- Down\n` }, 'n', 1],
  ])('is refused where %s has begun', async (_tool, files, place, line) => {
    expect(await refused(files, place)).toEqual([[line, expect.stringMatching(/has already begun a transaction/)]]);
  });

  test.each([
    [
      'dbmate without a transaction',
      { 'd/1_a.sql': `-- migrate:up transaction:false\n${own}\n-- migrate:down\n` },
      'd',
    ],
    ['postgrator', { 'p/1.do.a.sql': own }, 'p'],
    ['Prisma', { 'p/migration_lock.toml': 'provider = "sqlite"', 'p/1_a/migration.sql': own }, 'p'],
    ['nobody knows who', { 'm/1_a.sql': own }, 'm'],
  ])('is fine under %s', async (_tool, files, place) => {
    expect(await refused(files, place)).toEqual([]);
  });
});
