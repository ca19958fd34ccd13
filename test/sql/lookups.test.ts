import { describe, expect, test } from 'vitest';
import { aliasesOf, lookedUpBy } from '../../src/sql/lookups.ts';

describe('the names under which a statement reads a table', () => {
  test.each<[string, readonly string[]]>([
    ['SELECT 1 FROM t AS a WHERE a.x = 1', ['t', 'a']],
    ['SELECT 1 FROM t a JOIN t "b c" ON 1', ['t', 'a', 'b c']],
    ['DELETE FROM t WHERE x = 1', ['t']],
    ['UPDATE t SET x = t.y', ['t']],
    ['SELECT 1 FROM T WHERE t.x = 2', ['t']],
  ])('%s', (sql, aliases) => {
    expect([...new Set(aliasesOf(sql, 't'))]).toEqual(aliases);
  });
});

describe('the keys that a statement looks rows up by', () => {
  const columns = ['x', 'y', 'Z z'];

  test.each<[string, readonly string[]]>([
    ['SELECT 1 FROM u WHERE a.x = u.k AND u.k = a.y', ['x', 'y']],
    ['SELECT 1 WHERE x IN (SELECT k FROM u) AND y NOT IN (1)', ['x', 'y']],
    ['SELECT 1 WHERE lower(a.x) = lower(u.k)', ['lower(x)']],
    ["SELECT 1 WHERE json_extract(a.y, '$.a.b') IS NOT u.k", ["json_extract(y, '$.a.b')"]],
    ['SELECT 1 WHERE a."Z z" == u.k', ['"Z z"']],
    ['SELECT 1 WHERE u.x = u.k AND a.x > u.k', []],
    ["SELECT 1 WHERE u.k = 'x'", []],
    ['SELECT 1 WHERE (SELECT max(x) FROM t) = u.k', []],
    ['SELECT 1 WHERE =', []],
  ])('%s', (sql, keys) => {
    expect(lookedUpBy(sql, ['t', 'a'], columns)).toEqual(keys);
  });
});
