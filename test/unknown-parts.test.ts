/** A history is judged up to the migration that needs a function of the application. */
import { expect, test } from 'vitest';
import { check } from '../src/api.ts';
import { exitCodeOf } from '../src/cli/output.ts';
import { folderWith } from './temporary.ts';

const first = 'CREATE TABLE boats (id TEXT PRIMARY KEY, name TEXT);';
const second = 'ALTER TABLE boats ADD COLUMN crew INTEGER NOT NULL;';
const third = 'UPDATE boats SET id = new_id();';

test('the findings before it are told, with a note on the end, and the run is not clean', async () => {
  const folder = folderWith({ '1_a.sql': first, '2_b.sql': second, '3_c.sql': third });
  const report = await check({ migrations: folder, dataset: ['one-row'] });
  expect(report.findings.map(({ code, migration }) => [code, migration])).toEqual([['fails-on-rows', '2_b']]);
  expect(report.steps.filter(({ migration }) => migration === '3_c').map(({ outcome }) => outcome)).toEqual([
    'not-run',
    'not-run',
  ]);
  expect(report.notes.map(({ code }) => code)).toContain('ends-early');
  expect(exitCodeOf(report, 'error')).toBe(2);
});

test('a history that begins with such a migration cannot be judged', async () => {
  const folder = folderWith({ '1_a.sql': 'CREATE TABLE boats (id TEXT CHECK (is_id(id))); SELECT new_id();' });
  await expect(check({ migrations: folder, dataset: ['one-row'] })).rejects.toMatchObject({ code: 'function-missing' });
});
