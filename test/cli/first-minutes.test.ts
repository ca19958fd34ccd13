/** What a new user meets: the right words for near misses, for what is not read, and for faults of their own files. */
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, test } from 'vitest';
import { check } from '../../src/api.ts';
import { progressText } from '../../src/cli/progress.ts';
import type { Config } from '../../src/config.ts';
import type { Migration } from '../../src/model/history.ts';
import type { Report } from '../../src/model/report.ts';
import { buildMigration } from '../build.ts';
import { folderWith } from '../temporary.ts';
import { inProcess } from './main.ts';

const table = { 'm/1_a.sql': 'CREATE TABLE t (id INTEGER PRIMARY KEY, at TEXT);' };

async function run(files: Readonly<Record<string, string>>, config: Config = {}): Promise<Report> {
  return check({ migrations: join(folderWith({ ...table, ...files }), 'm'), dataset: ['one-row'], ...config });
}

async function refused(files: Readonly<Record<string, string>>, config: Config): Promise<string> {
  const folder = folderWith({ ...table, ...files });
  return check({ migrations: join(folder, 'm'), seeds: join(folder, 's'), dataset: ['fixture'], ...config }).then(
    () => 'nothing',
    (error: unknown) => (error instanceof Error ? error.message.replaceAll(`${folder}/`, '') : String(error)),
  );
}

describe('a near miss gets the word that was meant, and no list of all words', () => {
  test.each([
    [['check', '--dataset', 'typicl'], /Did you mean typical\?/],
    [['check', '--tool', 'drizle'], /Did you mean drizzle\?/],
    [['check', '--format', 'sarf'], /Did you mean sarif\?/],
    [['check', '--fail-on', 'warnings'], /Did you mean warning\?/],
    [['check', '--datset', 'typical'], /Did you mean --dataset\?/],
  ])('%j', async (args, words) => {
    const { status, stderr } = await inProcess(...args);
    expect(status).toBe(2);
    expect(stderr).toMatch(words);
    expect(stderr).not.toMatch(/The keys are|recursiveTriggers|prisma/);
  });

  test('a key of the config', async () => {
    const folder = folderWith({ ...table, 'c.mjs': 'export default { foreignKey: true };' });
    const { stderr } = await inProcess('check', join(folder, 'm'), '--config', join(folder, 'c.mjs'));
    expect(stderr).toMatch(/Did you mean foreignKeys\?/);
  });
});

describe('a comment that looks like a directive is a warning with the right form', () => {
  test.each([
    ['-- Rowproof: allow rows-lost t -- reason', '-- rowproof: allow rows-lost t -- reason'],
    ['-- rowproof allow rows-lost t -- reason', '-- rowproof: allow rows-lost t -- reason'],
    ['/* rowproof: foreign_keys=off */', '-- rowproof: foreign_keys=off'],
    ['--ROWPROOF assume t.at is not null -- reason', '-- rowproof: assume t.at is not null -- reason'],
  ])('%s', async (comment, form) => {
    const { findings } = await run({ 'm/2_b.sql': `-- a line\n${comment}\nDELETE FROM t;` });
    const [unread] = findings.filter(({ code }) => code === 'directive-unused');
    expect(unread).toMatchObject({ severity: 'warning', line: 2, message: expect.stringContaining(form) });
  });

  test.each(['-- rowproof is a tool that looks at this', '-- see rowproof allow lists', "SELECT 'rowproof: allow';"])(
    'but not %s',
    async (text) => {
      const { findings } = await run({ 'm/2_b.sql': `${text}\nDELETE FROM t;` });
      expect(findings.filter(({ code }) => code === 'directive-unused')).toEqual([]);
    },
  );
});

describe('what is not read is told', () => {
  test('a seed in JSON', async () => {
    const folder = folderWith({ ...table, 's/1_a.json': '[]', 's/production.profile.txt': '' });
    const { notes } = await check({ migrations: join(folder, 'm'), seeds: join(folder, 's'), dataset: ['one-row'] });
    expect(notes).toContainEqual(
      expect.objectContaining({
        code: 'ignored',
        facts: { file: join(folder, 's/1_a.json'), reason: expect.any(String) },
      }),
    );
  });

  test('a scale without a profile', async () => {
    const { notes } = await run({}, { scale: 0.5 });
    expect(notes).toContainEqual(expect.objectContaining({ code: 'scale-without-profile', facts: { scale: 0.5 } }));
    expect((await run({})).notes.map(({ code }) => code)).not.toContain('scale-without-profile');
  });

  test('a file of SQL without a number', async () => {
    const { notes } = await run({ 'm/helper.sql': 'SELECT 1;' });
    expect(notes).toContainEqual(expect.objectContaining({ code: 'ignored' }));
  });
});

