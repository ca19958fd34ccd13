/** What the rows of a database say of the warnings of `check`, and the verdict. */
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import { migrate } from '../src/api.ts';
import type { Config } from '../src/config.ts';
import type { Report } from '../src/model/report.ts';
import { gate } from './gate-source.ts';
import { folderWith } from './temporary.ts';

const tables = `CREATE TABLE teams (id INTEGER PRIMARY KEY, name TEXT);
CREATE TABLE people (id INTEGER PRIMARY KEY, team_id INTEGER REFERENCES teams (id), email TEXT);`;

const rebuild = `CREATE TABLE n (id INTEGER PRIMARY KEY, team_id INTEGER REFERENCES teams (id), email TEXT);
INSERT INTO n SELECT id, team_id, email FROM people;
DROP TABLE people;
ALTER TABLE n RENAME TO people;`;

/** The report of a gate on a database with some rows, before one migration. */
async function gated(rows: string, pending: string, config: Config = {}): Promise<Report> {
  const folder = folderWith({ 'm/1_tables.sql': tables, 'm/2_change.sql': pending });
  const [migrations, file] = [join(folder, 'm'), join(folder, 'app.db')];
  await migrate({ migrations }, { file, to: 1 });
  const db = new Sqlite(file);
  db.pragma('foreign_keys = OFF');
  db.exec(rows);
  db.close();
  return gate({ ...config, migrations }, { file });
}

const brief = ({ weighed }: Report): unknown[] =>
  weighed.map(({ cause, answer, asked }) => [cause, answer, asked.map(({ rows }) => rows)]);

const plain = "INSERT INTO teams VALUES (1, 'a'); INSERT INTO people VALUES (1, 1, 'a'), (2, 1, 'b');";
const notNull = `${rebuild.replace('email TEXT', 'email TEXT NOT NULL')}`;

describe('the gate weighs the warnings of check by the rows of the database', () => {
  test.each<[string, string, string, unknown[]]>([
    ['rules out an orphan', plain, rebuild, [['orphans-under-declared-key', 'ruled-out', [0]]]],
    [
      'meets an orphan',
      `${plain} INSERT INTO people VALUES (3, 7, 'c');`,
      rebuild,
      [['orphans-under-declared-key', 'happens', [1]]],
    ],
    [
      'leaves an orphan alone',
      `${plain} INSERT INTO people VALUES (3, 7, 'c');`,
      'CREATE UNIQUE INDEX u ON people (email);',
      [['unique-meets-duplicates', 'ruled-out', [0]]],
    ],
    [
      'meets one NULL and does not get to the orphan',
      `${plain} INSERT INTO people VALUES (3, 7, 'c'), (4, 1, NULL);`,
      `DELETE FROM teams WHERE name IS NULL;\n${notNull}`,
      [
        ['not-null-meets-null', 'happens', [1]],
        ['orphans-under-declared-key', 'happens', [1]],
      ],
    ],
  ])('%s', async (_what, rows, pending, expected) => {
    const report = await gated(rows, pending);
    expect(brief(report)).toEqual(expect.arrayContaining(expected));
    expect(report.weighed.length).toBeGreaterThanOrEqual(expected.length);
  });
});

describe('the verdict', () => {
  test('says so where nothing was applied before, for a wrong path often names an empty file', async () => {
    const folder = folderWith({ 'm/1_tables.sql': tables, 'empty.db': '' });
    const { verdict } = await gate({ migrations: join(folder, 'm') }, { file: join(folder, 'empty.db') });
    expect(verdict).toEqual({ go: true, because: expect.stringContaining('as in a new database') });
    const { verdict: second } = await gated(plain, 'CREATE INDEX i ON people (email);');
    expect(second?.because).not.toContain('new database');
  });

  test('is GO where nothing stops the deploy', async () => {
    const { verdict } = await gated(plain, 'CREATE UNIQUE INDEX u ON people (email);');
    expect(verdict).toEqual({ go: true, because: expect.stringContaining('rule out 1 warning of check') });
  });

  test('names the migration and the table that stop it', async () => {
    const { verdict } = await gated(`${plain} INSERT INTO people VALUES (3, 1, NULL);`, notNull);
    expect(verdict?.go).toBe(false);
    expect(verdict?.because).toMatch(/^2_change .*\(people\): NOT NULL constraint failed: n\.email$/);
  });

  test('is NO-GO for a warning only where warnings count', async () => {
    const dropped = rebuild.replace('REFERENCES teams (id)', '').replace('email TEXT', 'email TEXT, k INTEGER');
    const lax = await gated(plain, dropped.replace('INTO n ', 'INTO n (id, team_id, email) '));
    expect(lax.summary).toMatchObject({ errors: 0, warnings: 1 });
    expect(lax.verdict?.go).toBe(true);
    const strict = await gated(plain, dropped.replace('INTO n ', 'INTO n (id, team_id, email) '), { strict: true });
    expect(strict.verdict).toEqual({ go: false, because: expect.stringMatching(/^2_change /) });
  });

  test('is NO-GO where a migration fails on the copy, though a directive accepts that', async () => {
    const allowed = `-- rowproof: allow fails-on-rows people -- somebody repairs them first\n${notNull}`;
    const report = await gated(`${plain} INSERT INTO people VALUES (3, 1, NULL);`, allowed);
    expect(report.summary.errors).toBe(0);
    expect(report.verdict).toEqual({ go: false, because: '2_change fails on the copy' });
  });
});
