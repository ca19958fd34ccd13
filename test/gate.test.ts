import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import Sqlite from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import { check, migrate, render } from '../src/api.ts';
import type { Report } from '../src/model/report.ts';
import { some } from './breadth.ts';
import { command } from './cli/run.ts';
import { gate } from './gate-source.ts';
import { folderWith } from './temporary.ts';

const marker = 'MARKER';
const first = {
  'm/1_people.sql':
    'CREATE TABLE people (id TEXT PRIMARY KEY, email TEXT, team_id TEXT REFERENCES teams(id) ON DELETE CASCADE);',
  'm/2_teams.sql': 'CREATE TABLE teams (id TEXT PRIMARY KEY, name TEXT);',
};
const rows = `INSERT INTO teams VALUES ('${marker}-t1', '${marker}'), ('${marker}-t2', NULL);
  INSERT INTO people VALUES ('${marker}-p1', '${marker}@x', '${marker}-t1'), ('${marker}-p2', '${marker}@x', NULL);`;

/** A production database at version 2 with rows, and a folder in which `pending` is still to come. */
async function production(
  pending: Readonly<Record<string, string>>,
  sql = rows,
): Promise<{ folder: string; file: string }> {
  const folder = folderWith(first);
  const file = join(folder, 'app.db');
  await migrate({ migrations: join(folder, 'm') }, { file });
  const db = new Sqlite(file);
  db.pragma('journal_mode = WAL');
  db.exec(sql);
  db.close();
  const later = folderWith({ ...first, ...pending });
  return { folder: later, file };
}

function fingerprint(file: string): string[] {
  const folder = join(file, '..');
  return readdirSync(folder)
    .filter((name) => name.startsWith('app.db'))
    .sort()
    .map(
      (name) =>
        `${name} ${createHash('sha256')
          .update(readFileSync(join(folder, name)))
          .digest('hex')}`,
    );
}

/** Runs the gate and proves that the file is what it was. */
async function run({ folder, file }: { folder: string; file: string }, includeValues = false): Promise<Report> {
  const before = fingerprint(file);
  const report = await gate({ migrations: join(folder, 'm'), includeValues }, { file });
  expect(fingerprint(file)).toEqual(before);
  return report;
}

const brief = ({ findings }: Report): unknown[] =>
  findings.map(({ code, cause, severity, table }) => [code, cause, severity, table]);

