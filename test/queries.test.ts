/** The queries of the versions around a deploy, before and after pending migrations. */
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import { check, migrate, render } from '../src/api.ts';
import type { Config } from '../src/config.ts';
import { migrationCases } from '../src/index.ts';
import type { FindingOf } from '../src/model/finding.ts';
import type { Report } from '../src/model/report.ts';
import { gate } from './gate-source.ts';
import { folderWith } from './temporary.ts';

const tables = `CREATE TABLE teams (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
CREATE TABLE users (id INTEGER PRIMARY KEY, team_id INTEGER REFERENCES teams (id), nickname TEXT, email TEXT NOT NULL UNIQUE,
  state TEXT NOT NULL CHECK (state IN ('new', 'old')), meta TEXT CHECK (json_valid(meta)));
CREATE TABLE members (team_id INTEGER NOT NULL REFERENCES teams (id), user_id INTEGER NOT NULL REFERENCES users (id), PRIMARY KEY (team_id, user_id));`;

const rows = `INSERT INTO teams VALUES (1, 'a'), (2, 'b'), (3, 'c'), (4, 'd');
INSERT INTO users VALUES (1, 1, 'n', 'e@x', 'new', '{}'), (2, NULL, NULL, 'f@x', 'new', '{}'), (3, 2, 'o', 'g@x', 'old', '{}');
INSERT INTO members VALUES (1, 1), (2, 3);`;

/** The queries that most tests use; each line is one. */
const queries = [
  'SELECT id, nickname FROM users WHERE email = ?;',
  'INSERT INTO users (team_id, nickname, email, state, meta) VALUES (?, :nickname, ?, ?, ?);',
  "UPDATE users SET nickname = ?, state = 'old' WHERE id = ?;",
  'DELETE FROM members WHERE team_id = ? AND user_id = ?;',
  'INSERT INTO teams (name) VALUES ($name) RETURNING id;',
  'SELECT * FROM teams ORDER BY id LIMIT ? OFFSET ?;',
];

const rebuilt = (column: string, copied: string): string => `-- rowproof: foreign_keys=off
CREATE TABLE n (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, ${column});
INSERT INTO n SELECT ${copied} FROM teams;
DROP TABLE teams;
ALTER TABLE n RENAME TO teams;`;

interface Case extends Omit<Config, 'rows'> {
  readonly old?: readonly string[];
  readonly coming?: readonly string[];
  readonly rows?: string;
}

/** The report of the gate, on a database with a few rows. */
async function gated(
  pending: readonly string[],
  { old, coming, rows: given = rows, ...config }: Case,
): Promise<Report> {
  const files = Object.fromEntries(pending.map((sql, i) => [`m/${i + 2}_step.sql`, sql]));
  const folder = folderWith({
    'm/1_tables.sql': tables,
    ...files,
    ...(old && { 'old/app.sql': old.join('\n') }),
    ...(coming && { 'new/app.sql': coming.join('\n') }),
  });
  const [migrations, file] = [join(folder, 'm'), join(folder, 'app.db')];
  await migrate({ migrations }, { file, to: 1 });
  const db = new Sqlite(file);
  db.exec(given);
  db.close();
  const places = { ...(old && { queries: join(folder, 'old') }), ...(coming && { bothWays: join(folder, 'new') }) };
  return gate({ migrations, tool: 'rowproof', foreignKeys: true, ...places, ...config }, { file });
}

const found = ({ findings }: Report): FindingOf<'old-query-breaks'>[] =>
  findings.filter((finding) => finding.code === 'old-query-breaks');

const brief = (report: Report): unknown[] =>
  found(report).map(({ cause, migration, statement, facts }) => [
    cause,
    migration,
    statement,
    facts.queries.map(({ line }) => line),
  ]);

const noteOf = ({ notes }: Report): unknown => notes.find(({ code }) => code === 'queries-tried')?.facts;

