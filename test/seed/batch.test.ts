import { describe, expect, test } from 'vitest';
import type { Database } from '../../src/database/connection.ts';
import { batchedFrom } from '../../src/seed/load-rows.ts';
import { complaints } from './filling.ts';
import { grown, one, size } from './growing.ts';

/** Tables whose rows are put in many at a time, and what stands in the way of some of those rows. */
const tables = {
  'nothing in the way': 'CREATE TABLE t (id TEXT PRIMARY KEY, email TEXT NOT NULL, amount INTEGER, created_at TEXT);',
  'a CHECK that is not understood':
    'CREATE TABLE t (id INTEGER PRIMARY KEY, amount INTEGER NOT NULL CHECK (amount * 7 % 101 > 1));',
};

const dump = (db: Database, limit: number): unknown[] => db.prepare('SELECT * FROM t LIMIT ?').all(limit);

describe.each(Object.entries(tables))('rows that are inserted together, with %s', (_, sql) => {
  test('equal rows that are inserted one by one', async () => {
    const alone = await grown(sql, { rows: batchedFrom - 1 });
    const together = await grown(sql, { rows: 2 * batchedFrom });
    expect(size(together.db, 't')).toBe(2 * batchedFrom);
    expect(dump(together.db, batchedFrom - 1)).toEqual(dump(alone.db, batchedFrom - 1));
  });

  test('are the same bytes for the same seed number, and other bytes for another', async () => {
    const bytes = async (seed: number): Promise<Buffer> => (await grown(sql, { rows: 1_000, seed })).db.serialize();
    expect(await bytes(1)).toEqual(await bytes(1));
    expect(await bytes(2)).not.toEqual(await bytes(1));
  });
});

test('rows that are inserted together reference parents and repeat no pair of them', async () => {
  const { db } = await grown(
    `CREATE TABLE users (id INTEGER PRIMARY KEY); CREATE TABLE teams (id INTEGER PRIMARY KEY);
     CREATE TABLE t (id INTEGER PRIMARY KEY, user_id INTEGER NOT NULL REFERENCES users,
       team_id INTEGER NOT NULL REFERENCES teams, amount INTEGER NOT NULL CHECK (amount * 7 % 101 > 1));`,
    { rows: 2_000 },
  );
  expect(size(db, 't')).toBe(2_000);
  expect(complaints(db)).toEqual([]);
  expect(one(db, 'SELECT count(*) FROM (SELECT DISTINCT user_id, team_id FROM t)')).toBe(2_000);
});

test('a tree that grows by many rows at a time has many parents', async () => {
  const { db } = await grown('CREATE TABLE t (id INTEGER PRIMARY KEY, parent_id INTEGER REFERENCES t);', {
    rows: 2_000,
  });
  expect(complaints(db)).toEqual([]);
  expect(one(db, 'SELECT count(DISTINCT parent_id) FROM t')).toBeGreaterThan(200);
});