describe('gate', () => {
  test('passes migrations that are safe on the real rows', async () => {
    const report = await run(await production({ 'm/3_a.sql': 'ALTER TABLE people ADD COLUMN name TEXT;' }));
    expect(brief(report)).toEqual([]);
    expect(report.gate).toMatchObject({ version: 2, name: '2_teams', pending: 1 });
    expect(report.steps).toEqual([
      { migration: '3_a', position: 3, id: '3', dataset: 'empty', outcome: 'applied' },
      { migration: '3_a', position: 3, id: '3', dataset: 'copy', outcome: 'applied' },
    ]);
  });

  test('stops a migration that fails on the real rows, and runs nothing after it', async () => {
    const report = await run(
      await production({ 'm/3_a.sql': 'CREATE UNIQUE INDEX u ON people(email);', 'm/4_b.sql': 'CREATE TABLE c (d);' }),
    );
    expect(brief(report)).toEqual([['fails-on-rows', 'unique-meets-duplicates', 'error', 'people']]);
    expect(report.steps.map(({ migration, outcome }) => `${migration} ${outcome}`)).toEqual([
      '3_a applied',
      '3_a failed',
      '4_b not-run',
      '4_b not-run',
    ]);
  });

  test('finds rows that are lost', async () => {
    const rebuild =
      'CREATE TABLE n (id TEXT PRIMARY KEY, name TEXT); INSERT INTO n SELECT * FROM teams; DROP TABLE teams; ALTER TABLE n RENAME TO teams;';
    const report = await run(await production({ 'm/3_a.sql': rebuild }));
    expect(brief(report)).toEqual([['rows-lost', 'cascade-on-drop', 'error', 'people']]);
    expect(report.findings[0]).toMatchObject({
      statement: 3,
      facts: { tables: [{ table: 'people', before: 2, after: 1 }] },
    });
  });

  test('blames the migration and not the rows where the empty database fails too', async () => {
    const report = await run(await production({ 'm/3_a.sql': 'ALTER TABLE people ADD COLUMN k TEXT UNIQUE;' }));
    expect(brief(report)).toEqual([['fails-on-empty', 'fails-on-empty', 'error', 'people']]);
    expect(report.steps.map(({ dataset, outcome }) => [dataset, outcome])).toEqual([
      ['empty', 'failed'],
      ['copy', 'not-run'],
    ]);
  });

  test('programs that production has run are no reason to fail on the empty database', async () => {
    const { file } = await production({});
    const db = new Sqlite(file);
    db.exec("CREATE TABLE made (by); INSERT INTO _migrations VALUES (3, '', NULL, NULL)");
    db.close();
    const later = folderWith({
      ...first,
      'm/3_make.ts': '',
      'm/4_a.sql': 'ALTER TABLE made ADD COLUMN k;',
      'm/5_b.sql': 'ALTER TABLE people ADD COLUMN l INTEGER NOT NULL;',
    });
    const report = await run({ folder: later, file });
    expect(brief(report)).toEqual([['fails-on-rows', 'add-column-not-null', 'error', 'people']]);
    expect(report.steps.find(({ migration }) => migration === '4_a')?.outcome).toBe('blocked');
  });

  test('a pending program prevents a verdict', async () => {
    await expect(run(await production({ 'm/3_a.ts': '' }))).rejects.toMatchObject({ code: 'unsupported' });
  });

  test('a database without pending migrations has no finding', async () => {
    const report = await run(await production({}));
    expect(report.gate?.pending).toBe(0);
    expect(report.summary.errors).toBe(0);
  });

  test('all migrations are pending on an empty database', async () => {
    const folder = folderWith(first);
    const file = join(folder, 'app.db');
    new Sqlite(file).exec('PRAGMA user_version = 1').close();
    expect((await run({ folder, file })).gate).toMatchObject({ version: 0, pending: 2 });
  });

  test.each<[string, Record<string, string | null>, string]>([
    ['edited', { 'm/1_people.sql': `${first['m/1_people.sql']} -- edited` }, '1_people'],
    ['late', { 'm/0_z.sql': 'CREATE TABLE z (y);' }, '0_z'],
  ])('a history that was %s is named', async (problem, change, name) => {
    const { file } = await production({});
    const files = Object.fromEntries(
      Object.entries({ ...first, ...change }).flatMap(([path, text]) => (text === null ? [] : [[path, text]])),
    );
    const report = await run({ folder: folderWith(files), file });
    expect(report.findings[0]).toMatchObject({
      code: 'history-edited',
      severity: 'error',
      migration: name,
      facts: { problem },
    });
  });

  test('a missing migration that was applied is reported by its version, because the ledger is data', async () => {
    const { file } = await production({});
    const { 'm/1_people.sql': _gone, ...rest } = first;
    const report = await run({ folder: folderWith(rest), file });
    expect(report.findings).toHaveLength(1);
    expect(report.findings).toContainEqual(
      expect.objectContaining({
        code: 'history-edited',
        migration: 'version 1',
        facts: { problem: 'missing', version: 1, position: null, id: '1' },
      }),
    );
  });

  test('a schema that somebody changed by hand is a warning; objects of tools are not', async () => {
    const report = await run(
      await production({}, `${rows} ALTER TABLE teams ADD COLUMN by_hand TEXT; CREATE TABLE _litestream_seq (id);`),
    );
    expect(brief(report)).toEqual([['schema-differs', 'schema-drift', 'warning', 'teams']]);
  });

  test('--at gives the version where there is no ledger', async () => {
    const folder = folderWith({ ...first, 'm/3_a.sql': 'ALTER TABLE people ADD COLUMN k INTEGER NOT NULL;' });
    const file = join(folder, 'app.db');
    new Sqlite(file).exec(`${Object.values(first).join('')} ${rows}`).close();
    const report = await gate({ migrations: join(folder, 'm') }, { file, at: 2 });
    expect(brief(report)).toEqual([['fails-on-rows', 'add-column-not-null', 'error', 'people']]);
  });

  test.each<[string, string]>([
    ['a failure', 'CREATE UNIQUE INDEX u ON people(email);'],
    [
      'a trigger that raises a value',
      "CREATE TRIGGER g BEFORE UPDATE ON people BEGIN SELECT RAISE(ABORT, 'no: ' || OLD.email); END; UPDATE people SET email = '';",
    ],
    ['an invariant', 'ALTER TABLE people ADD COLUMN k;'],
    ['a loss', 'DELETE FROM people;'],
    ['a malformed JSON path', "UPDATE people SET email = json_extract('{}', id);"],
    [
      'an unknown column of a full-text table',
      "CREATE VIRTUAL TABLE f USING fts5(a); SELECT (SELECT count(*) FROM f WHERE f MATCH people.id || ':x') FROM people;",
    ],
  ])('no value of production is in the report of %s', async (_name, sql) => {
    const { folder, file } = await production({
      'm/3_a.sql': sql,
      'seeds/invariants/3_k.sql': 'SELECT id, email FROM people WHERE k IS NULL',
    });
    const failing = sql.includes(' k;') ? join(folder, 'seeds') : undefined;
    const config = { migrations: join(folder, 'm'), seeds: failing ?? join(folderWith({ 's/.keep': '' }), 's') };
    const report = await gate(config, { file });
    expect(report.findings.length).toBeGreaterThan(0);
    for (const format of ['terminal', 'json'] as const) expect(render(report, format)).not.toContain(marker);
  });

  test('the error of an invariant that fails on a row shows no value', async () => {
    const { folder, file } = await production({
      'm/3_a.sql': 'CREATE TABLE c (d);',
      'seeds/invariants/1_k.sql': "SELECT json_extract('{}', email) FROM people",
    });
    const failing = gate({ migrations: join(folder, 'm'), seeds: join(folder, 'seeds') }, { file });
    await expect(failing).rejects.toMatchObject({
      code: 'bad-invariant',
      message: expect.not.stringContaining(marker),
    });
  });

  test('values are shown on request', async () => {
    const report = await run(await production({ 'm/3_a.sql': 'CREATE UNIQUE INDEX u ON people(email);' }), true);
    expect(render(report, 'terminal')).toContain(`${marker}-p1`);
  });
});

