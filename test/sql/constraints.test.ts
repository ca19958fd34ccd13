import { expect, test } from 'vitest';
import { readConstraints } from '../../src/sql/constraints.ts';

test.each<[string, string[], boolean]>([
  ['CREATE TABLE a (b CHECK (b > 0), c, CONSTRAINT d CHECK(c IN (1, 2)))', ['b > 0', 'c IN ( 1 , 2 )'], false],
  ['CREATE TABLE a (id INTEGER PRIMARY KEY AUTOINCREMENT)', [], true],
  [`CREATE TABLE a ("check" TEXT DEFAULT 'AUTOINCREMENT', b TEXT /* CHECK (0) */)`, [], false],
  [
    "CREATE TABLE a (b CHECK (length(b) BETWEEN 1 AND 3 AND b <> ')'))",
    ["length ( b ) BETWEEN 1 AND 3 AND b <> ')'"],
    false,
  ],
])('%s', (sql, checks, autoincrement) => {
  expect(readConstraints(sql)).toEqual({ checks, autoincrement });
});
