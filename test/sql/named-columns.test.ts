import { expect, test } from 'vitest';
import { namedColumns, tableNamedIn } from '../../src/sql/named-columns.ts';

test.each<[string, string, string[], string[] | null]>([
  ['UNIQUE constraint failed: t.a, t.b', 't', ['a', 'b'], ['a', 'b']],
  ['NOT NULL constraint failed: T.a.b', 't', ['a', 'a.b'], ['a.b']],
  ['UNIQUE constraint failed: t.a, t.b, t.c', 't', ['a, t.b', 'a', 'c'], ['a, t.b', 'c']],
  ['cannot store TEXT value in INTEGER column my.t.a', 'my.t', ['a'], ['a']],
  ['NOT NULL constraint failed: u.a', 't', ['a'], null],
  ['NOT NULL constraint failed: t.b', 't', ['a'], null],
  ["UNIQUE constraint failed: index 't.a'", 't', ['a'], null],
  ['CHECK constraint failed: t.a', 't', ['a'], null],
])('%s', (message, table, columns, expected) => {
  expect(namedColumns(message, table, columns)).toEqual(expected);
});

test('a table is found whose name and columns hold points', () => {
  expect(tableNamedIn('NOT NULL constraint failed: A.b.c', 'a.b')).toBe('A.b');
  expect(tableNamedIn('NOT NULL constraint failed: a.b.c', 'b')).toBeNull();
});