describe('the gate judges as check does', () => {
  const twice = "INSERT INTO teams VALUES ('t9', 'x'); UPDATE teams SET name = name || '!'; SELECT 1;";

  test('it stops a migration between its statements and runs it again on the copy', async () => {
    const { folder, file } = await production({ 'm/3_a.sql': `${twice} CREATE TABLE c (d);` });
    const config = { migrations: join(folder, 'm'), transaction: 'none', interrupt: true } as const;
    const report = await gate(config, { file });
    expect(report.findings).toMatchObject([
      { code: 'not-rerunnable', cause: 'interrupted', statement: 1, datasets: ['copy', 'empty'] },
    ]);
    expect(report.notes).toMatchObject([{ code: 'interrupted', facts: { stops: 4 } }]);
    expect((await gate({ ...config, interrupt: false }, { file })).findings).toEqual([]);
  });

  test('it finds a failure of a second run that only rows show', async () => {
    const doubled = "UPDATE teams SET name = name || '!'; UPDATE people SET email = email || '!';";
    const { folder, file } = await production({ 'm/3_a.sql': doubled });
    const report = await gate({ migrations: join(folder, 'm'), transaction: 'none', interrupt: true }, { file });
    expect(report.findings).toMatchObject([{ cause: 'done-twice', table: 'teams', datasets: ['copy'] }]);
  });

  test('it searches the copy for the rows that check warns of', async () => {
    const unique = { 'm/3_a.sql': 'CREATE UNIQUE INDEX u ON teams(name);' };
    const gated = await run(await production(unique));
    expect(brief(gated)).toEqual([]);
    expect(gated.notes).toMatchObject([{ code: 'ruled-out-by-copy', facts: { migration: '3_a', warnings: 1 } }]);
    const checked = await check({ migrations: join((await production(unique)).folder, 'm'), dataset: ['awkward'] });
    expect(checked.findings.filter(({ severity }) => severity === 'warning')).toHaveLength(1);
  });

  test('it does not warn of rows that already failed on the copy', async () => {
    const report = await run(await production({ 'm/3_a.sql': 'CREATE UNIQUE INDEX u ON people(email);' }));
    expect(brief(report)).toEqual([['fails-on-rows', 'unique-meets-duplicates', 'error', 'people']]);
    expect(report.notes).toEqual([]);
  });

  test('it reports rows of the copy that check warns of and the migration does not harm', async () => {
    const sql = `CREATE TABLE mails (email TEXT NOT NULL); INSERT INTO mails VALUES ('root@x'); CREATE TABLE members (email TEXT);
      CREATE TRIGGER t AFTER INSERT ON members BEGIN INSERT INTO mails VALUES (NEW.email); END;
      INSERT INTO members SELECT email FROM people WHERE team_id IS NOT NULL;`;
    const report = await run(
      await production({ 'm/3_a.sql': sql }, `${rows} INSERT INTO people VALUES ('p3', NULL, NULL);`),
    );
    expect(brief(report)).toEqual([]);
    expect(report.notes).toMatchObject([
      {
        code: 'harmless-on-copy',
        facts: { warning: 'fails-on-rows', rows: 1, needs: 'a row of people whose email is NULL' },
      },
    ]);
  });

  test('it says that an error depends on foreign keys that were assumed', async () => {
    const rebuild =
      'CREATE TABLE n (id TEXT PRIMARY KEY, name TEXT); INSERT INTO n SELECT * FROM teams; DROP TABLE teams; ALTER TABLE n RENAME TO teams;';
    const { folder, file } = await production({ 'm/3_a.sql': rebuild });
    const told = async (config: object): Promise<number | undefined> =>
      (await gate({ migrations: join(folder, 'm'), ...config }, { file })).findings[0]?.details.length;
    expect(await told({})).toBe(((await told({ foreignKeys: true })) ?? 0) + 1);
  });

  test('it judges a plain folder without its foreign_keys=off too', async () => {
    const rebuild =
      '-- rowproof: foreign_keys=off\nCREATE TABLE n (id TEXT PRIMARY KEY, name TEXT); INSERT INTO n SELECT * FROM teams; DROP TABLE teams; ALTER TABLE n RENAME TO teams;';
    const { folder, file } = await production({ 'm/3_a.sql': rebuild });
    const brieflyAs = async (tool: 'plain' | 'rowproof'): Promise<unknown[]> =>
      brief(await gate({ migrations: join(folder, 'm'), tool }, { file, at: 2 }));
    expect(await brieflyAs('rowproof')).toEqual([]);
    expect(await brieflyAs('plain')).toEqual([['rows-lost', 'cascade-on-drop', 'warning', 'people']]);
  });
});

