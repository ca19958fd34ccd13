/** Drivers other than better-sqlite3, programs of postgrator, programs that read rows and decide, and vitest. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { expect, test } from 'vitest';
import { check, seed } from '../../src/api.ts';
import { planSuite } from '../../src/suite/plan.ts';
import { discoverMigrations } from '../../src/tools/discover.ts';
import { readHistory } from '../../src/tools/history.ts';
import { inProcess } from '../cli/main.ts';
import { contentOf } from './content.ts';
import { projectWith, rowsAfterFirst, sampleWith, standsInForMissing } from './project.ts';
import { typeormOf03 } from './real-tools.ts';

test.runIf(standsInForMissing)('Knex over sqlite3, which keeps foreign keys off, keeps the children', async () => {
  const folder = sampleWith('knex', '20260101000000_rows');
  const config = { migrations: join(folder, 'migrations'), seeds: join(folder, 'rows'), programs: true } as const;
  const { findings, settings } = await check({ ...config, driver: 'sqlite3', dataset: ['fixture'] });
  expect(settings).toMatchObject({ foreignKeys: false, doubleQuotedStrings: true });
  expect(findings.filter(({ severity }) => severity !== 'note')).toEqual([]);
});

test.runIf(standsInForMissing)('TypeORM 0.3 over sqlite3 runs as it does over better-sqlite3', async () => {
  const folder = sampleWith('typeorm', '1795983736766_rows', { typeorm: 'typeorm-0-3' });
  const source = join(folder, 'src/data-source.ts');
  const [ours, theirs] = [join(folder, 'ours.db'), join(folder, 'theirs.db')];
  writeFileSync(source, readFileSync(source, 'utf8').replace("type: 'better-sqlite3'", "type: 'sqlite'"));
  const config = { migrations: join(folder, 'src/migrations'), seeds: join(folder, 'rows'), programs: true } as const;
  await seed(config, { dataset: ['fixture'], file: ours });
  await typeormOf03(folder, theirs);
  new Sqlite(theirs).exec(rowsAfterFirst).close();
  for (const _ of [2, 3]) await typeormOf03(folder, theirs);
  expect(contentOf(ours)).toEqual(contentOf(theirs));
});

test('a program of postgrator makes SQL', async () => {
  const folder = projectWith({
    'migrations/001.do.init.sql': 'CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT);',
    'migrations/002.do.more.js':
      "export const generateSql = async () => 'ALTER TABLE t ADD COLUMN b TEXT; DELETE FROM t';",
    'migrations/003.do.last.sql': 'UPDATE t SET b = a;',
  });
  const { steps, findings } = await check({
    migrations: join(folder, 'migrations'),
    programs: true,
    dataset: ['typical'],
  });
  expect(steps.every(({ outcome }) => outcome === 'applied')).toBe(true);
  expect(findings).toMatchObject([{ code: 'rows-lost', cause: 'deleted-from', severity: 'note' }]);
});

test('a program that reads rows and decides executes other statements on each side', async () => {
  const folder = projectWith({
    'migrations/1_init.js': `export async function up(knex) {
  await knex.schema.createTable('users', (t) => { t.increments('id'); t.string('name'); });
}
export async function down() {}`,
    'migrations/2_odd.js': `export async function up(knex) {
  for (const { id } of await knex('users').select('id')) {
    if (id % 2 === 1) await knex('users').where({ id }).delete();
    else await knex('users').where({ id }).update({ name: 'even' });
  }
}
export async function down() {}`,
    'rows/1_rows.sql': "INSERT INTO users (id, name) VALUES (1, 'a'), (2, 'b'), (3, 'c'), (4, 'd')",
  });
  const config = { migrations: join(folder, 'migrations'), seeds: join(folder, 'rows'), programs: true } as const;
  const { findings, steps } = await check({ ...config, tool: 'knex', dataset: ['fixture'] });
  expect(steps.every(({ outcome }) => outcome === 'applied')).toBe(true);
  // A DELETE and an UPDATE by rows are intended.
  expect(findings).toMatchObject([
    {
      code: 'rows-lost',
      cause: 'deleted-from',
      severity: 'note',
      line: 3,
      facts: { tables: [{ before: 4, after: 2 }] },
    },
  ]);
});

const users = `export async function up(knex) {
  await knex.schema.createTable('users', (t) => { t.increments('id'); t.string('name'); t.integer('age'); });
}
export async function down() {}`;

/** Statements that lose the rows without a name. */
const keepNamed = [
  'CREATE TABLE kept (id INTEGER PRIMARY KEY, name TEXT, age INTEGER)',
  "INSERT INTO kept SELECT id, name, age FROM users WHERE name <> 'nobody'",
  'DROP TABLE users',
  'ALTER TABLE kept RENAME TO users',
];

