/** Migrations as tests of runners other than vitest. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { migrationCases } from '../src/index.ts';
import type { MigrationCase } from '../src/suite/cases.ts';
import { folderWith } from './temporary.ts';

const root = join(import.meta.dirname, '..').replaceAll('\\', '/');
const files = {
  'migrations/1_a.sql': 'CREATE TABLE a (id INTEGER PRIMARY KEY);',
  'migrations/2_b.sql': 'ALTER TABLE a ADD COLUMN b NOT NULL;',
  'migrations/3_c.js': 'export default 1;',
};

test('the cases are those of testMigrations, with the failures to throw', async () => {
  const cases: MigrationCase[] = [];
  for await (const each of migrationCases({ migrations: join(folderWith(files), 'migrations'), dataset: ['one-row'] }))
    cases.push(each);
  expect(cases.map(({ dataset, migration, error, skipped }) => [dataset, migration, error !== null, skipped])).toEqual([
    ['empty', '1_a', false, null],
    ['empty', '2_b', false, null],
    ['empty', '3_c', false, expect.stringContaining('programs are not run')],
    ['one-row', '1_a', false, null],
    ['one-row', '2_b', true, null],
    ['one-row', '3_c', false, expect.stringContaining('programs are not run')],
  ]);
  expect(cases[4]?.error?.message).toContain('Cannot add a NOT NULL column with default value NULL');
  expect(cases[4]?.failing).toMatchObject([{ code: 'fails-on-rows' }]);
});

test('unusable input rejects', async () => {
  const { done } = await migrationCases({ migrations: 'nowhere' })
    .next()
    .catch((error: unknown) => ({ done: error }));
  expect(done).toMatchObject({ code: 'folder-missing' });
});

test('the recipe for node:test registers a test for each', () => {
  const folder = folderWith({
    ...files,
    'migrations.test.mjs': `import { test } from 'node:test';
import { migrationCases } from '${root}/src/index.ts';

for await (const { name, error, skipped } of migrationCases({ migrations: 'migrations', dataset: ['one-row'] }))
  test(name, { skip: skipped ?? false }, () => {
    if (error !== null) throw error;
  });
`,
  });
  const { stdout, status } = spawnSync(process.execPath, ['--test', '--test-reporter=tap', 'migrations.test.mjs'], {
    cwd: folder,
    env: { ...process.env, NODE_OPTIONS: '--disable-warning=ExperimentalWarning', NODE_TEST_CONTEXT: undefined },
    encoding: 'utf8',
  });
  expect(status).toBe(1);
  expect(stdout).toMatch(/^\s*ok \d+ - migrations > empty > 2_b/m);
  expect(stdout).toMatch(/^\s*not ok \d+ - migrations > one-row > 2_b/m);
  expect(stdout).toMatch(/^\s*ok \d+ - migrations > one-row > 3_c # SKIP/m);
});
