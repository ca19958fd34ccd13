import { expect, test } from 'vitest';
import { readTableText, type TableText } from '../../src/sql/table-text.ts';

const nothing: TableText = { checks: [], autoincrement: false, strict: false, withoutRowid: false };

test.each<[string, Partial<TableText>]>([
  ['CREATE TABLE a (b CHECK (b > 0), c, CONSTRAINT d CHECK(c IN (1, 2)))', { checks: ['b > 0', 'c IN ( 1 , 2 )'] }],
  [
    "CREATE TABLE a (b CHECK (length(b) BETWEEN 1 AND 3 AND b <> ')'))",
    { checks: ["length ( b ) BETWEEN 1 AND 3 AND b <> ')'"] },
  ],
  ['CREATE TABLE a (id INTEGER PRIMARY KEY AUTOINCREMENT)', { autoincrement: true }],
  [`CREATE TABLE a ("check" TEXT DEFAULT 'AUTOINCREMENT', b TEXT /* CHECK (0) */)`, {}],
  [
    'CREATE TABLE strict (strict TEXT PRIMARY KEY, rowid INT) STRICT, WITHOUT ROWID',
    { strict: true, withoutRowid: true },
  ],
  ['CREATE TABLE strict (strict TEXT)', {}],
  ['CREATE TABLE a (b TEXT PRIMARY KEY)without rowid', { withoutRowid: true }],
])('%s', (sql, expected) => {
  expect(readTableText(sql)).toEqual({ ...nothing, ...expected });
});
