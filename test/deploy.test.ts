/** Some tools run all pending migrations in one transaction, and the whole may end otherwise than its steps. */
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import { check } from '../src/api.ts';
import type { Config } from '../src/config.ts';
import type { Finding } from '../src/model/finding.ts';
import { gate } from './gate-source.ts';
import { folderWith } from './temporary.ts';

const tables =
  'CREATE TABLE p (id INTEGER PRIMARY KEY, name TEXT); CREATE TABLE c (id INTEGER PRIMARY KEY, p INTEGER REFERENCES p(id) DEFERRABLE INITIALLY DEFERRED); CREATE VIEW v AS SELECT name FROM p;';
const rows = "INSERT INTO p VALUES (1, 'a'); INSERT INTO c VALUES (1, 1);";

/** A plain folder whose runner puts one transaction round all, beside a production file that has its first migration. */
function project(...pending: readonly string[]): { config: Config; file: string } {
  const folder = folderWith({
    'm/1_tables.sql': tables,
    ...Object.fromEntries(pending.map((sql, place) => [`m/${place + 2}_step.sql`, sql])),
    's/1_rows.sql': rows,
  });
  const file = join(folder, 'app.db');
  const db = new Sqlite(file);
  db.exec(`${tables} ${rows} CREATE TABLE _migrations (version INTEGER PRIMARY KEY, applied_at TEXT NOT NULL);
    INSERT INTO _migrations VALUES (1, '')`);
  db.close();
  const config: Config = {
    ...{ migrations: join(folder, 'm'), seeds: join(folder, 's') },
    ...{ transaction: 'all-pending', dataset: ['fixture'] },
  };
  return { config, file };
}

const only = /^This happens only if all \d migrations run in one transaction/;
const not = /^This does not happen if all \d migrations run in one transaction/;

function brief(findings: readonly Finding[]): unknown[] {
  return findings.map(({ code, migration, statement, details }) => [
    code,
    migration,
    statement,
    details.some((detail) => only.test(detail)),
    details.some((detail) => not.test(detail)),
  ]);
}

describe.each(['gate', 'check --deploy-from'])('%s', (command) => {
  const judge = async ({ config, file }: ReturnType<typeof project>): Promise<readonly Finding[]> =>
    (command === 'gate' ? await gate(config, { file }) : await check({ ...config, deployFrom: 1 })).findings;

  test('a BEGIN of a file fails within the transaction of all', async () => {
    const findings = await judge(project('CREATE TABLE d (x);', 'BEGIN; CREATE TABLE e (x); COMMIT;'));
    expect(brief(findings)).toEqual([['fails-on-empty', '3_step', 1, true, false]]);
    expect(findings[0]).toMatchObject({ file: expect.stringMatching(/3_step\.sql$/), line: 1, statements: 3 });
  });

  test('an orphan that a later migration repairs fails a step and not the deploy', async () => {
    const findings = await judge(project('DELETE FROM p;', "INSERT INTO p VALUES (1, 'b');"));
    const failed = findings.filter(({ code }) => code === 'fails-on-rows');
    expect(brief(failed)[0]).toEqual(['fails-on-rows', '2_step', 1, false, true]);
    // In a check the rows stay in the table that was not emptied, which fails the next step by itself.
    expect(failed.every(({ details }) => details.some((detail) => not.test(detail)))).toBe(true);
  });

  test('a pragma that one file leaves on acts in the next', async () => {
    const rename = 'ALTER TABLE p RENAME TO q;';
    expect(brief(await judge(project('CREATE TABLE d (x);', rename)))).toEqual([]);
    const findings = await judge(project('PRAGMA legacy_alter_table = ON;', rename));
    expect(brief(findings)).toEqual([['object-broken', '3_step', 1, true, false]]);
  });

  test('findings of both steps and deploy are reported once, and a failure rolls everything back', async () => {
    const findings = await judge(project('CREATE TABLE d (x);', 'ALTER TABLE p ADD COLUMN team TEXT NOT NULL;'));
    expect(brief(findings)).toEqual([['fails-on-rows', '3_step', 1, false, false]]);
    expect(findings[0]?.details.at(-1)).toMatch(/^All 2 migrations .* so none of them is applied/);
  });

  test('one pending migration needs no separate deploy', async () => {
    expect(brief(await judge(project('BEGIN; CREATE TABLE e (x); COMMIT;')))).toEqual([]);
  });

  test('the deploy equals its steps where each migration has a transaction of its own', async () => {
    const { config, file } = project('CREATE TABLE d (x);', 'BEGIN; CREATE TABLE e (x); COMMIT;');
    expect(brief(await judge({ config: { ...config, transaction: 'per-migration' }, file }))).toEqual([]);
  });
});

test('--deploy-from of an unknown migration is refused', async () => {
  const { config } = project('CREATE TABLE d (x);');
  await expect(check({ ...config, deployFrom: '7_x' })).rejects.toMatchObject({ code: 'unknown-version' });
});
