/** Programs get their corrected statements as advice: no file can be written in their place. */
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { check } from '../../src/api.ts';
import { writeFixes } from '../../src/harness/fix.ts';
import { projectWith } from './project.ts';

const first = `export async function up(knex) {
  await knex.schema.createTable('users', (t) => { t.increments('id'); t.string('name'); });
}
export async function down() {}`;

const program = (body: string): string =>
  `export async function up(knex) {\n${body}\n}\nexport async function down() {}`;

function projectOf(last: string): string {
  return projectWith({
    'knexfile.js':
      "export default { client: 'better-sqlite3', connection: { filename: 'app.db' }, useNullAsDefault: true };",
    'migrations/20260101000000_users.js': first,
    'migrations/20260102000000_next.js': last,
  });
}

test('a program that executes the same statements everywhere gets them corrected', async () => {
  const folder = projectOf(program("  await knex.raw('CREATE UNIQUE INDEX users_name ON users (name)');"));
  const report = await check({ migrations: join(folder, 'migrations'), programs: true, foreignKeys: true });
  const [finding] = report.findings;
  expect(finding?.rewrite).toMatchObject({
    of: 'statements',
    original: 'BEGIN;\nCREATE UNIQUE INDEX users_name ON users (name);\nCOMMIT;\n',
    text: expect.stringContaining("|| '-duplicate-' || id"),
  });
  expect(writeFixes(report, true)).toMatchObject([{ refused: expect.stringContaining('it is a program') }]);
});

test('a program that depends on the rows gets none', async () => {
  const folder = projectOf(
    program(`  for (const { id } of await knex('users').select()) await knex.raw('UPDATE users SET name = NULL WHERE id = ' + id);
  await knex.raw('CREATE UNIQUE INDEX users_name ON users (id, name)');
  await knex.raw('ALTER TABLE users ADD COLUMN size INTEGER NOT NULL');`),
  );
  const { findings } = await check({ migrations: join(folder, 'migrations'), programs: true, foreignKeys: true });
  expect(findings.map(({ cause }) => cause)).toContain('add-column-not-null');
  expect(findings.every(({ rewrite }) => rewrite === undefined)).toBe(true);
});