describe('migrations that need tables of before', () => {
  const alter = { 'app/m/1_a.sql': 'ALTER TABLE Users ADD COLUMN age INTEGER;' };

  async function notes(files: Readonly<Record<string, string>>, base?: string): Promise<Report['notes']> {
    const folder = folderWith({ ...alter, ...files });
    const config: Config = { migrations: join(folder, 'app/m'), dataset: ['one-row'] };
    const report = await check(base === undefined ? config : { ...config, base: join(folder, base) });
    return JSON.parse(JSON.stringify(report.notes).replaceAll(`${folder}/`, ''));
  }

  test.each(['app/schema.sql', 'tables.sql'])('are told the file that makes them: %s', async (file) => {
    const found = await notes({
      [file]: '-- the tables\nCREATE TABLE IF NOT EXISTS "users" (id INTEGER PRIMARY KEY);',
    });
    expect(found).toContainEqual(
      expect.objectContaining({
        code: 'base-nearby',
        facts: { table: 'Users', file },
        text: expect.stringContaining(`--base ${file}`),
      }),
    );
  });

  test.each<[string, Readonly<Record<string, string>>, string?]>([
    ['a file with other tables', { 'app/schema.sql': 'CREATE TABLE orders (id INTEGER);' }],
    ['a file above the repository', { 'app/.git/HEAD': '', 'schema.sql': 'CREATE TABLE users (id INTEGER);' }],
    ['a base', { 'app/schema.sql': 'CREATE TABLE users (id INTEGER);' }, 'app/schema.sql'],
  ])('but not of %s', async (_name, files, base) => {
    expect((await notes(files, base)).map(({ code }) => code)).not.toContain('base-nearby');
  });
});

describe('SQL of another database', () => {
  test.each([
    'CREATE EXTENSION IF NOT EXISTS "uuid-ossp";',
    'CREATE TABLE u (id BIGSERIAL PRIMARY KEY DEFAULT nextval(1));',
    "CREATE TABLE u (tags text[] DEFAULT '{}'::text[]);",
    'CREATE TABLE u (id INT AUTO_INCREMENT PRIMARY KEY) ENGINE=InnoDB;',
  ])('is called that: %s', async (sql) => {
    const [finding] = (await run({ 'm/2_b.sql': sql })).findings;
    expect(finding).toMatchObject({ code: 'fails-on-empty', instead: expect.stringContaining('of another database') });
  });

  test.each(['CREATE TABEL u (id INTEGER);', "INSERT INTO nowhere VALUES ('a::text');"])(
    'but not a slip: %s',
    async (sql) => {
      const [finding] = (await run({ 'm/2_b.sql': sql })).findings;
      expect(finding).toMatchObject({
        code: 'fails-on-empty',
        instead: expect.not.stringContaining('another database'),
      });
    },
  );
});

describe('programs of another language are run by a command, which is given', () => {
  test.each([
    [
      '20240101000000_users.rb',
      'class Users < ActiveRecord::Migration[7.1]\nend\n',
      /1 program of Rails.*\n.*bin\/rails/,
    ],
    ['0001_initial.py', 'from django.db import migrations\n', /1 program of Django.*\n.*manage\.py migrate/],
  ])('%s', async (name, text, words) => {
    const { status, stderr } = await inProcess('check', join(folderWith({ [`m/${name}`]: text }), 'm'));
    expect(status).toBe(2);
    expect(stderr).toMatch(words);
  });
});

describe('a clean run says what it says nothing about', () => {
  test('ignored files, and only the migrations that ran', async () => {
    const folder = folderWith({ ...table, 'm/2_b.py': 'pass', 'm/helper.sql': 'SELECT 1;' });
    const { status, stdout } = await inProcess('check', join(folder, 'm'), '--dataset', 'one-row');
    expect(status).toBe(0);
    expect(stdout).toMatch(/No findings: 1 migration behaves the same/);
    expect(stdout).toMatch(/^Skipped, because they are programs: 2_b\.$/m);
    expect(stdout).toMatch(/^Ignored files: .*helper\.sql/m);
  });
});

describe('the progress', () => {
  const stage = (done: number): Parameters<typeof progressText>[0] => {
    const named: Migration = buildMigration('SELECT 1;', { name: '0004_skills' });
    return { migration: named, side: 'typical', done, total: 40 };
  };

  test('has the migration, the dataset and the share, and the time left once that can be told', () => {
    expect(progressText(stage(10), 500)).toBe('25% 0004_skills on typical');
    expect(progressText(stage(10), 20_000)).toBe('25% 0004_skills on typical, about 60 s left');
    expect(progressText(stage(10), 200_000)).toBe('25% 0004_skills on typical, about 10 min left');
  });
});

