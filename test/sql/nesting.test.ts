import { describe, expect, test } from 'vitest';
import { readDefinitions } from '../../src/sql/definitions.ts';
import { clause, closing, inside, items, outsideAt, withoutParentheses } from '../../src/sql/nesting.ts';
import { readReferencesClauses } from '../../src/sql/references-clauses.ts';
import { readUniques } from '../../src/sql/uniques.ts';
import { readWords, type Word } from '../../src/sql/words.ts';

const textOf = (words: readonly Word[]): string => words.map(({ text }) => text).join(' ');

describe('words and their parentheses', () => {
  test.each([
    ['f(a, (b), c) + d', 1, 'a , ( b ) , c'],
    ['(a', 0, 'a'],
    ['()', 0, ''],
    ['a (b)', 0, ''],
    ["('(' , b)", 0, "'(' , b"],
    ['(a "(" /* ( */ b) c', 0, 'a "(" b'],
  ])('inside of %s at %i stands %s', (sql, open, expected) => {
    expect(textOf(inside(readWords(sql), open))).toBe(expected);
  });

  test('nothing stands inside a missing parenthesis', () => {
    const words = readWords('a b');
    expect(
      inside(
        words,
        words.findIndex(({ key }) => key === '('),
      ),
    ).toEqual([]);
  });

  test('each parenthesis finds the one that closes it', () => {
    const words = readWords('((a) (b (c)))');
    const opens = words.flatMap(({ key }, i) => (key === '(' ? [i] : []));
    expect(opens.map((open) => [open, closing(words, open)])).toEqual([
      [0, 10],
      [1, 3],
      [4, 9],
      [6, 8],
    ]);
  });

  test.each([
    ['', []],
    ['a', ['a']],
    ['a, f(b, c), "d,e"', ['a', 'f ( b , c )', '"d,e"']],
    ['(a, b), c', ['( a , b )', 'c']],
    ['a,, b,', ['a', '', 'b', '']],
  ])('%j is split at its commas', (sql, expected) => {
    expect(items(readWords(sql)).map(textOf)).toEqual(expected);
  });

  test('items inside parentheses are split at the commas of these parentheses', () => {
    expect(items(inside(readWords('f((a, b), c)'), 1)).map(textOf)).toEqual(['( a , b )', 'c']);
  });

  test.each([
    ['a (SELECT b) SELECT c', 0, 5],
    ['SELECT a SELECT', 1, 2],
    ['"select" (SELECT a)', 0, -1],
  ])('a word of %s outside parentheses from %i on stands at %i', (sql, from, expected) => {
    expect(outsideAt(readWords(sql), new Set(['SELECT']), from)).toBe(expected);
  });
});

const clauseOf = (sql: string): string | null => {
  const found = clause(readWords(sql), new Set(['FROM']), new Set(['WHERE', 'LIMIT']));
  return found === null ? null : textOf(found);
};

test.each([
  ['SELECT (SELECT 1 FROM a) FROM b, (SELECT 1 WHERE 1) LIMIT 2', 'b , ( SELECT 1 WHERE 1 )'],
  ['SELECT (SELECT 1 FROM a)', null],
  ['SELECT "from" FROM b', 'b'],
  ['DELETE FROM WHERE', ''],
])('the FROM clause of %s is %s', (sql, expected) => {
  expect(clauseOf(sql)).toBe(expected);
});

test.each([
  ['((a) + (b))', '( a ) + ( b )'],
  ['(a) + (b)', '( a ) + ( b )'],
  ['(((a)))', 'a'],
  ['()', ''],
  ['(a', '( a'],
])('%s without the surrounding parentheses is %s', (sql, expected) => {
  expect(textOf(withoutParentheses(readWords(sql)))).toBe(expected);
});

describe('definitions of a table', () => {
  test.each([
    ['CREATE TABLE t (a numeric(9, 2) DEFAULT (1), "check" TEXT, [b c], CHECK (a > 0))', ['a', 'check', 'b c', null]],
    ['CREATE TABLE "t(" (a, PRIMARY KEY (a) UNIQUE (b)) STRICT', ['a', null]],
    ['CREATE TABLE t AS SELECT coalesce(a, b), (c) FROM d', []],
  ])('%s', (sql, columns) => {
    expect(readDefinitions(sql).map(({ column }) => column)).toEqual(columns);
  });

  test('constraints of a table need no commas between them', () => {
    const sql = `CREATE TABLE t (a UNIQUE, b REFERENCES p, PRIMARY KEY (a, b) UNIQUE (b COLLATE "x")
      FOREIGN KEY (a) REFERENCES q (c) CONSTRAINT d FOREIGN KEY (b, a) REFERENCES "r s" ("e", f))`;
    expect(readUniques(sql)).toEqual([['a'], ['a', 'b'], ['b', 'COLLATE', 'x']]);
    expect(readReferencesClauses(sql)).toEqual([
      { columns: ['b'], parent: 'p', parentColumns: [] },
      { columns: ['a'], parent: 'q', parentColumns: ['c'] },
      { columns: ['b', 'a'], parent: 'r s', parentColumns: ['e', 'f'] },
    ]);
  });
});
