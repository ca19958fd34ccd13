/** A project with Bun, which brings its own SQLite for node:sqlite: its test runner and the command show the finding. */
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { folderWith } from '../temporary.ts';
import { runAside } from './command.ts';

const source = join(import.meta.dirname, '..', '..', 'src').replaceAll('\\', '/');
const engines = ['better-sqlite3', 'node'];

const projectOn = (engine: string): string =>
  folderWith({
    'migrations/1_a.sql': 'CREATE TABLE a (id INTEGER PRIMARY KEY, name TEXT);',
    'migrations/2_b.sql': 'ALTER TABLE a ADD COLUMN b NOT NULL;',
    'migrations/3_c.js': 'export default 1;',
    'seeds/1_a.ts': `import { defineSeed } from '${source}/index.ts';
      enum Id { first = 7 }
      export default defineSeed(({ insert }) => insert('a', { id: Id.first, name: 'Ada' }));`,
    'rowproof.config.ts': `export default { migrations: 'migrations', seeds: 'seeds', engine: '${engine}' };`,
    'migrations.test.ts': `import { test } from 'bun:test';
import { migrationCases } from '${source}/index.ts';
import config from './rowproof.config.ts';

for await (const { name, error, skipped } of migrationCases(config))
  (skipped === null ? test : test.skip)(name, () => {
    if (error !== null) throw error;
  });
`,
  });

test.each(engines)('the recipe for bun:test registers a test for each case, on %s', async (engine) => {
  const { status, output } = await runAside('bun', ['test'], projectOn(engine));
  expect(status).toBe(1);
  expect(output).toMatch(/^\(pass\) migrations > empty > 2_b/m);
  expect(output).toMatch(/^\(fail\) migrations > fixture > 2_b/m);
  expect(output).toMatch(/^\(skip\) migrations > fixture > 3_c/m);
  expect(output).toContain('1 row of a is in the way: id 7.');
});

test.each(engines)('the command runs on Bun, on %s', async (engine) => {
  const { status, output } = await runAside('bun', [join(source, 'bin.ts'), 'check'], projectOn(engine));
  expect(status).toBe(1);
  expect(output).toMatch(/^✗ 2_b {2}fails on rows, passes when empty/m);
  expect(output).toContain('1 row of a is in the way: id 7.');
});

test('programs are refused on Bun with a reason', async () => {
  const folder = folderWith({
    'migrations/20260101000000_a.js': 'exports.up = (knex) => knex.schema.createTable("a", () => {});',
    'package.json': '{ "dependencies": { "knex": "*", "better-sqlite3": "*" } }',
  });
  const { status, output } = await runAside('bun', [join(source, 'bin.ts'), 'check', '--allow-programs'], folder);
  expect(status).toBe(2);
  expect(output).toContain('The migrations in migrations are programs, which run on Node and not on Bun.');
});
