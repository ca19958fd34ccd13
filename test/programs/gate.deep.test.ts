/** The gate reads the ledger that the tool has written, and runs what is pending on a copy by the tool. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { expect, test } from 'vitest';
import { gate } from '../gate-source.ts';
import { rowsAfterFirst, sampleWith } from './project.ts';
import { knex, kysely, mikroOrm, type RealStep, typeorm, umzug } from './real-tools.ts';

/** [tool, folder, the tool itself, whether the last step loses rows] */
const tools: readonly (readonly [string, string, RealStep, boolean])[] = [
  ['knex', 'migrations', knex, true],
  ['kysely', 'migrations', kysely, false],
  ['typeorm', 'src/migrations', typeorm, false],
  ['mikro-orm', 'src/migrations', mikroOrm, true],
  ['umzug', 'migrations', umzug, true],
];

test.each(tools)('%s: pending programs run on a copy of the file', async (tool, place, runReal, loses) => {
  const folder = sampleWith(tool, '1_rows');
  const file = join(folder, 'prod.db');
  await runReal(folder, file);
  new Sqlite(file).exec(rowsAfterFirst).close();
  await runReal(folder, file);
  const before = readFileSync(file);
  const report = await gate({ migrations: join(folder, place), programs: true }, { file });
  expect(report.gate).toMatchObject({ pending: 1 });
  expect(report.steps.map(({ outcome }) => outcome)).toEqual(['applied', 'applied']);
  expect(report.findings.some(({ code }) => code === 'rows-lost')).toBe(loses);
  expect(readFileSync(file)).toEqual(before);
});

test('values of rows that a program writes into its SQL are not shown', async () => {
  const folder = sampleWith('knex', '1_rows');
  const file = join(folder, 'prod.db');
  await knex(folder, file);
  new Sqlite(file).exec(rowsAfterFirst).close();
  const text = `export async function up(knex) {
  for (const first of await knex('users').select()) await knex.raw(\`UPDATE users SET name = 'of \${first.email}' WHERE nowhere = '\${first.email}'\`);
}
export async function down() {}`;
  writeFileSync(join(folder, 'migrations/20260102000000_display_name.js'), text);
  const report = await gate({ migrations: join(folder, 'migrations'), programs: true }, { file });
  expect(JSON.stringify(report)).not.toContain('ada@x.test');
  expect(report.findings).toMatchObject([
    { code: 'fails-on-rows', line: 2, sql: 'UPDATE users SET name = ? WHERE nowhere = ?' },
  ]);
});
