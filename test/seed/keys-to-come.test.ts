import { expect, test } from 'vitest';
import { column, grown, one, size } from './growing.ts';

test('a list that a migration to come checks is the list of a key, each value once', async () => {
  const { db } = await grown('CREATE TABLE options (name TEXT PRIMARY KEY, content TEXT NOT NULL);', {
    later: `CREATE TABLE options_new (name TEXT PRIMARY KEY CHECK (name IN ('sender', 'title', 'home')), content TEXT NOT NULL);
            INSERT INTO options_new SELECT * FROM options; DROP TABLE options; ALTER TABLE options_new RENAME TO options;`,
  });
  expect(column(db, 'options', 'name').sort()).toEqual(['home', 'sender', 'title']);
});

test('the values of a list that a migration to come checks all occur', async () => {
  const { db } = await grown('CREATE TABLE jobs (id INTEGER PRIMARY KEY, status TEXT NOT NULL);', {
    later: `CREATE TABLE jobs_new (id INTEGER PRIMARY KEY, status TEXT NOT NULL CHECK (status IN ('new', 'done', 'lost')));
            INSERT INTO jobs_new SELECT * FROM jobs; DROP TABLE jobs; ALTER TABLE jobs_new RENAME TO jobs;`,
  });
  expect([...new Set(column(db, 'jobs', 'status'))].sort()).toEqual(['done', 'lost', 'new']);
});

test('rows that a search finds are not repeated by those that are drawn after them', async () => {
  const { db } = await grown(
    `CREATE TABLE keepers (id INTEGER PRIMARY KEY); CREATE TABLE sheds (id INTEGER PRIMARY KEY);
     CREATE TABLE visits (id INTEGER PRIMARY KEY, keeper_id INTEGER NOT NULL REFERENCES keepers,
       shed_id INTEGER NOT NULL REFERENCES sheds, is_main BOOLEAN NOT NULL DEFAULT 0);`,
    { rows: 60, later: 'CREATE UNIQUE INDEX one_main ON visits (keeper_id, shed_id);' },
  );
  expect(size(db, 'visits')).toBe(60);
  expect(one(db, 'SELECT count(*) FROM (SELECT DISTINCT keeper_id, shed_id FROM visits)')).toBe(60);
});

test('a key to come of several columns keeps nothing that repeats only one of them', async () => {
  const { db } = await grown(
    `CREATE TABLE beacons (id INTEGER PRIMARY KEY, level INTEGER NOT NULL, site TEXT NOT NULL);
     INSERT INTO beacons VALUES (1, 2, 'north'), (2, 3, 'south');`,
    { rows: 30, later: 'CREATE UNIQUE INDEX one_level ON beacons (level, site);' },
  );
  expect(size(db, 'beacons')).toBe(30);
  expect(one(db, 'SELECT count(*) FROM (SELECT DISTINCT level, site FROM beacons)')).toBe(30);
});

test('an end of a connection is the row of its parent that stands before the other end', async () => {
  const { db } = await grown(
    `CREATE TABLE stops (id INTEGER PRIMARY KEY);
     CREATE TABLE ways (id INTEGER PRIMARY KEY, from_stop_id INTEGER NOT NULL REFERENCES stops,
       to_stop_id INTEGER NOT NULL REFERENCES stops);`,
  );
  expect(one(db, 'SELECT count(*) FROM ways WHERE from_stop_id >= to_stop_id')).toBe(0);
  expect(one(db, 'SELECT count(*) FROM (SELECT DISTINCT from_stop_id, to_stop_id FROM ways)')).toBe(size(db, 'ways'));
});
