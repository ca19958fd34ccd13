/** In a plain folder nobody knows who runs the files, so a directive that only rowproof reads is judged both ways. */
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { expect, test } from 'vitest';
import { check, migrate } from '../../src/api.ts';
import { folderWith } from '../temporary.ts';

const files = {
  '1_a.sql':
    'CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);\nCREATE TABLE posts (id INTEGER PRIMARY KEY, user_id INTEGER NOT NULL REFERENCES users(id) ON DELETE CASCADE);',
  '2_b.sql':
    "-- rowproof: foreign_keys=off\nCREATE TABLE users_new (id INTEGER PRIMARY KEY, name TEXT NOT NULL DEFAULT '');\nINSERT INTO users_new SELECT id, coalesce(name, '') FROM users;\nDROP TABLE users;\nALTER TABLE users_new RENAME TO users;",
};

test('the loss under another migrator is a warning that names both outcomes', async () => {
  const { findings } = await check({ migrations: folderWith(files), dataset: ['one-row'] });
  expect(findings).toMatchObject([
    {
      code: 'rows-lost',
      severity: 'warning',
      table: 'posts',
      migration: '2_b',
      instead: expect.stringMatching(/tool: 'rowproof'/),
    },
  ]);
  expect(findings[0]?.details.at(-1)).toMatch(/another migrator .* does not happen if rowproof runs the file/);
});

test('the warning is absent where rowproof migrates production or keys are off anyway', async () => {
  const migrations = folderWith(files);
  expect((await check({ migrations, tool: 'rowproof', dataset: ['one-row'] })).findings).toEqual([]);
  expect((await check({ migrations, foreignKeys: false, dataset: ['one-row'] })).findings).toEqual([]);
});

test('an error that depends on foreign keys says so where they are only assumed', async () => {
  const migrations = folderWith({
    ...files,
    '2_b.sql': files['2_b.sql'].replace('-- rowproof: foreign_keys=off\n', ''),
  });
  const hinges = expect.stringMatching(/^It does not happen with foreign keys off/);
  const details = async (config: object): Promise<readonly string[]> =>
    (await check({ migrations, dataset: ['one-row'], ...config })).findings[0]?.details ?? [];
  expect(await details({})).toContainEqual(hinges);
  for (const said of [{ foreignKeys: true }, { driver: 'libsql' }, { tool: 'rowproof' }] as const)
    expect(await details(said)).not.toContainEqual(hinges);
});

test('an error that does not depend on them does not say so', async () => {
  const migrations = folderWith({
    '1_a.sql': 'CREATE TABLE a (b INTEGER);',
    '2_b.sql': 'ALTER TABLE a ADD COLUMN c TEXT NOT NULL;',
    '3_c.sql': 'ALTER TABLE nobody ADD COLUMN c;',
  });
  const { findings } = await check({ migrations, dataset: ['one-row'] });
  expect(findings.map(({ code }) => code)).toEqual(['fails-on-rows', 'fails-on-empty']);
  for (const { details } of findings) expect(details.join()).not.toMatch(/With foreign keys off/);
});

const runner = `var alone = map[string]bool{ "2_b.sql": true }
db.Exec("PRAGMA foreign_keys = OFF")`;
const loss = { ...files, '2_b.sql': files['2_b.sql'].replace('-- rowproof: foreign_keys=off\n', '') };
const project = (program: string): string =>
  join(
    folderWith({
      'go.mod': 'module quay\n',
      'internal/db.go': program,
      ...Object.fromEntries(Object.entries(loss).map(([name, sql]) => [`migrations/${name}`, sql])),
    }),
    'migrations',
  );

test("a file that the project's own runner names beside the switch runs without keys, and a note says so", async () => {
  const { findings, notes } = await check({ migrations: project(runner), dataset: ['one-row'], foreignKeys: true });
  expect(findings).toEqual([]);
  expect(notes.find(({ code }) => code === 'keys-off-by-program')?.facts).toEqual({
    migrations: ['2_b'],
    evidence: 'internal/db.go:2',
  });
});

test.each([
  ['names another file', runner.replace('2_b.sql', '3_c.sql')],
  ['switches keys on', runner.replace('OFF', 'ON')],
  ['only speaks of the switch', runner.replace('db.Exec', '// db.Exec')],
])('keys act where the program %s', async (_what, program) => {
  const { findings } = await check({ migrations: project(program), dataset: ['one-row'], foreignKeys: true });
  expect(findings.map(({ code }) => code)).toEqual(['rows-lost']);
});

test("rowproof's own migrator does not go by the project's runner", async () => {
  const migrations = project(runner);
  const { findings } = await check({ migrations, tool: 'rowproof', dataset: ['one-row'] });
  expect(findings.map(({ code }) => code)).toEqual(['rows-lost']);
  const file = join(migrations, '..', 'quay.db');
  await migrate({ migrations }, { file, to: 1 });
  const db = new Sqlite(file);
  db.exec("INSERT INTO users VALUES (1, 'Ida'); INSERT INTO posts VALUES (1, 1);");
  db.close();
  await migrate({ migrations }, { file });
  const after = new Sqlite(file, { readonly: true });
  // Keys acted: the built-in migrator runs the file as it stands.
  expect(after.prepare<[], { rows: number }>('SELECT count(*) AS rows FROM posts').get()).toEqual({ rows: 0 });
  after.close();
});

const ledgerFiles = {
  '1_a.sql':
    "CREATE TABLE IF NOT EXISTS _old (name TEXT); INSERT INTO migrations SELECT name, '' FROM _old; DROP TABLE _old;",
  '2_b.sql': 'CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);',
};
const withProgram = (program: string): string =>
  join(
    folderWith({
      'Cargo.toml': '[package]\n',
      'src/run.rs': program,
      ...Object.fromEntries(Object.entries(ledgerFiles).map(([name, sql]) => [`migrations/${name}`, sql])),
    }),
    'migrations',
  );

test("a ledger that the project's own runner makes is there before the first file, and is no table of the history", async () => {
  const program =
    'query(r#"\n  CREATE TABLE IF NOT EXISTS migrations (\n    name TEXT PRIMARY KEY,\n    applied_at TEXT\n  )"#)';
  const { findings, notes, steps } = await check({ migrations: withProgram(program), dataset: ['typical', 'awkward'] });
  expect(findings).toEqual([]);
  expect(steps.map(({ outcome }) => outcome)).toEqual(Array(6).fill('applied'));
  expect(notes.find(({ code }) => code === 'ledger-by-program')?.facts).toEqual({
    table: 'migrations',
    evidence: 'src/run.rs:2',
  });
});

test.each([
  ['does not make it', 'query("SELECT name FROM migrations")'],
  ['makes it of parts', 'format!("CREATE TABLE migrations (name {})", kind)'],
])('a table that no file makes is missing where the program %s', async (_what, program) => {
  const { findings } = await check({ migrations: withProgram(program), dataset: ['typical'] });
  expect(findings.map(({ code }) => code)).toEqual(['fails-on-empty']);
});