describe('statements of the old version', () => {
  test('all run before and after a migration that only adds', async () => {
    const report = await gated(['ALTER TABLE users ADD COLUMN handle TEXT;'], { old: queries });
    expect(brief(report)).toEqual([]);
    expect(noteOf(report)).toEqual({
      version: 'old',
      migrations: 1,
      tried: queries.length,
      failing: [],
      others: 0,
      alike: 0,
    });
  });

  test.each<[string, string[], unknown[]]>([
    [
      'a renamed column',
      ['ALTER TABLE users RENAME COLUMN nickname TO handle;'],
      [['old-query-breaks', '2_step', 1, [1, 2, 3]]],
    ],
    [
      'a dropped table, in the second of three',
      ['CREATE TABLE x (a);', 'DROP TABLE members;', 'CREATE TABLE y (a);'],
      [['old-query-breaks', '3_step', 1, [4]]],
    ],
    [
      'a required column that the old version leaves out',
      [rebuilt('slug TEXT NOT NULL', 'id, name, name')],
      [
        ['old-write-refused', '2_step', 1, [5]],
        ['result-columns-differ', '2_step', 1, [6]],
      ],
    ],
    [
      'a column that defaults to the same in every row, and must be unique',
      [
        "ALTER TABLE teams ADD COLUMN slug TEXT NOT NULL DEFAULT ''; UPDATE teams SET slug = name;\nCREATE UNIQUE INDEX s ON teams (slug);",
      ],
      [
        ['old-write-refused', '2_step', 3, [5]],
        ['result-columns-differ', '2_step', 1, [6]],
      ],
    ],
    [
      'NULLs that recent rows have',
      [
        `UPDATE users SET nickname = '' WHERE nickname IS NULL;
CREATE TRIGGER named BEFORE INSERT ON users WHEN NEW.nickname IS NULL BEGIN SELECT RAISE(ABORT, 'a nickname'); END;`,
      ],
      [['old-write-refused', '2_step', 2, [2]]],
    ],
    [
      'a word that is written out',
      ["CREATE TRIGGER done BEFORE UPDATE ON users WHEN NEW.state = 'old' BEGIN SELECT RAISE(ABORT, 'no'); END;"],
      [['old-write-refused', '2_step', 1, [3]]],
    ],
  ])('%s', async (_what, pending, expected) => {
    expect(brief(await gated(pending, { old: queries }))).toEqual(expected);
  });

  test('node:sqlite gives the same', async () => {
    const report = await gated(['ALTER TABLE users RENAME COLUMN nickname TO handle;'], {
      old: queries,
      engine: 'node',
    });
    expect(brief(report)).toEqual([['old-query-breaks', '2_step', 1, [1, 2, 3]]]);
    expect(noteOf(report)).toMatchObject({ tried: queries.length, failing: [] });
  });

  test('a migration that a later one makes good breaks nothing', async () => {
    const pending = ['ALTER TABLE users RENAME TO people;', 'CREATE VIEW users AS SELECT * FROM people;'];
    const report = await gated(pending, { old: ['SELECT id, nickname FROM users WHERE id = ?1;'] });
    expect(brief(report)).toEqual([]);
  });

  test('the report names the statement, its file and line, and what SQLite says, and holds no value', async () => {
    const secret = "SELECT nickname FROM users WHERE email = 'secret@x' AND id > 4711;";
    const report = await gated(['ALTER TABLE users RENAME COLUMN nickname TO handle;'], { old: ['', secret] });
    expect(found(report)).toMatchObject([
      {
        severity: 'error',
        datasets: ['copy'],
        table: 'users',
        message: 'no such column: nickname',
        facts: {
          queries: [{ line: 2, sql: 'SELECT nickname FROM users WHERE email = ? AND id > ?', code: 'SQLITE_ERROR' }],
        },
      },
    ]);
    expect(found(report)[0]?.facts.queries[0]?.file).toMatch(/old\/app\.sql$/);
    expect(report.verdict?.go).toBe(false);
    for (const text of (['terminal', 'json', 'markdown'] as const).map((format) => render(report, format))) {
      expect(text).not.toMatch(/secret|4711/);
      expect(text).toMatch(/old\/app\\?\.sql/);
    }
  });

  test('what a trigger raises is not shown, for it may hold a value', async () => {
    const raises = "CREATE TRIGGER t BEFORE INSERT ON teams BEGIN SELECT RAISE(ABORT, 'about MARKER'); END;";
    const hidden = await gated([raises], { old: queries });
    expect(brief(hidden)).toEqual([['old-write-refused', '2_step', 1, [5]]]);
    expect(render(hidden, 'json').includes('SQLITE_CONSTRAINT_TRIGGER (its words')).toBe(true);
    const shown = await gated([raises], { old: queries, includeValues: true });
    expect(found(shown)[0]?.message).toBe('about MARKER');
  });

  test('statements that fail before the migrations, and those that are no queries, are counted and say nothing', async () => {
    const old = ['SELECT gone FROM users;', 'BEGIN;', 'PRAGMA user_version = 7;', 'DROP TABLE users;', 'SELECT 1;'];
    const report = await gated(['ALTER TABLE teams ADD COLUMN gone TEXT;'], { old });
    expect(brief(report)).toEqual([]);
    expect(noteOf(report)).toMatchObject({ tried: 1, failing: [expect.stringMatching(/app\.sql:1$/)], others: 3 });
  });

  test('a captured file is tried once for each text, and not for all values', async () => {
    const old = Array.from({ length: 100 }, (_, i) => `SELECT nickname FROM users WHERE id = ${i % 50};`);
    const report = await gated(['ALTER TABLE users DROP COLUMN nickname;'], { old });
    expect(noteOf(report)).toMatchObject({ tried: 20, alike: 30 });
    expect(found(report)[0]?.facts.queries).toHaveLength(20);
  });

  test('a recorded INSERT, whose row is there already, runs with new keys', async () => {
    const pending = rebuilt('slug TEXT NOT NULL', 'id, name, name');
    const recorded = ["INSERT INTO teams (id, name) VALUES (1, 'a');", "INSERT INTO teams VALUES (2, 'b');"];
    const report = await gated([pending], { old: recorded });
    expect(brief(report)).toEqual(
      [
        ['old-write-refused', '2_step', 1, [1]],
        ['old-query-breaks', '2_step', 1, [2]],
      ].toReversed(),
    );
    expect(found(report).map(({ message }) => message)).toEqual([
      'table teams has 3 columns but 2 values were supplied',
      'NOT NULL constraint failed: teams.slug',
    ]);
  });

  test('a remark says that nothing was compared where the first migration fails', async () => {
    const report = await gated(['CREATE UNIQUE INDEX u ON users (state);'], { old: queries });
    expect(noteOf(report)).toMatchObject({ migrations: 0 });
    expect(report.notes.map(({ text }) => text).join()).toContain('were not tried');
  });

  test('nothing that they change stays, whatever ends their transaction', async () => {
    const old = [
      "INSERT OR ROLLBACK INTO teams SELECT id, 'again' FROM teams;",
      'DELETE FROM members;',
      "INSERT INTO teams (name) VALUES ('once');",
      "UPDATE users SET nickname = 'changed';",
      'REPLACE INTO members VALUES (?, ?);',
    ];
    const report = await gated(['ALTER TABLE users ADD COLUMN handle TEXT;'], { old });
    expect(report.findings).toEqual([]);
    expect(noteOf(report)).toMatchObject({ tried: 4, failing: [expect.stringMatching(/:1$/)] });
  });

  test('a statement that opens another file is refused', async () => {
    const old = ["WITH a AS (SELECT 1) SELECT * FROM a; ATTACH 'x.db' AS x; SELECT load_extension('x');"];
    const report = await gated(['CREATE TABLE x (a);'], { old });
    expect(noteOf(report)).toMatchObject({ tried: 1, others: 1 });
  });

  test('an empty table is filled by the kinds of its columns, and a parent is looked for', async () => {
    const report = await gated(["CREATE TRIGGER t BEFORE INSERT ON members BEGIN SELECT RAISE(ABORT, 'no'); END;"], {
      old: ['INSERT INTO members (team_id, user_id) VALUES (?, ?);', 'INSERT INTO teams (name) VALUES (?);'],
      rows: "INSERT INTO teams VALUES (1, 'a'); INSERT INTO users VALUES (1, 1, 'n', 'e', 'new', NULL);",
    });
    expect(brief(report)).toEqual([['old-write-refused', '2_step', 1, [1]]]);
  });
});

