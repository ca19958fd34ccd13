/** All that is pending, as the tool runs it at once: in one transaction, which may go otherwise than the steps. */
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import { check } from '../../src/api.ts';
import type { Finding } from '../../src/model/finding.ts';
import { gate } from '../gate-source.ts';
import { projectWith } from './project.ts';

const tables = [
  'CREATE TABLE p (id INTEGER PRIMARY KEY, name TEXT)',
  'CREATE TABLE c (id INTEGER PRIMARY KEY, p INTEGER REFERENCES p(id) DEFERRABLE INITIALLY DEFERRED)',
  'CREATE VIEW v AS SELECT name FROM p',
];
const rows = "INSERT INTO p VALUES (1, 'a'); INSERT INTO c VALUES (1, 1);";

/** What seeds know the first migration of each by. */
const first: Readonly<Record<string, string>> = {
  knex: '1_step',
  typeorm: '1795983736761',
  'mikro-orm': 'Migration20261129202401_step',
};

/** A history of each tool, whose migrations execute the given texts, one a line from line 3 on. */
const tools: Readonly<Record<string, (steps: readonly (readonly string[])[]) => Readonly<Record<string, string>>>> = {
  knex: (steps) =>
    fileEach(steps, (step, place) => [
      `${place}_step.js`,
      `export async function up(knex) {\n\n${step.map((sql) => `  await knex.raw(${JSON.stringify(sql)});`).join('\n')}\n}\nexport async function down() {}`,
    ]),
  typeorm: (steps) =>
    fileEach(steps, (step, place) => [
      `179598373676${place}-Step.ts`,
      `import type { MigrationInterface, QueryRunner } from 'typeorm';\nexport class Step179598373676${place} implements MigrationInterface { async up(db: QueryRunner): Promise<void> {\n${step.map((sql) => `  await db.query(${JSON.stringify(sql)});`).join('\n')}\n}\nasync down(): Promise<void> {} }`,
    ]),
  'mikro-orm': (steps) =>
    fileEach(steps, (step, place) => [
      `Migration2026112920240${place}_step.ts`,
      `import { Migration } from '@mikro-orm/migrations';\nexport class Migration2026112920240${place}_step extends Migration { override up(): void {\n${step.map((sql) => `  this.addSql(${JSON.stringify(sql)});`).join('\n')}\n} }`,
    ]),
};

function fileEach(
  steps: readonly (readonly string[])[],
  write: (step: readonly string[], place: number) => [string, string],
): Record<string, string> {
  return Object.fromEntries(
    steps.map((step, at) => {
      const [name, text] = write(step, at + 1);
      return [`migrations/${name}`, text];
    }),
  );
}

const only = /^This happens only if all 2 migrations run in one transaction/;
const not = /^This does not happen if all 2 migrations run in one transaction/;
const back = /^All 2 migrations .* so none of them is applied/;

/** [code, step, line, only in the deploy, not in the deploy, all is rolled back] */
function brief(findings: readonly Finding[]): unknown[] {
  return findings
    .filter(({ severity }) => severity === 'error')
    .map(({ code, file, line, details }) => [
      code,
      Number(/(\d)(?:-Step|_step)\.[jt]s$/.exec(file ?? '')?.[1]),
      line,
      ...[only, not, back].map((words) => details.some((detail) => words.test(detail))),
    ]);
}

describe.each(Object.keys(tools))('%s', (tool) => {
  const project = (steps: readonly (readonly string[])[], files: Readonly<Record<string, string>> = {}) => {
    const folder = projectWith({
      ...tools[tool]?.([tables, ...steps]),
      [`rows/${first[tool]}_rows.sql`]: rows,
      ...files,
    });
    return {
      ...{ migrations: join(folder, 'migrations'), seeds: join(folder, 'rows'), programs: true },
      ...{ tool: tool as 'knex', deployFrom: first[tool] ?? '1', dataset: ['fixture' as const] },
    };
  };

  test('a switch that one migration leaves on acts in the next', async () => {
    const rename = 'ALTER TABLE p RENAME TO q';
    expect(brief((await check(project([['CREATE TABLE d (x)'], [rename]]))).findings)).toEqual([]);
    const { findings } = await check(project([['PRAGMA legacy_alter_table = ON'], [rename]]));
    // Under TypeORM, which switches foreign keys off, the children go on to refer to the old name too.
    const broken = ['object-broken', 3, 3, true, false, false];
    expect(brief(findings)).toEqual(tool === 'typeorm' ? [broken, broken] : [broken]);
  });

  test('a failure takes all back', async () => {
    const { findings } = await check(
      project([['CREATE TABLE d (x)'], ['CREATE TABLE e (x)', 'ALTER TABLE p ADD COLUMN team TEXT NOT NULL']]),
    );
    expect(brief(findings)).toEqual([['fails-on-rows', 3, 4, false, false, true]]);
  });
});

test('where a migration of Knex opts out, each has a transaction of its own, and the deploy is its steps', async () => {
  const steps = [['CREATE TABLE d (x)'], ['ALTER TABLE p ADD COLUMN team TEXT NOT NULL']];
  const files = { ...tools['knex']?.([tables, ...steps]) };
  const file = 'migrations/2_step.js';
  files[file] = `${files[file]}\nexport const config = { transaction: false };`;
  const migrations = join(projectWith(files), 'migrations');
  const { findings } = await check({ migrations, tool: 'knex', programs: true, deployFrom: 1, dataset: ['one-row'] });
  expect(brief(findings)).toEqual([['fails-on-rows', 3, 3, false, false, false]]);
});

test('the gate runs what is pending at once on a copy of the file', async () => {
  const folder = projectWith({
    ...tools['knex']?.([tables, ['DELETE FROM p'], ["INSERT INTO p VALUES (1, 'b')"]]),
  });
  const file = join(folder, 'prod.db');
  const db = new Sqlite(file);
  db.exec(`${tables.join(';')}; ${rows}
    CREATE TABLE knex_migrations (id INTEGER PRIMARY KEY AUTOINCREMENT, name VARCHAR(255), batch INTEGER, migration_time DATETIME);
    CREATE TABLE knex_migrations_lock ("index" INTEGER PRIMARY KEY AUTOINCREMENT, is_locked INTEGER);
    INSERT INTO knex_migrations_lock VALUES (1, 0);
    INSERT INTO knex_migrations VALUES (1, '1_step.js', 1, 0)`);
  db.close();
  const { findings } = await gate({ migrations: join(folder, 'migrations'), tool: 'knex', programs: true }, { file });
  // An orphan that the next migration puts right fails a step, and not the deploy.
  expect(brief(findings.filter(({ code }) => code === 'fails-on-rows'))[0]).toEqual([
    'fails-on-rows',
    2,
    expect.any(Number),
    false,
    true,
    false,
  ]);
});
