import { expect, test } from 'vitest';
import { readLiteralRows, writtenRows } from '../../src/sql/literal-rows.ts';
import { splitStatements } from '../../src/sql/statements.ts';

function rowsOf(sql: string) {
  return splitStatements(sql).map(readLiteralRows);
}

test.each<[string, readonly (readonly unknown[])[]]>([
  [
    "INSERT INTO t VALUES (1, 'a'), (-2, lower('B'))",
    [
      [1, 'a'],
      [-2, null],
    ],
  ],
  ["INSERT INTO t SELECT 'a' AS id, 2 n", [['a', 2]]],
  [
    "REPLACE INTO t SELECT 'a', 1 UNION ALL SELECT 'b', 2 UNION ALL VALUES ('c', 3)",
    [
      ['a', 1],
      ['b', 2],
      ['c', 3],
    ],
  ],
  ["INSERT INTO t SELECT 'a', 1 WHERE NOT EXISTS (SELECT 1)", [['a', 1]]],
  ['INSERT INTO t SELECT a, b FROM u', []],
  ["UPDATE t SET a = 'a'", []],
])('%s', (sql, rows) => {
  expect(rowsOf(sql)[0]?.rows).toEqual(rows);
});

test('constants have the names that an INSERT gives, else those of the columns', () => {
  const [named, unnamed] = splitStatements("INSERT INTO t (b, a) VALUES (1, 'x'); INSERT INTO t VALUES (1, random());");
  expect(named && writtenRows(named, ['a', 'b'])).toEqual([
    new Map<string, unknown>([
      ['b', 1],
      ['a', 'x'],
    ]),
  ]);
  expect(unnamed && writtenRows(unnamed, ['a', 'b'])).toEqual([new Map([['a', 1]])]);
});
