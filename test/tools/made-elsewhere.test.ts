/** A table that no migration of a folder makes is no fault of the migration: the folder begins on a database of another maker. */
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { check } from '../../src/api.ts';
import { folderWith } from '../temporary.ts';

const makes = 'CREATE TABLE boats (id INTEGER PRIMARY KEY);';
const uses = 'ALTER TABLE berths ADD COLUMN boat INTEGER;';

test.each<[string, Readonly<Record<string, string>>, string, readonly string[]]>([
  [
    'another folder of the project makes it',
    { 'go.mod': 'module a\n', 'm/1_a.sql': makes, 'm/2_b.sql': uses, 'harbour/1.sql': '\nCREATE TABLE "berths" (id);' },
    'table-from-elsewhere',
    ['berths is made in harbour/1.sql:2.'],
  ],
  [
    'a program of the project makes it',
    {
      'go.mod': 'module a\n',
      'm/1_a.sql': makes,
      'm/2_b.sql': uses,
      'db.go': 'x("CREATE TABLE IF NOT EXISTS berths(id)")',
    },
    'table-from-elsewhere',
    ['berths is made in db.go:1.'],
  ],
  ['nothing is made before it', { 'm/1_b.sql': uses, 'm/2_a.sql': makes }, 'table-from-elsewhere', []],
  ['a later migration makes it', { 'm/1_b.sql': uses, 'm/2_a.sql': 'CREATE TABLE berths (id);' }, 'fails-on-empty', []],
  [
    'nobody makes it, and the history has begun',
    { 'go.mod': 'module a\n', 'm/1_a.sql': makes, 'm/2_b.sql': uses },
    'fails-on-empty',
    [],
  ],
])('%s', async (_name, files, cause, places) => {
  const { findings } = await check({ migrations: join(folderWith(files), 'm'), dataset: ['one-row'] });
  expect(findings.map((finding) => [finding.code, finding.cause, finding.severity])).toEqual([
    ['fails-on-empty', cause, 'error'],
  ]);
  const ends = 'The history ends here: later migrations were not run.';
  expect(findings.flatMap(({ details }) => details)).toEqual([...places, ends]);
});

test('a base that holds the table lets the history run', async () => {
  const folder = folderWith({ 'm/1_b.sql': uses, 'base.sql': 'CREATE TABLE berths (id);' });
  const report = await check({ migrations: join(folder, 'm'), base: join(folder, 'base.sql'), dataset: ['one-row'] });
  expect(report.findings).toEqual([]);
});
