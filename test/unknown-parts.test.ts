/** A history is judged up to the migration that needs a function of the application. */
import { expect, test } from 'vitest';
import { z } from 'zod';
import { check } from '../src/api.ts';
import { inProcess } from './cli/main.ts';
import { folderWith } from './temporary.ts';

const first = 'CREATE TABLE boats (id TEXT PRIMARY KEY, name TEXT);';
const second = 'ALTER TABLE boats ADD COLUMN crew INTEGER NOT NULL;';
const third = 'UPDATE boats SET id = new_id();';

const parsed = z.object({
  findings: z.array(z.object({ code: z.string(), migration: z.string() })),
  steps: z.array(z.object({ migration: z.string(), outcome: z.string() })),
  notes: z.array(z.object({ code: z.string() })),
});

test('the command tells the findings before it and where the history ends, and is not clean', async () => {
  const folder = folderWith({ '1_a.sql': first, '2_b.sql': second, '3_c.sql': third });
  const { status, stdout, stderr } = await inProcess('check', folder, '--dataset', 'one-row', '--format', 'json');
  const report = parsed.parse(JSON.parse(stdout));
  expect(report.findings.map(({ code, migration }) => [code, migration])).toEqual([['fails-on-rows', '2_b']]);
  expect(report.steps.filter(({ migration }) => migration === '3_c').map(({ outcome }) => outcome)).toEqual([
    'not-run',
    'not-run',
  ]);
  expect(report.notes.map(({ code }) => code)).toContain('ends-early');
  expect(stderr).toMatch(/^rowproof: .*3_c\.sql:1 uses the function new_id, which is not registered\.\n {2}Register/);
  expect(status).toBe(2);
});

test('a part without findings is not called clean', async () => {
  const folder = folderWith({ '1_a.sql': first, '3_c.sql': third });
  const { status, stdout } = await inProcess('check', folder, '--dataset', 'one-row');
  expect([status, stdout.trimEnd().split('\n').at(-1)]).toEqual([
    2,
    'No findings before the history ends: 1 migration behaves the same on the empty database and on one-row.',
  ]);
});

test('the API throws, since findings alone would look like a verdict', async () => {
  const folder = folderWith({ '1_a.sql': first, '3_c.sql': third });
  await expect(check({ migrations: folder, dataset: ['one-row'] })).rejects.toMatchObject({ code: 'function-missing' });
});

test('a history that begins with such a migration cannot be judged', async () => {
  const folder = folderWith({ '1_a.sql': 'CREATE TABLE boats (id TEXT CHECK (is_id(id))); SELECT new_id();' });
  await expect(check({ migrations: folder, dataset: ['one-row'] })).rejects.toMatchObject({ code: 'function-missing' });
});
