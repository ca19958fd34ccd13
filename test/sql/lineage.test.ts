import { expect, test } from 'vitest';
import { readLineage, survivor } from '../../src/sql/lineage.ts';
import { buildMigration } from '../build.ts';

const rebuild = `CREATE TABLE t_new (a); INSERT INTO t_new SELECT a FROM t; DROP TABLE t; ALTER TABLE t_new RENAME TO t;`;
const renameFirst = `ALTER TABLE t RENAME TO t_old; CREATE TABLE t (a); INSERT INTO t SELECT a FROM t_old; DROP TABLE t_old;`;

test.each<[string, string, readonly string[], string | null]>([
  ['a rebuild keeps the name', rebuild, ['t'], 't'],
  ['a rebuild that renames first', renameFirst, ['t'], 't'],
  ['a table that is renamed', 'ALTER TABLE t RENAME TO u', ['u'], 'u'],
  [
    'a table that is kept under another name beside a new one',
    'ALTER TABLE t RENAME TO t_old; CREATE TABLE t (a);',
    ['t', 't_old'],
    't_old',
  ],
  ['a table that is dropped', 'DROP TABLE t', [], null],
  [
    'two tables that swap',
    'ALTER TABLE t RENAME TO x; ALTER TABLE u RENAME TO t; ALTER TABLE x RENAME TO u',
    ['t', 'u'],
    'u',
  ],
  ['names are folded', 'ALTER TABLE "T" RENAME TO U', ['U'], 'U'],
])('%s', (_name, sql, tables, expected) => {
  expect(survivor(readLineage(buildMigration(sql)), 't', (name) => tables.includes(name))).toBe(expected);
});

test('a new table has its final name', () => {
  const lineage = readLineage(buildMigration(rebuild));
  expect(lineage.nameAtEnd('t_new', 2)).toBe('t');
  expect(lineage.nameAtEnd('t', 2)).toBeNull();
  expect(lineage.writers('t').map(({ index }) => index)).toEqual([1, 2, 4]);
  expect(lineage.droppedBy('t')?.index).toBe(3);
});

test('a table that is rebuilt twice has the name under which its first copy is dropped', () => {
  const twice = `${rebuild} CREATE TABLE t_final (a); INSERT INTO t_final SELECT a FROM t; DROP TABLE t; ALTER TABLE t_final RENAME TO t;`;
  const lineage = readLineage(buildMigration(twice));
  expect([lineage.nameAtEnd('t_new', 2), lineage.lastName('t_new', 2)]).toEqual([null, 't']);
  expect([lineage.nameAfter('t', 2), lineage.nameAfter('t', 3)]).toEqual(['t', null]);
});
