import { expect, test } from 'vitest';
import { meetsRows } from '../../src/sql/meets-rows.ts';
import { buildMigration } from '../build.ts';

test.each<[sql: string, meets: boolean]>([
  ['CREATE TABLE a (b TEXT CHECK (b > 0))', false],
  ['CREATE TABLE a AS SELECT b FROM c', true],
  ["ALTER TABLE a ADD COLUMN b TEXT NOT NULL DEFAULT 'x'", false],
  ['ALTER TABLE a ADD COLUMN b INT CHECK (c > 0)', true],
  ['ALTER TABLE a ADD COLUMN b AS (abs(c))', true],
  ['ALTER TABLE a ALTER COLUMN b SET NOT NULL', true],
  ['ALTER TABLE a DROP COLUMN b; ALTER TABLE a RENAME TO c; DROP INDEX i; PRAGMA user_version = 2', false],
  ['CREATE INDEX i ON a (b, c COLLATE NOCASE DESC)', false],
  ['CREATE UNIQUE INDEX i ON a (b)', true],
  ["CREATE INDEX i ON a (json_extract(b, '$.c'))", true],
  ["CREATE INDEX i ON a (b -> '$.c')", true],
  ['CREATE INDEX i ON a (b) WHERE abs(c) > 1', true],
  ['DROP TABLE a', true],
  ['UPDATE a SET b = 1', true],
  ['CREATE TABLE c (d); INSERT INTO c SELECT b FROM a', true],
])('%s: %s', (sql, meets) => {
  expect(meetsRows(buildMigration(sql))).toBe(meets);
});
