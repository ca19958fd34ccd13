/** Migrations of SQLDelight: plain SQL, but for Kotlin's classes, and numbered by the version that they lead away from. */
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import { check } from '../../src/api.ts';
import { discoverMigrations } from '../../src/tools/discover.ts';
import { readHistory } from '../../src/tools/history.ts';
import { gate } from '../gate-source.ts';
import { folderWith } from '../temporary.ts';

const table = 'CREATE TABLE player (id INTEGER PRIMARY KEY, name TEXT NOT NULL);';

function statements(text: string): string[] {
  const folder = folderWith({ 'm/1.sqm': text });
  return readHistory(join(folder, 'm')).migrations.flatMap((each) =>
    each.statements.map(({ sql }) => sql.replaceAll(/\s+/g, ' ')),
  );
}

test('its folder is found, its files run in the order of their numbers, and others are told', () => {
  const folder = folderWith({
    'src/main/sqldelight/com/acme/Player.sq': table,
    'src/main/sqldelight/com/acme/10.sqm': 'SELECT 10;',
    'src/main/sqldelight/com/acme/2.sqm': 'SELECT 2;',
    'src/main/sqldelight/com/acme/draft.sqm': 'SELECT 3;',
  });
  const [place = ''] = discoverMigrations(folder);
  expect(place).toBe(`${folder}/src/main/sqldelight/com/acme`);
  const { runner, migrations, ignored } = readHistory(place);
  expect(runner).toMatchObject({ tool: 'sqldelight', driver: 'jdbc' });
  expect(migrations.map(({ id, name }) => [id, name])).toEqual([
    ['2', '2.sqm'],
    ['10', '10.sqm'],
  ]);
  expect(ignored.map(({ file }) => file)).toEqual([`${place}/draft.sqm`]);
});

describe('classes of Kotlin', () => {
  test.each([
    ['import com.acme.Team;\nimport kotlin.Int\n\nSELECT 1;', ['SELECT 1']],
    [
      'CREATE TABLE a (id INTEGER AS kotlin.Int NOT NULL, tags TEXT AS List<String?>, at TEXT as Instant DEFAULT 1);',
      ['CREATE TABLE a (id INTEGER NOT NULL, tags TEXT , at TEXT DEFAULT 1)'],
    ],
    ['ALTER TABLE a ADD COLUMN team TEXT AS Team;', ['ALTER TABLE a ADD COLUMN team TEXT']],
  ])('are no SQL: %s', (text, expected) => {
    expect(statements(text).map((sql) => sql.trimEnd())).toEqual(expected);
  });

  test.each([
    'CREATE TABLE b AS SELECT text AS title FROM a',
    'UPDATE a SET title = (SELECT text AS t FROM b)',
    'CREATE TABLE c (double REAL, twice REAL GENERATED ALWAYS AS (2 * double))',
  ])('and no other AS is touched: %s', (sql) => {
    expect(statements(`${sql};`)).toEqual([sql]);
  });

  test('leave every place as it was', () => {
    const folder = folderWith({ 'm/1.sqm': 'import a.B\n\nCREATE TABLE a (b TEXT AS B);\n\nSELECT 1;' });
    const [migration] = readHistory(join(folder, 'm')).migrations;
    expect(migration?.statements.map(({ line }) => line)).toEqual([3, 5]);
  });
});

test('a history begins at the base, and the version in the header tells what is pending', async () => {
  const folder = folderWith({
    'm/1.sqm': 'ALTER TABLE player ADD COLUMN team TEXT;',
    'm/2.sqm': 'ALTER TABLE player ADD COLUMN age INTEGER NOT NULL;',
    'base.sql': table,
  });
  const config = { migrations: join(folder, 'm'), base: join(folder, 'base.sql') };
  const { findings } = await check({ ...config, dataset: ['one-row'] });
  expect(findings.map(({ code, migration }) => [code, migration])).toEqual([['fails-on-rows', '2.sqm']]);
  const file = join(folder, 'app.db');
  const pendingAt = async (version: number): Promise<number | undefined> =>
    (await gate(config, { file: versioned(file, version) })).gate?.pending;
  expect([await pendingAt(1), await pendingAt(2), await pendingAt(3)]).toEqual([2, 1, 0]);
});

/** A database of a version, with its rows. */
function versioned(file: string, version: number): string {
  const db = new Database(file);
  if (version === 1) db.exec(`${table} INSERT INTO player VALUES (1, 'a');`);
  else db.exec(`ALTER TABLE player ADD COLUMN added_${version};`);
  db.pragma(`user_version = ${version}`);
  db.close();
  return file;
}
