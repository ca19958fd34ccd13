/** Programs that do not end, end the wrong way, or reach for more than their database: a finding or a clear error, and nothing is left. */
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import { check } from '../../src/api.ts';
import type { Report } from '../../src/model/report.ts';
import { folderWith } from '../temporary.ts';
import { projectWith, sampleWith, standsInForMissing } from './project.ts';

const table =
  "export async function up(knex) { await knex.schema.createTable('t', (t) => t.increments('id')); }\nexport async function down() {}";

/** Knex runs no migration that lacks it. */
const down = '\nexport async function down() {}';

/** A history of two Knex migrations, the second with the given text. */
function withSecond(text: string, files: Readonly<Record<string, string>> = {}): string {
  return projectWith({ 'migrations/1_t.js': table, 'migrations/2_second.js': `${text}${down}`, ...files });
}

async function checkKnex(folder: string, limit = '30s'): Promise<Report> {
  const config = { migrations: join(folder, 'migrations'), tool: 'knex', programs: true } as const;
  return check({ ...config, dataset: ['one-row'], limits: { statement: limit } });
}

describe('a migration that fails by itself is a finding at its line', () => {
  test.each([
    ['throws', "export async function up() {\n  throw new Error('no luck');\n}", 'PROGRAM_THREW', 'no luck', 2],
    [
      'rejects later',
      'export async function up() {\n  await null;\n  await Promise.reject(new TypeError("late"));\n}',
      'PROGRAM_THREW',
      'late',
      3,
    ],
    [
      'exits',
      'export async function up() {\n\n  process.exit(3);\n}',
      'PROGRAM_EXITED',
      'process.exit(3) was called',
      3,
    ],
    [
      'leaves a rejection',
      'export async function up() {\n  Promise.reject(new Error("nobody"));\n}',
      'PROGRAM_UNCAUGHT',
      'nobody',
      2,
    ],
    [
      'leaves an error',
      'export async function up() {\n  await new Promise(() => setTimeout(() => {\n    throw new Error("timer");\n  }, 1));\n}',
      'PROGRAM_UNCAUGHT',
      'timer',
      3,
    ],
  ])('%s', async (_what, text, code, message, line) => {
    const folder = withSecond(text);
    const { findings } = await checkKnex(folder);
    expect(findings).toHaveLength(1);
    expect(findings[0]).toMatchObject({
      code: 'fails-on-empty',
      migration: '2_second',
      line,
      facts: { sqliteCode: code },
    });
    expect(findings[0]?.message).toContain(message);
  });

  test.each([
    ['loops', 'export async function up() { for (;;); }'],
    ['waits for ever', 'export async function up() { await new Promise(() => {}); }'],
  ])('%s', async (_what, text) => {
    const { findings } = await checkKnex(withSecond(text), '1s');
    expect(findings).toMatchObject([{ code: 'fails-on-empty', facts: { sqliteCode: 'PROGRAM_TIMED_OUT' } }]);
  });
});

test('a failed statement is reported in the words of SQLite, at the line that issued it', async () => {
  const folder = withSecond(
    "export async function up(knex) {\n  await knex.raw('ALTER TABLE nowhere ADD COLUMN a');\n}",
  );
  const { findings } = await checkKnex(folder);
  expect(findings).toMatchObject([{ code: 'fails-on-empty', line: 2, message: 'no such table: nowhere' }]);
});

test('a failed statement whose error is caught is not reported', async () => {
  const text =
    "export async function up(knex) {\n  await knex.raw('ALTER TABLE nowhere ADD COLUMN a').catch(() => {});\n  await knex.raw('ALTER TABLE t ADD COLUMN a');\n}\nexport const config = { transaction: false };";
  const { findings, steps } = await checkKnex(withSecond(text));
  expect(findings).toEqual([]);
  expect(steps.every(({ outcome }) => outcome === 'applied')).toBe(true);
});

test('a module that is missing is unusable input that names it', async () => {
  const folder = withSecond("import 'not-installed';\nexport async function up() {}");
  await expect(checkKnex(folder)).rejects.toMatchObject({
    code: 'bad-programs',
    message: expect.stringContaining('not-installed'),
  });
});

