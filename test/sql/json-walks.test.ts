import { expect, test } from 'vitest';
import { readJsonWalks } from '../../src/sql/json-walks.ts';

test.each<[query: string, paths: readonly string[]]>([
  ['SELECT value FROM t, json_each(t.body)', []],
  ["SELECT json_extract(s.value, '$.name') FROM t, json_each(t.body, '$.parts') AS s", ['body $.parts[0].name']],
  ["SELECT value ->> 'name' FROM t, json_each(body)", ['body $[0].name']],
  ["SELECT value ->> 'name' FROM t, json_each(t.value)", ['value $[0].name']],
  ["SELECT value ->> 'name' FROM t, json_each(body) a, json_each(body) b", []],
  [
    "SELECT l.value ->> 'name' FROM t JOIN json_each(body) s JOIN json_each(s.value, '$.tags') l",
    ['body $[0].tags', 'body $[0].tags[0].name'],
  ],
  [
    "SELECT d.value FROM t, json_each(body -> '$.menu') c, json_each(json_extract(c.value, '$.dishes')) d",
    ['body $.menu[0].dishes'],
  ],
])('%s', (query, paths) => {
  const found = readJsonWalks(query).map(({ column, condition }) =>
    condition.kind === 'json' ? `${column} $${(condition.path ?? '').replace(/^\$/, '')}` : column,
  );
  expect([...new Set(found)].sort()).toEqual([...paths].sort());
});
