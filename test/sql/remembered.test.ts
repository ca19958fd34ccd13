import { expect, test } from 'vitest';
import { remembered } from '../../src/sql/remembered.ts';

test('a text is read once, a long one each time, and many texts are forgotten together', () => {
  const asked: string[] = [];
  const read = remembered((text) => {
    asked.push(text.slice(0, 8));
    return { length: text.length };
  });
  expect(read('SELECT 1')).toBe(read('SELECT 1'));
  expect(asked).toEqual(['SELECT 1']);
  const rows = `VALUES (${'1, '.repeat(10_000)}1)`;
  expect(read(rows)).toEqual(read(rows));
  expect(asked).toEqual(['SELECT 1', rows.slice(0, 8), rows.slice(0, 8)]);
  for (let i = 0; i < 50; i++) read(`${i} ${'x'.repeat(10_000)}`);
  asked.length = 0;
  read('SELECT 1');
  expect(asked).toEqual(['SELECT 1']);
});
