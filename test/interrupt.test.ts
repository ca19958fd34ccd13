import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { check } from '../src/api.ts';
import type { Config } from '../src/config.ts';
import type { Report } from '../src/model/report.ts';
import { inProcess } from './cli/main.ts';
import { folderWith } from './temporary.ts';

const init = `CREATE TABLE IF NOT EXISTS prices (id INTEGER PRIMARY KEY, amount INTEGER NOT NULL, unit TEXT);
  CREATE TABLE IF NOT EXISTS tags (name TEXT);
  CREATE TABLE IF NOT EXISTS sizes (size TEXT COLLATE NOCASE);`;
const rows =
  "INSERT INTO prices VALUES (1, 5, 'euro'), (2, 7, 'euro'); INSERT INTO tags VALUES ('a'), ('b'); INSERT INTO sizes VALUES ('s'), ('s'), ('m');";

async function interrupted(sql: string, config: Config = {}): Promise<unknown[]> {
  const folder = folderWith({ 'm/1_init.sql': init, 'm/2_next.sql': sql, 'seeds/1_rows.sql': rows });
  const { findings } = await check({
    migrations: join(folder, 'm'),
    seeds: join(folder, 'seeds'),
    dataset: ['fixture'],
    transaction: 'none',
    interrupt: true,
    ...config,
  });
  return findings
    .filter(({ severity }) => severity !== 'note')
    .map((found) => {
      const facts = found.code === 'not-rerunnable' ? { after: found.facts.after, changed: found.facts.changed } : {};
      const { code, cause, severity, statement, table, datasets } = found;
      return { code, cause, severity, statement, table, datasets: datasets.join(), ...facts };
    });
}

const finding = { code: 'not-rerunnable', severity: 'warning' };
const everywhere = { datasets: 'fixture,empty' };
const onRows = { datasets: 'fixture' };

describe('a migration that is stopped between two statements and run again', () => {
  test.each<[string, string, readonly object[]]>([
    [
      'fails on the objects that it made',
      'CREATE TABLE a (x); CREATE TABLE b (x); CREATE TABLE c (x);',
      [{ cause: 'interrupted', statement: 1, table: 'a', after: [1, 2], changed: [], ...everywhere }],
    ],
    [
      'repeats a change that only rows show',
      "UPDATE prices SET amount = amount * 100; UPDATE prices SET unit = 'cent'; SELECT 1;",
      [
        {
          cause: 'done-twice',
          statement: 1,
          table: 'prices',
          after: [1, 2],
          changed: ['prices'],
          ...onRows,
        },
      ],
    ],
    [
      'puts rows in again',
      "INSERT INTO tags VALUES ('c'); INSERT INTO tags VALUES ('d');",
      [{ cause: 'done-twice', statement: 1, table: 'tags', after: [1], changed: ['tags'], ...everywhere }],
    ],
    [
      'puts rows into a virtual table again',
      "CREATE VIRTUAL TABLE IF NOT EXISTS words USING fts5(word); INSERT INTO words VALUES ('a'); SELECT 1;",
      [{ cause: 'done-twice', statement: 2, table: 'words', after: [2], changed: ['words'], ...everywhere }],
    ],
    [
      'makes an index that it drops later',
      'CREATE INDEX IF NOT EXISTS i ON tags (name); CREATE INDEX IF NOT EXISTS j ON tags (name); DROP INDEX IF EXISTS i; SELECT 1;',
      [],
    ],
    [
      'does both',
      "INSERT INTO tags (name) VALUES ('c'); ALTER TABLE tags ADD COLUMN colour TEXT; SELECT 1;",
      [
        { cause: 'done-twice', statement: 1, table: 'tags', after: [1], changed: ['tags'], ...everywhere },
        { cause: 'interrupted', statement: 2, table: 'tags', after: [2], changed: [], ...everywhere },
      ],
    ],
    [
      'swaps the counts of equal rows',
      "UPDATE sizes SET size = CASE size WHEN 's' THEN 'm' ELSE 's' END; SELECT 1;",
      [{ cause: 'done-twice', statement: 1, table: 'sizes', after: [1], changed: ['sizes'], ...onRows }],
    ],
    [
      'changes values that its collation treats as equal',
      'UPDATE sizes SET size = CASE WHEN size = upper(size) COLLATE BINARY THEN lower(size) ELSE upper(size) END; SELECT 1;',
      [{ cause: 'done-twice', statement: 1, table: 'sizes', after: [1], changed: ['sizes'], ...onRows }],
    ],
    [
      'loses its transaction and no more',
      "BEGIN; UPDATE prices SET amount = amount * 100; CREATE TABLE a (x); COMMIT; UPDATE prices SET unit = 'cent';",
      [{ cause: 'interrupted', statement: 3, table: 'a', after: [4], changed: [], ...everywhere }],
    ],
  ])('%s', async (_name, sql, expected) => {
    expect(await interrupted(sql)).toEqual(expected.map((each) => ({ ...finding, ...each })));
  });

  test.each<[string, string]>([
    ['has one statement', 'CREATE TABLE a (x);'],
    [
      'may be run twice',
      'CREATE TABLE IF NOT EXISTS a (x); INSERT OR REPLACE INTO prices VALUES (1, 6, NULL); SELECT 1;',
    ],
    ['commits once', 'BEGIN; UPDATE prices SET amount = amount * 100; CREATE TABLE a (x); COMMIT;'],
    [
      'rebuilds behind IF EXISTS',
      `DROP TABLE IF EXISTS fresh; CREATE TABLE fresh (name TEXT);
      INSERT INTO fresh SELECT name FROM tags; DELETE FROM tags WHERE false;`,
    ],
    [
      'differs by the clock and by chance alone',
      `CREATE TABLE IF NOT EXISTS a (x PRIMARY KEY, at, r);
      INSERT OR REPLACE INTO a VALUES (1, strftime('%f'), random()); SELECT 1;`,
    ],
    [
      'works with a temporary table',
      `DROP TABLE IF EXISTS temp.a; CREATE TEMP TABLE a AS SELECT * FROM tags;
      DELETE FROM tags; INSERT INTO tags SELECT * FROM a WHERE false;`,
    ],
  ])('equals one run where it %s', async (_name, sql) => {
    expect(await interrupted(sql)).toEqual([]);
  });

  test('is not stopped inside the transaction of the migrator', async () => {
    expect(await interrupted('CREATE TABLE a (x); CREATE TABLE b (x);', { transaction: 'per-migration' })).toEqual([]);
  });

  test('is not stopped unless the option is set', async () => {
    expect(await interrupted('CREATE TABLE a (x); CREATE TABLE b (x);', { interrupt: false })).toEqual([]);
  });

  test('is reported with the number of stops', async () => {
    const folder = folderWith({ 'm/1_a.sql': 'CREATE TABLE a (x); CREATE TABLE b (x);' });
    const notes = async (transaction: 'none' | 'per-migration'): Promise<Report['notes']> =>
      (await check({ migrations: join(folder, 'm'), dataset: ['one-row'], interrupt: true, transaction })).notes;
    expect(await notes('none')).toMatchObject([{ code: 'interrupted', facts: { stops: 2 } }]);
    expect(await notes('per-migration')).toMatchObject([{ code: 'interrupted', facts: { stops: 0 } }]);
    const flags = ['--dataset', 'one-row', '--interrupt', '--transaction', 'none'];
    expect((await inProcess('check', join(folder, 'm'), ...flags)).stdout).toContain('interrupt: ');
  });
});
