import { expect, test } from 'vitest';
import { unitedQueries } from '../../src/sql/united-queries.ts';

test('the SELECTs after the first one of a UNION are cut out, without what is about all rows', () => {
  expect(unitedQueries('SELECT a FROM t UNION ALL SELECT b FROM u UNION SELECT c FROM v ORDER BY 1 LIMIT 5')).toEqual([
    'SELECT b FROM u',
    'SELECT c FROM v',
  ]);
});

test('each takes the WITH of the whole along', () => {
  expect(unitedQueries('WITH w AS (SELECT 1 UNION SELECT 2) SELECT a FROM t UNION SELECT b FROM w;')).toEqual([
    'WITH w AS (SELECT 1 UNION SELECT 2) SELECT b FROM w',
  ]);
});

test.each(['SELECT a FROM t', 'SELECT a FROM t UNION SELECT b FROM u EXCEPT SELECT c FROM v', 'VALUES (1)'])(
  '%s has none',
  (query) => expect(unitedQueries(query)).toEqual([]),
);