test.each([
  ['exits', 'process.exit(0);', 'process.exit(0) was called'],
  ['leaves a rejection', "Promise.reject(new Error('nobody'));", 'nobody'],
  ['throws', "throw new Error('no luck');", 'no luck'],
])('a config that %s is unusable input that says so', async (_what, line, message) => {
  const folder = withSecond('export async function up() {}', { 'knexfile.js': `${line}\nexport default {};` });
  await expect(checkKnex(folder)).rejects.toMatchObject({
    code: 'bad-programs',
    message: expect.stringContaining(message),
  });
});

describe('access to more than its database', () => {
  const own = (path: string): string =>
    `import Database from 'better-sqlite3';\nexport async function up() {\n  new Database(${JSON.stringify(path)}).exec('DROP TABLE t');\n}`;

  test.each([
    ['better-sqlite3', own],
    [
      'node:sqlite',
      (path: string) =>
        `import { DatabaseSync } from 'node:sqlite';\nexport async function up() {\n  new DatabaseSync(${JSON.stringify(path)}).exec('DROP TABLE t');\n}`,
    ],
    [
      'a required driver',
      (path: string) =>
        `import { createRequire } from 'node:module';\nexport async function up() {\n  new (createRequire(import.meta.url)('better-sqlite3'))(${JSON.stringify(path)}).exec('DROP TABLE t');\n}`,
    ],
    [
      'a driver by its path',
      (path: string) =>
        `import Database from '../node_modules/better-sqlite3/lib/index.js';\nexport async function up() {\n  new Database(${JSON.stringify(path)}).exec('DROP TABLE t');\n}`,
    ],
  ])('opens its own database by %s', async (_what, text) => {
    const { prod, facts } = production();
    const before = facts();
    const project = withSecond(text(prod));
    const { findings } = await checkKnex(project);
    expect(findings).toMatchObject([{ code: 'fails-on-empty', line: 3 }]);
    expect(findings[0]?.message).toContain('prod.db');
    expect(facts()).toEqual(before);
  });

  test.runIf(standsInForMissing).each([
    ['sqlite3', "import { Database } from 'sqlite3';", 'new Database(PROD).exec("DROP TABLE t")', 'prod.db'],
    ['libsql', "import Database from 'libsql';", 'new Database(PROD).exec("DROP TABLE t")', 'prod.db'],
    [
      '@libsql/client',
      "import { createClient } from '@libsql/client';",
      'await createClient({ url: "file:" + PROD }).execute("DROP TABLE t")',
      'prod.db',
    ],
    ['bun:sqlite', "import { Database } from 'bun:sqlite';", 'new Database(PROD).exec("DROP TABLE t")', 'prod.db'],
    [
      'sql.js, which has read its bytes',
      "import { readFileSync } from 'node:fs'; import initSqlJs from 'sql.js'; const { Database } = await initSqlJs();",
      'new Database(readFileSync(PROD)).run("DROP TABLE t")',
      'given to sql.js as bytes',
    ],
  ])('opens its own database by %s, which is not installed', async (_what, imports, statement, named) => {
    const { prod, facts } = production();
    const before = facts();
    const text = `${imports}\nexport async function up() {\n  ${statement.replace('PROD', JSON.stringify(prod))};\n}`;
    const { findings } = await checkKnex(withSecond(text));
    expect(findings).toMatchObject([{ code: 'fails-on-empty', line: 3 }]);
    expect(findings[0]?.message).toContain(named);
    expect(facts()).toEqual(before);
  });

  test.each([
    [
      'writes a file',
      "import fs from 'node:fs';\nexport async function up() {\n  fs.writeFileSync(new URL('left.txt', import.meta.url), 'x');\n}",
    ],
    [
      'writes by a promise',
      "import { writeFile } from 'node:fs/promises';\nexport async function up() {\n  await writeFile(new URL('left.txt', import.meta.url), 'x');\n}",
    ],
    [
      'makes a folder',
      "import { mkdir } from 'node:fs/promises';\nexport async function up() {\n  await mkdir(new URL('left', import.meta.url), { recursive: true });\n}",
    ],
    [
      'makes a folder that is there, and does not expect it',
      "import { mkdirSync } from 'node:fs';\nexport async function up() {\n  mkdirSync(import.meta.dirname);\n}",
    ],
    [
      'opens a file for writing',
      "import { openSync } from 'node:fs';\nexport async function up() {\n  openSync(new URL('left.txt', import.meta.url), 'a');\n}",
    ],
    [
      'starts a process',
      "import { execSync } from 'node:child_process';\nexport async function up() {\n  execSync('touch left.txt', { cwd: import.meta.dirname });\n}",
    ],
  ])('%s', async (_what, text) => {
    const folder = withSecond(text);
    const { findings } = await checkKnex(folder);
    expect(findings).toMatchObject([
      { code: 'fails-on-empty', line: 3, message: expect.stringContaining('is refused') },
    ]);
    expect(readdirSync(join(folder, 'migrations')).sort()).toEqual(['1_t.js', '2_second.js']);
  });

  test('makes sure of a folder that is there, which changes nothing', async () => {
    const folder = withSecond(
      "import { mkdirSync } from 'node:fs';\nexport async function up() {\n  mkdirSync(import.meta.dirname, { recursive: true });\n}",
    );
    const { findings } = await checkKnex(folder);
    expect(findings).toEqual([]);
  });

  test('attaches another file', async () => {
    const folder = withSecond(
      "export async function up(knex) {\n  await knex.raw('ATTACH ? AS other', [import.meta.dirname + '/x.db']);\n}\nexport const config = { transaction: false };",
    );
    await expect(checkKnex(folder)).rejects.toMatchObject({ code: 'statement-refused' });
    expect(existsSync(join(folder, 'migrations/x.db'))).toBe(false);
  });
});

