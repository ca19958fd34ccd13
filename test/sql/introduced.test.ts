import { expect, test } from 'vitest';
import { isNewer, newerThan } from '../../src/sql/introduced.ts';
import { splitStatements } from '../../src/sql/statements.ts';

const found = (version: string, sql: string): string[] =>
  splitStatements(sql).flatMap((statement) => newerThan(version, statement).map(({ version: since }) => since));

test.each([
  ['ALTER TABLE t DROP COLUMN c', '3.35'],
  ['ALTER TABLE "t x" DROP c', '3.35'],
  ['ALTER TABLE main.t RENAME COLUMN a TO b', '3.25'],
  ['ALTER TABLE t RENAME a TO b', '3.25'],
  ['CREATE TABLE t (a INTEGER) STRICT', '3.37'],
  ['CREATE TABLE t (a INTEGER PRIMARY KEY) WITHOUT ROWID, STRICT', '3.37'],
  ["SELECT a ->> '$.b' FROM t", '3.38'],
  ['UPDATE t SET a = unixepoch()', '3.38'],
  ['INSERT INTO t SELECT jsonb(a) FROM u', '3.45'],
  ['ALTER TABLE t ALTER COLUMN a SET NOT NULL', '3.53'],
  ['ALTER TABLE t ADD CONSTRAINT c CHECK (a > 0)', '3.53'],
  ['INSERT INTO t VALUES (1) ON CONFLICT (a) DO NOTHING', '3.24'],
  ['INSERT INTO t VALUES (1) RETURNING a', '3.35'],
  ['CREATE TABLE t (a, b GENERATED ALWAYS AS (a + 1))', '3.31'],
  ['DELETE FROM t WHERE a IS NOT DISTINCT FROM b', '3.39'],
])('%s needs %s', (sql, since) => {
  expect(found('3.7', sql)).toContain(since);
  expect(found(since, sql)).not.toContain(since);
});

test.each([
  'ALTER TABLE t RENAME TO u',
  'ALTER TABLE t ADD COLUMN strict TEXT',
  'SELECT \'a ->> b\', "returning" FROM t',
  'CREATE TABLE strict (a)',
  'CREATE TABLE t (unixepoch TEXT, format TEXT)',
  'INSERT OR IGNORE INTO t VALUES (1)',
])('%s needs nothing', (sql) => {
  expect(found('3.7', sql)).toEqual([]);
});

test('versions are compared by their numbers', () => {
  expect(isNewer('3.9', '3.10')).toBe(false);
  expect(isNewer('3.45.2', '3.45.1')).toBe(true);
  expect(isNewer('3.45', '3.45.0')).toBe(false);
});
