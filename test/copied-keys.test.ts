/** Keys that a migration computes, and numbers that it counts on: the rows that meet them, from the schema alone. */
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { check } from '../src/api.ts';
import { folderWith } from './temporary.ts';

/** The findings on the last of two migrations, with what they need and whether plain rows answer the question. */
async function shown(first: string, last: string): Promise<string[]> {
  const folder = folderWith({ 'm/1.sql': first, 'm/2.sql': last });
  const { findings } = await check({
    migrations: join(folder, 'm'),
    rewrites: false,
    dataset: ['one-row', 'typical', 'awkward'],
  });
  return findings
    .filter(({ severity }) => severity !== 'note')
    .map(({ severity, cause, table, statement, hazards }) => {
      const needs = hazards.map(({ kind, table: of, columns }) => `${kind} ${of}.${columns.join('+')}`);
      return `${severity} ${cause} ${table} ${statement}: ${needs.join(', ')}`;
    });
}

describe('a key that is copied', () => {
  test('is in use where the copy moves numbers by a constant', async () => {
    const tables =
      'CREATE TABLE a (id INTEGER PRIMARY KEY, name TEXT NOT NULL); CREATE TABLE old (id INTEGER PRIMARY KEY, name TEXT NOT NULL);';
    const told = await shown(tables, 'INSERT INTO a (id, name) SELECT id + 1000, name FROM old; DELETE FROM old;');
    expect(told).toEqual(['warning unique-meets-duplicates a 1: taken-key a.id']);
  });

  test('is in use in two columns, one of them a reference', async () => {
    const told = await shown(
      `CREATE TABLE users (id TEXT PRIMARY KEY NOT NULL, email TEXT NOT NULL UNIQUE);
       CREATE TABLE spaces (id TEXT PRIMARY KEY NOT NULL, owner_id TEXT NOT NULL REFERENCES users (id), name TEXT NOT NULL, UNIQUE (owner_id, name));`,
      "INSERT INTO spaces SELECT 'ws_' || id, id, 'Personal' FROM users;",
    );
    expect(told).toEqual(['warning unique-meets-duplicates spaces 1: taken-key spaces.owner_id+name']);
  });

  test('is free where the copy asks first', async () => {
    const told = await shown(
      'CREATE TABLE a (id INTEGER PRIMARY KEY, slug TEXT NOT NULL UNIQUE); CREATE TABLE old (slug TEXT NOT NULL);',
      'INSERT INTO a (slug) SELECT DISTINCT slug FROM old WHERE slug NOT IN (SELECT slug FROM a);',
    );
    expect(told).toEqual([]);
  });

  test('replaces a row together with its children', async () => {
    const told = await shown(
      `CREATE TABLE couriers (id INTEGER PRIMARY KEY, code TEXT NOT NULL UNIQUE, name TEXT NOT NULL);
       CREATE TABLE parcels (id INTEGER PRIMARY KEY, courier_id INTEGER NOT NULL REFERENCES couriers (id) ON DELETE CASCADE);`,
      "INSERT OR REPLACE INTO couriers (code, name) VALUES ('dhl', 'DHL Express'), ('ups', 'UPS');",
    );
    expect(told).toEqual(['warning cascade-on-delete parcels 1: taken-key couriers.code']);
  });

  test('is that of another table in a UNION', async () => {
    const told = await shown(
      'CREATE TABLE photos (path TEXT PRIMARY KEY, width INTEGER); CREATE TABLE videos (path TEXT PRIMARY KEY, seconds REAL);',
      `CREATE TABLE media AS SELECT path, width AS size FROM photos UNION SELECT path, seconds FROM videos;
       CREATE UNIQUE INDEX media_path ON media (path);`,
    );
    expect(told).toEqual(['warning unique-meets-duplicates media 2: shared-key photos.path, shared-key videos.path']);
  });
});

describe('a key that is made of another value', () => {
  test.each([
    ['a replacement', "UPDATE t SET code = replace(code, '_', '-');", 'made-equal t 1'],
    ['a beginning', 'CREATE UNIQUE INDEX i ON t (substr(code, 1, 3));', 'unique-meets-duplicates t 1'],
    [
      'a copy',
      'CREATE TABLE n (k TEXT PRIMARY KEY); INSERT INTO n SELECT substr(code, 1, 4) FROM t;',
      'unique-meets-duplicates n 2',
    ],
  ])('repeats by %s', async (_, last, expected) => {
    const told = await shown('CREATE TABLE t (id INTEGER PRIMARY KEY, code TEXT NOT NULL UNIQUE);', last);
    // Plain rows may repeat it already.
    expect(told.map((each) => each.replace(/^\w+ |:.*$/g, ''))).toEqual([expected]);
  });

  test('repeats by the year of a day, beside another part of the key', async () => {
    const told = await shown(
      'CREATE TABLE t (id INTEGER PRIMARY KEY, dept TEXT NOT NULL, starts_on TEXT NOT NULL, UNIQUE (dept, starts_on));',
      `ALTER TABLE t ADD COLUMN year INTEGER; UPDATE t SET year = CAST(substr(starts_on, 1, 4) AS INTEGER);
       CREATE UNIQUE INDEX i ON t (dept, year);`,
    );
    expect(told).toEqual(['warning unique-meets-duplicates t 3: duplicate t.starts_on+dept']);
  });
});

describe('numbers', () => {
  test('that a copy gives anew are told where a column refers to them by name', async () => {
    const copy = `CREATE TABLE n (id INTEGER PRIMARY KEY, title TEXT NOT NULL); INSERT INTO n (title) SELECT title FROM albums;
      DROP TABLE albums; ALTER TABLE n RENAME TO albums;`;
    const albums = 'CREATE TABLE albums (id INTEGER PRIMARY KEY, title TEXT NOT NULL);';
    expect(await shown(`${albums} CREATE TABLE tracks (albumId INTEGER NOT NULL, name TEXT);`, copy)).toEqual([
      'warning default-instead-of-copy albums 2: gap albums.id',
    ]);
    expect(await shown(`${albums} CREATE TABLE tracks (no INTEGER NOT NULL, name TEXT);`, copy)).toEqual([]);
  });

  test('that are counted through have gaps', async () => {
    const told = await shown(
      'CREATE TABLE docks (id INTEGER PRIMARY KEY, name TEXT NOT NULL);',
      `CREATE TABLE berths (no INTEGER PRIMARY KEY, dock TEXT NOT NULL);
       WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < (SELECT max(id) FROM docks))
       INSERT INTO berths SELECT i, (SELECT name FROM docks WHERE id = i) FROM n WHERE (SELECT count(*) FROM docks) > 0;`,
    );
    expect(told).toEqual(['warning not-null-meets-null berths 2: gap docks.id']);
  });
});
