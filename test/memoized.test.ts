import { expect, test } from 'vitest';
import { memoized } from '../src/memoized.ts';

test('a result is computed once for each object, also where it is null, 0 or empty', () => {
  const asked: object[] = [];
  const results = new Map<object, string | number | null>([
    [{}, null],
    [{}, 0],
    [{}, ''],
  ]);
  const read = memoized((key: object) => {
    asked.push(key);
    return results.get(key) ?? null;
  });
  const keys = [...results.keys()];
  expect([...keys, ...keys].map(read)).toEqual([null, 0, '', null, 0, '']);
  expect(asked).toEqual(keys);
});

test('two functions of the same object remember results of their own', () => {
  const table = { name: 'orders' };
  const length = memoized(({ name }: typeof table) => name.length);
  const upper = memoized(({ name }: typeof table) => name.toUpperCase());
  expect([length(table), upper(table), length(table)]).toEqual([6, 'ORDERS', 6]);
});
