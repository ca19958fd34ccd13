import { expect, test } from 'vitest';
import { type ChangeParts, readChangeParts } from '../../src/sql/change-parts.ts';

function textsOf(sql: string) {
  const parts = readChangeParts(sql);
  const text = (words: ChangeParts['where']): string | null => words?.map((word) => word.text).join(' ') ?? null;
  return parts && { table: text(parts.table), set: text(parts.set), from: text(parts.from), where: text(parts.where) };
}

test.each<[string, ReturnType<typeof textsOf>]>([
  [
    'WITH w AS (SELECT 1 WHERE 2) UPDATE OR IGNORE t AS x SET a = (SELECT b FROM u WHERE c), d = 1 FROM v WHERE x.a = v.a RETURNING a',
    { table: 't AS x', set: 'a = ( SELECT b FROM u WHERE c ) , d = 1', from: 'v', where: 'x . a = v . a' },
  ],
  ['UPDATE t SET a = 1;', { table: 't', set: 'a = 1', from: null, where: null }],
  [
    'DELETE FROM t AS x WHERE a IN (SELECT 1) LIMIT 2',
    { table: 't AS x', set: '', from: null, where: 'a IN ( SELECT 1 )' },
  ],
  ['DELETE FROM main.t', { table: 'main . t', set: '', from: null, where: null }],
  [
    'INSERT INTO t VALUES (1) ON CONFLICT DO UPDATE SET a = 2 WHERE a IS NULL',
    { table: '', set: 'a = 2', from: null, where: 'a IS NULL' },
  ],
  ['SELECT a FROM t WHERE b', null],
])('%s', (sql, parts) => {
  expect(textsOf(sql)).toEqual(parts);
});
