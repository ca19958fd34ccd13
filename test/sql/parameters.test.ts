import { expect, test } from 'vitest';
import { bindText, readParameters, withoutValues } from '../../src/sql/parameters.ts';

const uses = (sql: string): unknown[] => readParameters(sql).map(({ key, use }) => [key, Object.values(use).join(' ')]);

test.each<[string, unknown[]]>([
  [
    'INSERT INTO t (a, "b", c) VALUES (?, lower(:b), now())',
    [
      ['?1', 'written a true'],
      [':b', 'written b false'],
    ],
  ],
  [
    'INSERT INTO t VALUES (?, 1, ?), (?, 2, @x)',
    [
      ['?1', 'written 0 true'],
      ['?2', 'written 2 true'],
      ['?3', 'written 0 true'],
      ['@x', 'written 2 true'],
    ],
  ],
  [
    'INSERT INTO t (a, b) SELECT ?1, x FROM s WHERE s.y = ?2 ON CONFLICT (a) DO UPDATE SET b = ?3',
    [
      ['?1', 'written a true'],
      ['?2', 'compared y'],
      ['?3', 'written b true'],
    ],
  ],
  [
    'UPDATE t SET a = ?, b = b + $by WHERE id IN (?, ?) AND kind NOT IN (SELECT k FROM u WHERE v = ?)',
    [
      ['?1', 'written a true'],
      ['$by', 'written b false'],
      ['?2', 'compared id'],
      ['?3', 'compared id'],
      ['?4', 'compared v'],
    ],
  ],
  ['DELETE FROM t WHERE lower(u.email) = lower(?)', [['?1', 'compared email']]],
  [
    'SELECT * FROM t WHERE ? < made AND made BETWEEN :from AND :to AND a IS NOT ? LIMIT ? OFFSET ?',
    [
      ['?1', 'compared made'],
      [':from', 'compared made'],
      [':to', 'compared made'],
      ['?2', 'compared a'],
      ['?3', 'limit'],
      ['?4', 'limit'],
    ],
  ],
  [
    'SELECT json_extract(a, ?), ? FROM t LIMIT ?, ?',
    [
      ['?1', 'other'],
      ['?2', 'other'],
      ['?3', 'limit'],
      ['?4', 'limit'],
    ],
  ],
  [
    "SELECT '?', \"?\", [?] -- ?\nFROM t WHERE a LIKE sqlc.arg(pattern) OR b IN (sqlc.slice('ids'))",
    [
      ['pattern', 'compared a'],
      ["'ids'", 'compared b'],
    ],
  ],
])('%s', (sql, expected) => {
  expect(uses(sql)).toEqual(expected);
});

test('a value takes the place of each parameter, and of nothing else', () => {
  const sql = "SELECT '?' FROM t WHERE a = ?1 AND b = :b AND c = ?1";
  expect(bindText(sql, readParameters(sql), (key) => (key === ':b' ? "'x'" : '7')).replaceAll(/ +/g, ' ')).toBe(
    "SELECT '?' FROM t WHERE a = 7 AND b = 'x' AND c = 7 ",
  );
});

test.each([
  ["SELECT a FROM t WHERE b = 'secret'  AND c IN (1, 2)", 'SELECT a FROM t WHERE b = ? AND c IN (?, ?)'],
  ["INSERT INTO t (a)\nVALUES (x'00')", 'INSERT INTO t (a) VALUES (?)'],
  ['SELECT u.a, count(*) FROM u WHERE u.b = ?1', 'SELECT u.a, count(*) FROM u WHERE u.b = ?'],
])('%s is shown without its values', (sql, expected) => {
  expect(withoutValues(sql)).toBe(expected);
});
