import { expect, test } from 'vitest';
import { readCompound } from '../../src/sql/compound.ts';

test('the SELECTs of a UNION are cut out, without what is about all rows', () => {
  expect(
    readCompound('SELECT a FROM t UNION ALL SELECT b FROM u UNION SELECT c FROM v ORDER BY 1 LIMIT 5'),
  ).toMatchObject({
    selects: ['SELECT a FROM t', 'SELECT b FROM u', 'SELECT c FROM v'],
    tail: 'ORDER BY 1 LIMIT 5',
    isUnion: true,
  });
});

test('the WITH of the whole stands by itself', () => {
  expect(readCompound('WITH w AS (SELECT 1 UNION SELECT 2) SELECT a FROM t UNION SELECT b FROM w;')).toEqual({
    common: 'WITH w AS (SELECT 1 UNION SELECT 2) ',
    selects: ['SELECT a FROM t', 'SELECT b FROM w'],
    tail: '',
    isUnion: true,
  });
});

test.each(['SELECT a FROM t ORDER BY a LIMIT 2', 'VALUES (1), (2)', 'SELECT a FROM (SELECT 1 UNION SELECT 2)'])(
  '%s is its only part',
  (query) => expect(readCompound(query)).toEqual({ common: '', selects: [query], tail: '', isUnion: true }),
);

test('EXCEPT takes rows away', () => {
  expect(readCompound('SELECT a FROM t UNION SELECT b FROM u EXCEPT SELECT c FROM v').isUnion).toBe(false);
});
