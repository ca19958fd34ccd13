import { expect, test } from 'vitest';
import { readResultColumns } from '../../src/sql/result-columns.ts';

test.each<[string, string]>([
  ['SELECT a, b FROM t', '..'],
  ['SELECT a, (SELECT b FROM u), c FROM t', '.x.'],
  ['select distinct (select b from u) as b, c from t', 'x.'],
  ['WITH w AS (SELECT 1, 2) SELECT a, coalesce((SELECT b FROM u), 0) FROM w', '.x'],
  ['SELECT *, (SELECT b FROM u) FROM t', '...x'],
  ['SELECT (SELECT b FROM u), t.* FROM t', 'x...'],
  ['SELECT (SELECT b FROM u), *, a, (SELECT 1) FROM t', 'x...x'],
  ['SELECT ALL * FROM t', '..'],
  ['SELECT a * b, "SELECT", \'SELECT\' FROM t', '...'],
  ['SELECT a FROM (SELECT b FROM u)', '.'],
  ['SELECT a, count(*), (SELECT 1) UNION ALL SELECT b, c, d', '..x'],
  ['SELECT f(a, (b)), /* (SELECT */ [SELECT] FROM t', '..'],
])('%s', (query, expected) => {
  const answers = readResultColumns(query, expected.length);
  expect(answers.map((answer) => (answer?.looksUp ? 'x' : '.')).join('')).toBe(expected);
});
