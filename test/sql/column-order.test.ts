import { expect, test } from 'vitest';
import { differsInOrderAlone } from '../../src/sql/column-order.ts';

const one = "CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT DEFAULT 'x', b CHECK (b > 0), UNIQUE (a, b)) STRICT";

test.each<[what: string, other: string, expected: boolean]>([
  [
    'columns in another order',
    "CREATE TABLE t (id integer primary key, b CHECK (b > 0), a TEXT DEFAULT 'x', UNIQUE (a, b)) STRICT",
    true,
  ],
  ['the same order', one, false],
  [
    'another default',
    "CREATE TABLE t (id INTEGER PRIMARY KEY, b CHECK (b > 0), a TEXT DEFAULT 'X', UNIQUE (a, b)) STRICT",
    false,
  ],
  ['another option', one.replace(' STRICT', ''), false],
  ['a column fewer', "CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT DEFAULT 'x', UNIQUE (a, b)) STRICT", false],
])('tells %s', (_what, other, expected) => {
  expect(differsInOrderAlone(one, other)).toBe(expected);
});
