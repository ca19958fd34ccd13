import { describe, expect, test } from 'vitest';
import { aliasesOf, lookedUpBy, orderedBy } from '../../src/sql/lookups.ts';

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
    ['SELECT 1 WHERE a.x = u.k COLLATE NOCASE', ['x COLLATE NOCASE']],
    ['SELECT 1 WHERE a.x COLLATE NOCASE = lower(a.y)', ['x COLLATE NOCASE', 'lower(y) COLLATE NOCASE']],
    ['SELECT 1 WHERE x COLLATE RTRIM NOT IN (SELECT k FROM u) AND y = u.k', ['x COLLATE RTRIM', 'y']],
    ['UPDATE t SET x = (SELECT k FROM u WHERE u.k = t.y), y = u.k WHERE "Z z" = 1', ['y', '"Z z"']],
    ['UPDATE u SET k = 1, m = CASE WHEN a.x = u.k THEN 1 END', ['x']],
    ['SELECT 1 WHERE =', []],
  ])('%s', (sql, keys) => {
    expect(lookedUpBy(sql, ['t', 'a'], columns)).toEqual(keys);
  });
});

describe('the keys that a statement sorts the rows of a table by', () => {
  const columns = ['x', 'y', 'Z z'];

  test.each<[string, readonly string[]]>([
    ['SELECT (SELECT k FROM t AS a WHERE a.k = u.k ORDER BY a.x LIMIT 1) FROM u', ['x']],
    ['SELECT (SELECT k FROM t AS a ORDER BY x DESC, lower("Z z") LIMIT 1) FROM u', ['x', 'lower("Z z")']],
    ['SELECT k FROM u ORDER BY u.x', []],
    ['SELECT (SELECT k FROM u ORDER BY u.k) FROM t ORDER BY t.y', ['y']],
    ['SELECT 1 ORDER BY', []],
    ['SELECT 1', []],
  ])('%s', (sql, keys) => {
    expect(orderedBy(sql, ['t', 'a'], columns)).toEqual(keys);
  });
});
