import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { check } from '../src/api.ts';
import type { Config } from '../src/config.ts';
import { folderWith } from './temporary.ts';

const schema = `CREATE TABLE shops (id INTEGER PRIMARY KEY, name TEXT, UNIQUE (name));
  CREATE TABLE orders (id INTEGER PRIMARY KEY, shop_id INTEGER REFERENCES shops, total, note TEXT);
  CREATE TABLE events (id INTEGER PRIMARY KEY, order_id INTEGER, payload TEXT);`;
const rows = `INSERT INTO shops VALUES (1, 'a'); INSERT INTO orders VALUES (1, 1, -9223372036854775808, NULL);
  INSERT INTO events VALUES (1, 1, '{"a":1');`;

/** The reported facts of each failure: statement, table, cause. */
async function placesOf(sql: string, config: Config = {}): Promise<unknown[]> {
  const folder = folderWith({ 'm/1.sql': schema, 'm/2.sql': sql, 'seeds/1.sql': rows });
  const { findings } = await check({
    migrations: join(folder, 'm'),
    seeds: join(folder, 'seeds'),
    dataset: ['fixture'],
    ...config,
  });
  return findings.map(({ statement, table, cause }) => [statement, table, cause]);
}

describe('a value that cannot be read is attributed to the table that holds it', () => {
  test.each<[string, string, number, string]>([
    ['its own', "UPDATE events SET id = json_extract(payload, '$.a')", 1, 'events'],
    [
      'of a subquery',
      "UPDATE orders SET note = (SELECT json_extract(e.payload, '$.a') FROM events AS e WHERE e.order_id = orders.id)",
      1,
      'events',
    ],
    [
      'inside another function',
      "UPDATE orders SET note = (SELECT json_extract(coalesce(payload, '{}'), '$.a') FROM events WHERE order_id = orders.id)",
      1,
      'events',
    ],
    [
      'beside an arrow',
      "UPDATE orders SET note = e.payload ->> '$.a' FROM events AS e WHERE order_id = orders.id",
      1,
      'events',
    ],
    ['that decides on deleted rows', "DELETE FROM orders WHERE id IN (SELECT payload -> 'a' FROM events)", 1, 'events'],
    [
      'of a common table expression',
      "CREATE TABLE n (a); WITH read AS (SELECT payload -> 'a' AS a FROM events) INSERT INTO n SELECT a FROM read",
      2,
      'events',
    ],
    [
      'joined to another',
      "CREATE TABLE n (a); INSERT INTO n SELECT json_extract(payload, '$.a') FROM orders JOIN events ON order_id = orders.id",
      2,
      'events',
    ],
    [
      'renamed first',
      "ALTER TABLE events RENAME TO events_old; CREATE TABLE events (id, a); INSERT INTO events SELECT id, payload -> 'a' FROM events_old; DROP TABLE events_old",
      3,
      'events',
    ],
    [
      'kept in a temporary table',
      "CREATE TEMP TABLE kept AS SELECT * FROM events; DROP TABLE events; CREATE TABLE events (id, a); INSERT INTO events SELECT id, payload -> 'a' FROM kept; DROP TABLE kept",
      4,
      'events',
    ],
    [
      'each element',
      'CREATE TABLE n (a); INSERT INTO n SELECT value FROM events, json_each(events.payload)',
      2,
      'events',
    ],
  ])('%s', async (_name, sql, statement, table) => {
    expect(await placesOf(sql)).toEqual([[statement, table, 'malformed-json']]);
  });

  test('a number beside JSON', async () => {
    expect(await placesOf('UPDATE orders SET total = abs(total)')).toEqual([[1, 'orders', 'integer-overflow']]);
  });
});

describe('a referenced table is reported under its former name', () => {
  test.each<[string, string, number, string, string]>([
    ['when dropped', 'DROP TABLE shops', 1, 'shops', 'parent-dropped'],
    [
      'when dropped after it was renamed',
      'ALTER TABLE shops RENAME TO shops_old; CREATE TABLE shops (id INTEGER PRIMARY KEY, name TEXT UNIQUE); INSERT INTO shops SELECT * FROM shops_old; DROP TABLE shops_old',
      4,
      'shops',
      'parent-dropped',
    ],
    ['when emptied', 'DELETE FROM shops', 1, 'shops', 'foreign-key-meets-rows'],
  ])('%s', async (_name, sql, ...place) => {
    // That keys lead nowhere afterwards is another finding.
    expect((await placesOf(sql)).slice(0, 1)).toEqual([place]);
  });
});

describe('a failure at COMMIT is attributed to the statement that caused it', () => {
  const deferred = 'PRAGMA defer_foreign_keys = ON;';
  test.each<[string, string, number, string, string]>([
    [
      'rows that are deleted',
      `${deferred} DELETE FROM shops; INSERT INTO shops VALUES (2, 'b')`,
      2,
      'shops',
      'foreign-key-meets-rows',
    ],
    [
      'rows that come',
      `${deferred} INSERT INTO orders SELECT 2, 9, 0, '' FROM shops`,
      2,
      'orders',
      'foreign-key-meets-rows',
    ],
    [
      'a parent that was dropped before another took its name',
      `${deferred} CREATE TABLE n (id INTEGER PRIMARY KEY, name TEXT UNIQUE); INSERT INTO n SELECT * FROM shops;
        DROP TABLE shops; ALTER TABLE n RENAME TO shops`,
      4,
      'shops',
      'parent-dropped',
    ],
    [
      'the COMMIT of the file, which is a statement',
      `BEGIN; ${deferred} DELETE FROM shops; COMMIT`,
      4,
      'shops',
      'foreign-key-meets-rows',
    ],
    [
      'rows that the check before it found',
      '-- rowproof: foreign_keys=off\nUPDATE orders SET note = 1; UPDATE orders SET shop_id = 7; DELETE FROM events',
      2,
      'orders',
      'foreign-key-check-failed',
    ],
  ])('%s', async (_name, sql, ...place) => {
    expect((await placesOf(sql)).slice(0, 1)).toEqual([place]);
  });
});

test('failures of ALTER TABLE in place have causes of their own', async () => {
  expect(await placesOf('ALTER TABLE orders ALTER COLUMN note SET NOT NULL')).toEqual([
    [1, 'orders', 'not-null-meets-null'],
  ]);
  expect(await placesOf('ALTER TABLE orders ADD CONSTRAINT paid CHECK (total > 0)')).toEqual([
    [1, 'orders', 'check-meets-rows'],
  ]);
});

test('the rows that a copy reads are reported, not those that a subquery looks up', async () => {
  const folder = folderWith({
    'm/1.sql': schema,
    'm/2.sql':
      'CREATE TABLE n (name TEXT NOT NULL); INSERT INTO n SELECT (SELECT payload FROM events WHERE order_id = 7) FROM shops;',
    'seeds/1.sql': rows,
  });
  const config = { migrations: join(folder, 'm'), seeds: join(folder, 'seeds'), dataset: ['fixture' as const] };
  const { findings } = await check(config);
  expect(findings[0]?.faults).toMatchObject([{ table: 'shops', rows: 1 }]);
});
