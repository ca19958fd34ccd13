import { expect, test } from 'vitest';
import { readHistory } from '../../src/tools/history.ts';
import { folderWith } from '../temporary.ts';

test('golang-migrate runs a file whatever stands behind .up., and no program beside it', () => {
  const folder = folderWith({
    'go.mod': 'require github.com/golang-migrate/migrate/v4 v4.18.0\n',
    'm/1_init.up.sql': 'CREATE TABLE a (b);',
    'm/1_init.down.sql': 'DROP TABLE a;',
    'm/2_ignored_tags.up..sql': 'ALTER TABLE a ADD COLUMN c;',
    'm/2_postmigrate.go': 'package migrations',
  });
  const { migrations, runner } = readHistory(`${folder}/m`);
  expect(runner.tool).toBe('golang-migrate');
  expect(migrations.map(({ position, name, kind }) => [position, name, kind])).toEqual([
    [1, '1_init', 'sql'],
    [2, '2_ignored_tags', 'sql'],
  ]);
});

test('golang-migrate goes by the last direction in a name', () => {
  const folder = folderWith({
    'go.mod': 'require github.com/golang-migrate/migrate/v4 v4.18.0\n',
    'm/1_init.up.sql': 'CREATE TABLE a (b);',
    'm/2_receipts.up.sql.up.sql': 'ALTER TABLE a ADD COLUMN c;',
    'm/2_receipts.up.sql.down.sql': 'ALTER TABLE a DROP COLUMN c;',
    'm/3_tags.up.down.sql': 'DROP TABLE a;',
  });
  expect(readHistory(`${folder}/m`).migrations.map(({ name }) => name)).toEqual(['1_init', '2_receipts.up.sql']);
});
