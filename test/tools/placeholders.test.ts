/** Files that a program fills in are no SQL yet. */
import { expect, test } from 'vitest';
import { readHistory } from '../../src/tools/history.ts';
import { folderWith } from '../temporary.ts';

const reading = (sql: string) => () => readHistory(`${folderWith({ 'm/1_a.sql': sql })}/m`).migrations.length;

test('a placeholder of a template is refused with its place', () => {
  expect(reading('CREATE TABLE a (b);\nUPDATE a SET b = b | {{.FlagGone}};')).toThrow(
    /1_a\.sql:2 holds \{\{\.FlagGone\}\}, which a program fills in before SQLite reads it\.$/,
  );
});

test.each([
  "CREATE TABLE a (b DEFAULT '{{name}}');",
  '-- {{.Name}}\nCREATE TABLE a (b);',
  'CREATE TABLE a (b); INSERT INTO a VALUES (json(\'{"c":{}}\'));',
])('braces in quotes and comments are none: %s', (sql) => {
  expect(reading(sql)()).toBe(1);
});
