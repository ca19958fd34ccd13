import { describe, expect, test } from 'vitest';
import { readCollations } from '../../src/sql/collations.ts';
import { commonTablesIn } from '../../src/sql/common-tables.ts';
import { namesIn } from '../../src/sql/names.ts';
import { nameAfter } from '../../src/sql/renames.ts';
import { triggerEvent } from '../../src/sql/trigger-text.ts';
import { buildMigration } from '../build.ts';

test('names are words and quoted names, folded; strings and comments are not names', () => {
  expect([...namesIn(`SELECT "A b", [c], t.D FROM 't' -- e`)]).toEqual(['select', 'a b', 'c', 't', 'd', 'from']);
});

test.each([
  ['CREATE TABLE t (a TEXT COLLATE NOCASE, "B" TEXT NOT NULL collate rtrim, c)', { a: 'nocase', b: 'rtrim' }],
  ['CREATE TABLE t (a TEXT CHECK (a = b COLLATE NOCASE), UNIQUE (a COLLATE NOCASE))', {}],
  ['CREATE TABLE t (a numeric(9, 2) DEFAULT (1) COLLATE NOCASE, PRIMARY KEY (a))', { a: 'nocase' }],
])('collations of %s', (sql, expected) => {
  expect(Object.fromEntries(readCollations(sql))).toEqual(expected);
});

test.each([
  ['WITH a AS (SELECT 1), B(x, y) AS NOT MATERIALIZED (SELECT 1, 2) SELECT * FROM c AS (d)', ['a', 'b']],
  ['CREATE VIEW v AS WITH RECURSIVE r(n) AS MATERIALIZED (SELECT 1 UNION SELECT n + 1 FROM r) SELECT * FROM r', ['r']],
  ['SELECT a, b AS x, (c) AS y FROM t', []],
])('common tables of %s', (sql, expected) => {
  expect([...commonTablesIn(sql)]).toEqual(expected);
});

test.each([
  ['CREATE TRIGGER "update" AFTER INSERT ON t BEGIN DELETE FROM u; END', 'insert'],
  ['CREATE TRIGGER a UPDATE OF b ON t BEGIN SELECT 1; END', 'update'],
  ['create trigger a instead of delete on v begin select 1; end', 'delete'],
])('%s waits for %s', (sql, expected) => {
  expect(triggerEvent(sql)).toBe(expected);
});

describe('a column after a migration', () => {
  const after = (sql: string, table = 't', column = 'a'): string => {
    const name = nameAfter(buildMigration(sql), { table, column });
    return `${name.table}.${name.column}`;
  };

  test.each([
    ['ALTER TABLE t RENAME TO u; ALTER TABLE "U" RENAME a TO [new name];', 'u.new name'],
    ['ALTER TABLE t RENAME COLUMN b TO a2; ALTER TABLE other RENAME COLUMN a TO x;', 't.a'],
    ['CREATE TABLE n (a); DROP TABLE t; ALTER TABLE n RENAME TO t;', 't.a'],
    ['ALTER TABLE t RENAME TO old; CREATE TABLE t (a); DROP TABLE old;', 't.a'],
  ])('%s', (sql, expected) => {
    expect(after(sql)).toBe(expected);
  });
});
