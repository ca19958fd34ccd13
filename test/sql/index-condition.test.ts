import { expect, test } from 'vitest';
import { readIndexConditions } from '../../src/sql/index-condition.ts';

const filled = { kind: 'filled' };
const on = { kind: 'none-of', values: [0] };
const off = { kind: 'one-of', values: [0] };

test.each([
  ['deleted_at IS NULL', { deleted_at: { kind: 'null-test' } }],
  ['(deleted_at IS NOT NULL)', { deleted_at: filled }],
  ['is_main AND x NOTNULL', { is_main: on, x: filled }],
  ['NOT is_main AND ("is open")', { is_main: off, 'is open': on }],
  [
    `status <> 'x' AND is_main = 1`,
    { status: { kind: 'none-of', values: ['x'] }, is_main: { kind: 'one-of', values: [1] } },
  ],
  ['length(name) > 3', { name: { kind: 'length', comparison: '>', number: 3 } }],
])('a partial index over %s asks that of its columns', (condition, columns) => {
  expect(Object.fromEntries(readIndexConditions(condition).map((term) => [term.column, term.condition]))).toEqual(
    columns,
  );
});

test.each(['a = 1 OR b = 2', 'CASE WHEN a THEN 1 END', 'a + b > 5', 'a = b', 'lower(a)'])(
  'a partial index over %s asks nothing that is read',
  (condition) => {
    expect(readIndexConditions(condition)).toEqual([]);
  },
);