describe('an interrupted gate leaves no copy behind', () => {
  test.each(some(['SIGTERM', 'SIGINT', 'SIGKILL'] as const, 1))('%s', async (signal) => {
    const slow =
      'CREATE TABLE slow AS WITH RECURSIVE c(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM c WHERE i < 300000000) SELECT count(*) FROM c;';
    const { folder, file } = await production({ 'm/3_a.sql': slow });
    const temporary = join(folder, 'tmp');
    mkdirSync(temporary);
    const root = join(import.meta.dirname, '..');
    const child = spawn(process.execPath, [...command, 'gate', '--db', file, join(folder, 'm')], {
      cwd: root,
      env: { ...process.env, TMPDIR: temporary, TEMP: temporary, NODE_OPTIONS: '' },
      stdio: 'ignore',
    });
    const copies = (): string[] =>
      readdirSync(temporary, { recursive: true, encoding: 'utf8' }).filter((name) => name.startsWith('rowproof'));
    const before = fingerprint(file);
    await until(() => copies().some((name) => name.endsWith('copy.db')));
    child.kill(signal);
    await once(child, 'exit');
    await until(() => copies().length === 0);
    expect(fingerprint(file)).toEqual(before);
  });
});

/** Waits, with an end. */
async function until(condition: () => boolean): Promise<void> {
  for (let i = 0; i < 600; i++) {
    if (condition()) return;
    await wait(50);
  }
  throw new Error('it did not come to pass in 30 s');
}