test('a config that names the production file never reaches it', async () => {
  const folder = withSecond('export async function up() {}');
  const prod = join(folder, 'prod.db');
  new Sqlite(prod).exec('CREATE TABLE t (a); INSERT INTO t VALUES (1)').close();
  const before = readFileSync(prod);
  const knexfile = `import Database from 'better-sqlite3';
const db = new Database(${JSON.stringify(prod)});
db.exec('CREATE TABLE IF NOT EXISTS settings (a)');
export default { client: 'better-sqlite3', connection: { filename: ${JSON.stringify(prod)} }, useNullAsDefault: true };`;
  const project = projectWith({ 'migrations/1_t.js': table, 'knexfile.js': knexfile });
  const report = await checkKnex(project);
  expect(report.findings).toEqual([]);
  expect(report.notes.map(({ text }) => text).join('\n')).toContain('prod.db');
  expect(readFileSync(prod)).toEqual(before);
});

test('programs without permission are not run', async () => {
  const folder = withSecond('export async function up() {}');
  const config = { migrations: join(folder, 'migrations'), tool: 'knex' } as const;
  await expect(check(config)).rejects.toMatchObject({ code: 'programs-not-allowed' });
});

/** A file with rows that no run may change; its bytes, its time, and the files beside it. */
function production(): { readonly prod: string; readonly facts: () => unknown } {
  const prod = join(folderWith(), 'prod.db');
  const db = new Sqlite(prod);
  db.exec("CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT, name TEXT); INSERT INTO users VALUES (1, 'a', 'b')");
  db.close();
  return { prod, facts: () => [readFileSync(prod), statSync(prod).mtimeMs, readdirSync(dirname(prod))] };
}

/** Puts the path of the production file where a sample names its database. */
function pointAt(folder: string, file: string, from: string, prod: string): void {
  const text = readFileSync(join(folder, file), 'utf8');
  expect(text).toContain(from);
  writeFileSync(join(folder, file), text.replace(from, JSON.stringify(prod)));
}

test.each([
  ['an exported Umzug', 'umzug', 'migrations', 'umzug.ts', "process.env.DB ?? 'app.db'"],
  ['an exported data source', 'typeorm', 'src/migrations', 'src/data-source.ts', "process.env.DB ?? 'app.db'"],
  ['a config of MikroORM', 'mikro-orm', 'src/migrations', 'src/mikro-orm.config.ts', "process.env.DB ?? 'app.db'"],
  ['a knexfile', 'knex', 'migrations', 'knexfile.js', "'./app.db'"],
])('%s that names the production file never reaches it', async (_what, sample, place, file, from) => {
  const { prod, facts } = production();
  const before = facts();
  const folder = sampleWith(sample, '1_rows');
  pointAt(folder, file, from, prod);
  const report = await check({ migrations: join(folder, place), programs: true, dataset: ['one-row'] });
  expect(report.steps.filter(({ dataset }) => dataset === 'empty').map(({ outcome }) => outcome)).toEqual(
    Array.from({ length: 3 }, () => 'applied'),
  );
  expect(facts()).toEqual(before);
});