describe('statements of the new version', () => {
  test('must run before the migrations', async () => {
    const coming = [
      'SELECT handle FROM users;',
      'SELECT id FROM users;',
      'INSERT INTO users (email, state, handle) VALUES (?, ?, ?);',
    ];
    const pending = ['CREATE TABLE x (a);', 'ALTER TABLE users ADD COLUMN handle TEXT;', 'CREATE TABLE y (a);'];
    const report = await gated(pending, { coming });
    expect(brief(report)).toEqual([['new-query-fails', '3_step', 1, [1, 3]]]);
    expect(found(report)[0]?.severity).toBe('error');
    expect(noteOf(report)).toEqual({ version: 'new', migrations: 3, tried: 3, failing: [], others: 0, alike: 0 });
  });

  test('say nothing where they fail after them too, or need rows of another kind', async () => {
    const coming = ['SELECT never FROM users;', "INSERT INTO users (email, state) VALUES (?, 'odd');"];
    const report = await gated(['ALTER TABLE users ADD COLUMN handle TEXT;'], { coming });
    expect(brief(report)).toEqual([]);
    expect(noteOf(report)).toMatchObject({ tried: 0, failing: [expect.anything(), expect.anything()] });
  });

  test('a write that only a looser constraint lets through needs the migration', async () => {
    const pending = `-- rowproof: foreign_keys=off
CREATE TABLE n (id INTEGER PRIMARY KEY, name TEXT UNIQUE);
INSERT INTO n SELECT * FROM teams; DROP TABLE teams; ALTER TABLE n RENAME TO teams;`;
    const report = await gated([pending], { coming: ['INSERT INTO teams (name) VALUES (NULL);'] });
    expect(brief(report)).toEqual([['new-query-fails', '2_step', 1, [1]]]);
  });
});

