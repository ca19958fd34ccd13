/** What a tool does not run as it stands is an error, at its line, although SQLite itself takes it. */
import { describe, expect, test } from 'vitest';
import { check } from '../../src/api.ts';
import { folderWith } from '../temporary.ts';

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

  test('takes what it takes', async () => {
    const fine = `${table}\nPRAGMA foreign_keys = OFF;\nCREATE TRIGGER t AFTER INSERT ON a BEGIN DELETE FROM a; END;\n-- the end`;
    expect(await refused({ ...wrangler, 'migrations/0001_a.sql': fine }, 'migrations')).toEqual([]);
  });
});

describe('drizzle', () => {
  const files = (text: string) => ({ 'd/0000_a.sql': text, 'd/meta/_journal.json': journal(['0000_a']) });
  const two = `${table}\nCREATE TABLE c (d);`;

  test('two statements between breakpoints', async () => {
    expect(await refused(files(two), 'd')).toEqual([[2, expect.stringMatching(/this is a second one/)]]);
    expect(await refused(files(two), 'd', { driver: 'libsql' })).toEqual([
      [2, expect.stringMatching(/runs only the first/)],
    ]);
  });

  test('a breakpoint with nothing behind it', async () => {
    const text = `${table}\n--> statement-breakpoint\n`;
    expect(await refused(files(text), 'd')).toEqual([[1, expect.stringMatching(/no statement behind it/)]]);
    expect(await refused(files(text), 'd', { driver: 'libsql' })).toEqual([]);
  });

  test('a statement a piece', async () => {
    expect(await refused(files(`${table}\n--> statement-breakpoint\nCREATE TABLE c (d);`), 'd')).toEqual([]);
  });
});

test('goose cuts a trigger that does not stand between its annotations', async () => {
  const trigger = 'CREATE TRIGGER t AFTER INSERT ON a\nBEGIN\n  DELETE FROM a;\nEND;';
  const bare = `-- +goose Up\n${table}\n${trigger}\n-- +goose Down\nDROP TABLE a;`;
  const whole = `-- +goose Up\n${table}\n-- +goose StatementBegin\n${trigger}\n-- +goose StatementEnd\n`;
  expect(await refused({ 'g/1_a.sql': bare }, 'g')).toEqual([[3, expect.stringMatching(/goose cuts/)]]);
  expect(await refused({ 'g/1_a.sql': whole }, 'g')).toEqual([]);
});

test('Flyway refuses PRAGMA foreign_keys beside other statements', async () => {
  const sql = `PRAGMA foreign_keys = OFF;\n${table}`;
  expect(await refused({ 'f/V1__a.sql': sql }, 'f')).toEqual([[1, expect.stringMatching(/Flyway refuses/)]]);
  const out = { 'f/V1__a.sql': sql, 'f/V1__a.sql.conf': 'executeInTransaction=false' };
  expect(await refused(out, 'f')).toEqual([]);
});

test('a statement that production does not know yet is an error where its version is known', async () => {
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
