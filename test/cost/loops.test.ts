import Sqlite from 'better-sqlite3';
import { expect, test } from 'vitest';
import { hasNestedLoops } from '../../src/cost/loops.ts';
import type { Instruction } from '../../src/database/write-watch.ts';

const schema = `CREATE TABLE p (id INTEGER PRIMARY KEY, k TEXT, u TEXT UNIQUE);
  CREATE TABLE c (id INTEGER PRIMARY KEY, p INTEGER REFERENCES p (id) ON DELETE CASCADE, k TEXT);
  CREATE TABLE log (id INTEGER PRIMARY KEY, k TEXT);
  CREATE TRIGGER searches AFTER UPDATE OF k ON p BEGIN UPDATE log SET k = '' WHERE k = new.k; END;
  CREATE TRIGGER notes AFTER UPDATE OF k ON c BEGIN INSERT INTO log (k) VALUES (new.k); END;`;

test.each<[string, boolean]>([
  ['UPDATE p SET u = lower(u)', false],
  ['INSERT INTO log (k) SELECT k FROM p', false],
  ['DELETE FROM log WHERE k IN (SELECT k FROM p)', false],
  ['UPDATE log SET k = (SELECT u FROM p WHERE p.id = log.id)', false],
  ['UPDATE log SET k = (SELECT k FROM p WHERE p.u = log.k)', false],
  ['UPDATE log SET k = (SELECT max(k) FROM p)', false],
  ["UPDATE c SET k = 'x'", false],
  ['UPDATE log SET k = (SELECT u FROM p WHERE p.k = log.k)', true],
  ['DELETE FROM log WHERE EXISTS (SELECT 1 FROM p WHERE p.k = log.k)', true],
  ["UPDATE p SET k = 'x'", true],
  ['DELETE FROM p', true],
  ['CREATE TABLE n AS SELECT a.id FROM p AS a, p AS b', true],
])('%s: %s', (sql, expected) => {
  const db = new Sqlite(':memory:');
  db.exec(schema);
  const instructions = db.prepare<[], Instruction>(`EXPLAIN ${sql}`).all();
  db.close();
  expect(hasNestedLoops(instructions)).toBe(expected);
});