describe('check', () => {
  const files = {
    'm/1_tables.sql': tables,
    'm/2_rename.sql': 'ALTER TABLE users RENAME COLUMN nickname TO handle;',
    'm/3_add.sql': 'ALTER TABLE users ADD COLUMN age INTEGER;',
    'q.sql': queries.join('\n'),
  };

  test.each<[string, Config, unknown[]]>([
    ['tries them on the newest migration', {}, []],
    ['tries them on the migrations after --since', { since: 1 }, [['old-query-breaks', '2_rename', 1, [1, 2, 3]]]],
    ['tries none on applied migrations', { since: 2 }, []],
  ])('%s', async (_what, config, expected) => {
    const folder = folderWith(files);
    const report = await check({ migrations: join(folder, 'm'), queries: join(folder, 'q.sql'), ...config });
    expect(brief(report)).toEqual(expected);
    expect(report.notes.some(({ code }) => code === 'queries-newest')).toBe(config.since === undefined);
    if (expected.length > 0) expect(found(report)[0]?.datasets).toEqual(['one-row', 'typical', 'awkward']);
  });

  test('they fail the tests of the migration that breaks them', async () => {
    const folder = folderWith(files);
    const config = { migrations: join(folder, 'm'), queries: join(folder, 'q.sql'), since: 1 };
    const failed: string[] = [];
    for await (const { migration, dataset, error } of migrationCases({ ...config, dataset: ['one-row'] }))
      if (error !== null) failed.push(`${dataset} ${migration}`);
    expect(failed).toEqual(['one-row 2_rename']);
  });

  test.each([
    ['missing', 'folder-missing'],
    ['m', undefined],
    ['empty', 'folder-empty'],
  ])('the folder %s', async (queries, code) => {
    const folder = folderWith({ ...files, 'empty/readme.txt': '' });
    const run = check({ migrations: join(folder, 'm'), queries: join(folder, queries), dataset: ['one-row'] });
    if (code === undefined) expect((await run).findings.filter((each) => each.code === 'old-query-breaks')).toEqual([]);
    else await expect(run).rejects.toMatchObject({ code });
  });
});