describe('a fault of a seed', () => {
  const seed = (body: string): Record<string, string> => ({
    's/1_a.mjs': `export default ({ insert }) => {\n${body}\n};`,
  });

  test('that throws has its line, and is no row that does not fit', async () => {
    expect(await refused(seed("throw new Error('my own trouble');"), {})).toBe(
      's/1_a.mjs:2: the seed threw: my own trouble',
    );
  });

  test('that gives a Date names the table, the column and the row', async () => {
    expect(await refused(seed("insert('t', { id: 7, at: new Date(0) });"), {})).toMatch(
      /^s\/1_a\.mjs:2: t\.at in the row with id 7 is a Date, which SQLite cannot store; write value\.toISOString\(\)/,
    );
    expect(await refused(seed("insert('t', [{ id: 1 }, { id: 8, at: ['a'] }]);"), {})).toMatch(
      /t\.at in the row with id 8 is an array/,
    );
  });

  test('that is asynchronous is told once', async () => {
    const files = { 's/1_a.mjs': "export default async ({ insert }) => { await 0; insert('t', { id: 1 }); };" };
    expect(await refused(files, {})).toBe('s/1_a.mjs: it is asynchronous, and seeds are run synchronously');
  });

  test('that breaks a constraint is a row that does not fit', async () => {
    expect(await refused(seed("insert('t', [{ id: 1 }, { id: 1 }]);"), {})).toMatch(/the rows do not fit: UNIQUE/);
  });
});

test('connect that throws is a fault of the config', async () => {
  const connect = (): void => {
    throw new Error('no such module');
  };
  expect(await refused({ 's/1_a.sql': 'SELECT 1;' }, { connect })).toMatch(
    /connect\(db\) of the config threw.*no such module/,
  );
});

describe('a syntax error stands at the line of the word that SQLite refuses', () => {
  test.each([
    ['CREATE TABLE u (\n  id INTEGER,\n  x TEXT NOT NUL\n);', 3],
    ['CREATE TABLE u (\n  id INTEGER,\n  x TEXT,,\n  y TEXT\n);', 3],
    ['SELECT 1;\n\nINSERT INTO t (id)\nSELECT 1 FROM t\nWHERE id = = 2;', 5],
    ['ALTER TABLE t\n  ADD COLUMN x TEXT\n  NOT NULL NUL;', 3],
  ])('%j', async (sql, line) => {
    const { findings } = await run({ 'm/2_b.sql': sql });
    expect(findings.map(({ code, line: at }) => [code, at])).toEqual([['fails-on-empty', line]]);
  });
});

test('a narrowed copy names the words in it, and not all that there are', async () => {
  const { findings } = await run({
    'm/2_b.sql':
      'CREATE TABLE n (id INTEGER PRIMARY KEY, at TEXT); INSERT INTO n SELECT id, at FROM t WHERE id < 0; DROP TABLE t; ALTER TABLE n RENAME TO t;',
  });
  expect(findings.find(({ cause }) => cause === 'narrowed')?.why).toBe(
    'The copy has a WHERE, which leaves out existing rows.',
  );
});

test('a wrong --at is not blamed on a change of production by hand alone', async () => {
  const folder = folderWith({ ...table, 'm/2_b.sql': 'ALTER TABLE t ADD COLUMN g TEXT;' });
  const file = join(folder, 'app.db');
  const db = new DatabaseSync(file);
  db.exec('CREATE TABLE t (id INTEGER PRIMARY KEY, at TEXT, g TEXT)');
  db.close();
  const { stdout } = await inProcess('gate', '--db', file, '--at', '1', join(folder, 'm'), '--format', 'json');
  const { findings }: { findings: { cause: string; why: string }[] } = JSON.parse(stdout);
  expect(findings.find(({ cause }) => cause === 'schema-drift')?.why).toMatch(
    /^Either --at 1 is not the last migration/,
  );
});

test('help names every form of the config', async () => {
  expect((await inProcess('check', '--help')).stdout.replaceAll(/\s+/g, ' ')).toContain(
    'rowproof.config.ts, .mts, .js or .mjs',
  );
});

test('-o with the ending .json writes JSON', async () => {
  const folder = folderWith(table);
  const { status, stdout } = await inProcess('check', join(folder, 'm'), '-o', join(folder, 'rep.json'));
  expect(status).toBe(0);
  expect(stdout).toMatch(/json: .*rep\.json/);
});

test('a folder above the migrations of Prisma is enough', async () => {
  const folder = folderWith({
    'prisma/migrations/migration_lock.toml': 'provider = "sqlite"',
    'prisma/migrations/20240101000000_init/migration.sql': 'CREATE TABLE a (id INTEGER PRIMARY KEY);',
  });
  const { status, stdout } = await inProcess('check', join(folder, 'prisma'), '--dataset', 'one-row');
  expect(status).toBe(0);
  expect(stdout).toContain('20240101000000_init');
});

test('the demonstration, which is no project, asks for no correction of its files', async () => {
  const { status, stdout } = await inProcess('demo');
  expect(status).toBe(0);
  expect(stdout).toContain('Rewrite');
  expect(stdout).not.toContain('--fix');
});
