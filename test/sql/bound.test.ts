/** Values that are written into a statement are to SQLite what they are when they are bound. */
import Sqlite from 'better-sqlite3';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { SqlValue } from '../../src/model/connection.ts';
import { inlineValues, literal, withoutLiterals } from '../../src/sql/bound.ts';

const db = new Sqlite(':memory:');
const what = (expression: string, ...values: SqlValue[]): unknown =>
  db
    .prepare(`SELECT typeof(v), quote(v), hex(v) FROM (SELECT ${expression} AS v)`)
    .raw()
    .get(...values);

const value = fc.oneof(
  fc.constant(null),
  fc.double(),
  fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
  fc.string({ unit: 'binary' }),
  fc.uint8Array().map((bytes) => Buffer.from(bytes)),
);

describe('a literal', () => {
  test('is the value that it stands for, in its storage class', () => {
    fc.assert(
      fc.property(value, (each) => {
        expect(what(literal(each))).toEqual(what('?', each));
      }),
    );
  });

  test.each([[-(2n ** 63n)], [0], [-0], [1], [1e300], [Number.POSITIVE_INFINITY], [Number.NaN], ["'"], ['a\0b']])(
    '%s',
    (each) => expect(what(literal(each))).toEqual(what('?', each)),
  );
});

describe('values in the places of parameters', () => {
  const none = { positional: [], named: null };

  test.each([
    ['SELECT ?, ?', { ...none, positional: [1, 'a'] }, "SELECT 1.0, 'a'"],
    ['SELECT \'?\', "?", [?] -- ?\n, ?', { ...none, positional: [2n] }, 'SELECT \'?\', "?", [?] -- ?\n, 2'],
    ['SELECT ?1, $b, @c, :d', { ...none, named: { 1: 1n, b: 2n, c: 3n, d: null } }, 'SELECT 1, 2, 3, NULL'],
    ['SELECT ?', { ...none, positional: ["it's ?"] }, "SELECT 'it''s ?'"],
  ])('%s', (sql, values, expected) => {
    expect(inlineValues(sql, values)).toBe(expected);
  });

  test.each([
    ['SELECT ?', none],
    ['SELECT 1', { ...none, positional: [1] }],
    ['SELECT :a', { ...none, named: { b: 1 } }],
  ])('too few or too many: %s', (sql, values) => {
    expect(() => inlineValues(sql, values)).toThrow(RangeError);
  });
});

test('a text without its literals shows no value', () => {
  const sql = "UPDATE \"t\" SET a = 'ada@x.test', b = 12, c = x'00' /* ada */ WHERE d = 1.5 -- bob";
  expect(withoutLiterals(sql)).toBe('UPDATE "t" SET a = ?, b = ?, c = ?   WHERE d = ?  ');
});