test.each([
  ['does not run again for each hazard where it executes the same whatever the rows', '', false],
  [
    'runs for each hazard where what it executes depends on the rows',
    "  for (const { id } of await knex('users')) await knex('users').where({ id }).update({ age: id });\n",
    true,
  ],
  ['runs for each hazard where its statements call a function of its own', "  db.function('own', (x) => x);\n", true],
])('a program %s', async (_what, more, runsAgain) => {
  const register = more.includes('db.function')
    ? "  const db = await knex.client.acquireConnection();\n  db.function('own', (x) => x);\n  await knex.client.releaseConnection(db);\n"
    : more;
  const folder = projectWith({
    'migrations/1_users.js': users,
    'migrations/2_keep.js': `let runs = 0;
export const config = { transaction: false };
export async function up(knex) {
  runs += 1;
  console.log('run', runs);
${register}${keepNamed.map((sql) => `  await knex.raw(${JSON.stringify(sql)});`).join('\n')}
}
export async function down() {}`,
  });
  const config = { migrations: join(folder, 'migrations'), tool: 'knex', programs: true, verbose: true } as const;
  const { findings, notes } = await check({ ...config, dataset: ['one-row', 'awkward'] });
  const lost = findings.find(({ code }) => code === 'rows-lost');
  expect(lost).toMatchObject({ migration: '2_keep', datasets: ['awkward'] });
  expect(lost?.hazards.map(({ kind }) => kind)).toContain('null');
  const runs = notes.filter(({ text }) => /^A program printed: run \d+$/.test(text)).length;
  // On an empty database twice, on one row, on plain rows and on all hazards.
  expect(runs > 5).toBe(runsAgain);
});

test('claims stand at the head of a program', async () => {
  const folder = sampleWith('knex', '20260101000000_rows');
  const file = 'migrations/20260103000000_display_name_required.js';
  const text = readFileSync(join(folder, file), 'utf8');
  writeFileSync(
    join(folder, file),
    `// rowproof: allow rows-lost posts -- they are made anew\n// rowproof: allow rows-lost comments -- too\n${text}`,
  );
  const config = { migrations: join(folder, 'migrations'), seeds: join(folder, 'rows'), programs: true } as const;
  const { findings } = await check({ ...config, dataset: ['fixture'] });
  expect(findings.filter(({ code }) => code === 'rows-lost')).toEqual([]);
});

test('vitest knows the migrations before any program runs, and runs them for each dataset', async () => {
  const folder = sampleWith('mikro-orm', '1_rows');
  const suite = planSuite({ migrations: join(folder, 'src/migrations'), programs: true });
  expect(suite.migrations).toHaveLength(3);
  const report = await suite.run('one-row');
  expect(report.findings.map(({ code }) => code)).toContain('rows-lost');
});

test('an interrupted program is run again on the rows that it left', async () => {
  const folder = sampleWith('kysely', '2026_01_01_init_rows');
  const config = { migrations: join(folder, 'migrations'), seeds: join(folder, 'rows'), programs: true } as const;
  const { findings } = await check({ ...config, interrupt: true, dataset: ['fixture'] });
  expect(findings.map(({ code, migration }) => `${code} ${migration}`)).toContain('not-rerunnable 2026_01_01_init');
});

test.each([
  ['knex', 'migrations'],
  ['kysely', 'migrations'],
  ['typeorm', 'src/migrations'],
  ['mikro-orm', 'src/migrations'],
  ['umzug', 'migrations'],
  ['sequelize-cli', 'migrations'],
] as const)('the folder of %s is found from the root of the project, and recognised as its own', (tool, place) => {
  const folder = sampleWith(tool, 'x').replace(/\/$/, '');
  expect(discoverMigrations(folder)).toEqual([`${folder}/${place}`]);
  expect(readHistory(`${folder}/${place}`).runner).toMatchObject({ tool });
});

test('the command refuses programs without permission, and runs allowed ones', async () => {
  const folder = sampleWith('knex', '20260101000000_rows');
  const refused = await inProcess('check', `${folder}/migrations`);
  expect(refused).toMatchObject({ status: 2 });
  expect(refused.stderr).toContain('--allow-programs');
  const ran = await inProcess('check', `${folder}/migrations`, '--allow-programs', '--dataset', 'one-row', '-v');
  expect(ran).toMatchObject({ status: 1 });
  expect(ran.stdout).toContain('loses rows without an error');
});

test('a builder that a migration returns has its line, though knex awaits it later', async () => {
  const folder = projectWith({
    'migrations/1_init.js': `exports.up = function (knex) {
  return knex.schema
    .createTable('users', (t) => { t.increments('id'); t.string('name'); })
    .createTable('posts', (t) => {
      t.increments('id');
      t.integer('user_id').notNullable().references('id').inTable('users').onDelete('CASCADE');
    });
};
exports.down = function () {};`,
    'migrations/2_rebuild.js': `const rebuild = (knex) =>
  knex.schema.alterTable('users', (t) => t.string('name', 32).alter());
exports.up = function (knex) {
  return rebuild(knex);
};
exports.down = function () {};`,
    'package.json': '{ "dependencies": { "better-sqlite3": "*", "knex": "*" } }',
  });
  const { findings } = await check({ migrations: join(folder, 'migrations'), programs: true, dataset: ['one-row'] });
  expect(findings.find(({ code }) => code === 'rows-lost')).toMatchObject({ migration: '2_rebuild', line: 2 });
});
