import { describe, expect, test } from 'vitest';
import type { StatementHead } from '../../src/model/history.ts';
import { readHead } from '../../src/sql/heads.ts';

describe('readHead', () => {
  test.each<[string, Partial<StatementHead>]>([
    ['CREATE TABLE IF NOT EXISTS main."a b" (c)', { verb: 'create-table', target: 'a b', sources: [] }],
    [
      'CREATE TABLE t AS SELECT DISTINCT a FROM [old one]',
      { verb: 'create-table', target: 't', sources: ['old one'], narrowings: ['distinct'] },
    ],
    ['CREATE VIRTUAL TABLE f USING fts5(body)', { verb: 'create-virtual-table', target: 'f' }],
    ['CREATE UNIQUE INDEX i ON `t`(a) WHERE b IS NULL', { verb: 'create-index', target: 't' }],
    [
      'CREATE TEMP TRIGGER g AFTER UPDATE OF a, b ON t BEGIN DELETE FROM u; END',
      { verb: 'create-trigger', target: 't' },
    ],
    ['CREATE VIEW v AS SELECT 1', { verb: 'create-view', target: 'v' }],
    ['ALTER TABLE t RENAME TO "u"', { verb: 'rename-table', target: 't', renamedTo: 'u' }],
    ['ALTER TABLE t RENAME COLUMN a TO b', { verb: 'rename-column', target: 't', column: 'a' }],
    ['ALTER TABLE t RENAME a TO b', { verb: 'rename-column', target: 't', column: 'a' }],
    ['ALTER TABLE t ADD COLUMN [c d] TEXT', { verb: 'add-column', target: 't', column: 'c d' }],
    ['ALTER TABLE t ADD c TEXT', { verb: 'add-column', target: 't', column: 'c' }],
    ['ALTER TABLE t ADD CHECK (a > 0)', { verb: 'alter-table', target: 't' }],
    ['ALTER TABLE t DROP COLUMN c', { verb: 'drop-column', target: 't', column: 'c' }],
    ['ALTER TABLE t ALTER COLUMN c SET NOT NULL', { verb: 'alter-table', target: 't', column: 'c' }],
    ['DROP TABLE IF EXISTS main.t', { verb: 'drop-table', target: 't' }],
    ['DROP INDEX i', { verb: 'drop-index', target: 'i' }],
    ['INSERT INTO n (a) SELECT a FROM o', { verb: 'insert', target: 'n', sources: ['o'], narrowings: [] }],
    ['INSERT INTO n SELECT a FROM o WHERE b', { verb: 'insert', narrowings: ['where'] }],
    ['INSERT INTO n SELECT a, (SELECT b FROM p WHERE p.id = o.p) FROM o', { sources: ['o', 'p'], narrowings: [] }],
    ['INSERT INTO n SELECT * FROM (SELECT DISTINCT a FROM o)', { sources: ['o'], narrowings: ['distinct'] }],
    ['INSERT INTO n SELECT o.a FROM o, p', { sources: ['o', 'p'], narrowings: ['join'] }],
    [
      'DELETE FROM t WHERE a IS NOT DISTINCT FROM b',
      { verb: 'delete', target: 't', sources: [], narrowings: ['where'] },
    ],
    ['UPDATE t SET a = b IS DISTINCT FROM c', { verb: 'update', sources: [] }],
    [
      'INSERT INTO n SELECT a, b FROM o LEFT JOIN p USING (c) GROUP BY a LIMIT 1',
      { sources: ['o', 'p'], narrowings: ['join', 'group-by', 'limit'] },
    ],
    ['INSERT OR IGNORE INTO n SELECT * FROM o', { verb: 'insert', target: 'n', narrowings: ['or-ignore'] }],
    ['INSERT OR REPLACE INTO n SELECT * FROM o', { verb: 'replace', target: 'n', narrowings: ['or-replace'] }],
    [
      'INSERT INTO n SELECT a FROM o ORDER BY a ON CONFLICT (a) DO NOTHING',
      { verb: 'insert', sources: ['o'], narrowings: ['or-ignore'] },
    ],
    [
      'INSERT INTO n SELECT a FROM o ORDER BY a ON CONFLICT DO UPDATE SET a = excluded.a',
      { verb: 'insert', sources: ['o'], narrowings: ['or-replace'] },
    ],
    ['REPLACE INTO n VALUES (1)', { verb: 'replace', target: 'n' }],
    [
      'WITH o AS (SELECT 1), p(a) AS (SELECT 2) INSERT INTO n SELECT * FROM o',
      { verb: 'insert', target: 'n', sources: ['o'] },
    ],
    ['WITH RECURSIVE c AS (SELECT 1) DELETE FROM t WHERE a IN c', { verb: 'delete', target: 't' }],
    ['UPDATE OR IGNORE t SET a = 1', { verb: 'update', target: 't' }],
    ['UPDATE "delete" SET a = b.a FROM b', { verb: 'update', target: 'delete', sources: ['b'] }],
    ['DELETE FROM t', { verb: 'delete', target: 't', narrowings: [] }],
    ['PRAGMA foreign_keys = OFF', { verb: 'pragma', target: null }],
    ['BEGIN TRANSACTION', { verb: 'begin' }],
    ['END', { verb: 'commit' }],
    ['REINDEX', { verb: 'other' }],
  ])('%s', (sql, expected) => {
    expect(readHead(sql)).toMatchObject(expected);
  });
});
