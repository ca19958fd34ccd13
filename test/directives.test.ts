import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import { check, migrate, render } from '../src/api.ts';
import type { Config } from '../src/config.ts';
import type { Report } from '../src/model/report.ts';
import { gate } from './gate-source.ts';
import { folderWith } from './temporary.ts';

const all = { dataset: ['one-row', 'typical', 'awkward'], rows: 10 } satisfies Config;

async function run(files: Readonly<Record<string, string>>, config: Config = {}): Promise<Report> {
  const placed = Object.fromEntries(
    Object.entries(files).map(([name, text]) => [name.includes('/') ? name : `m/${name}`, text]),
  );
  return check({ migrations: join(folderWith(placed), 'm'), ...all, ...config });
}

const brief = ({ findings }: Report): string[] =>
  findings.map(({ code, migration, table, line, message }) => `${code} ${migration}:${line} ${table}: ${message}`);

const people = 'CREATE TABLE people (id INTEGER PRIMARY KEY, email TEXT, notes TEXT, boss INTEGER);';
const strict = 'CREATE UNIQUE INDEX people_email ON people(email);';

describe('assume', () => {
  const hazards = (report: Report): string[] =>
    report.findings.flatMap(({ hazards: labels }) => labels.map(({ kind, columns }) => `${kind} ${columns.join()}`));

  test.each<[string, string, string, string]>([
    [
      'is not null',
      'email is not null',
      'CREATE TABLE n (id INTEGER PRIMARY KEY, email TEXT NOT NULL, notes TEXT); INSERT INTO n SELECT id, email, notes FROM people; DROP TABLE people; ALTER TABLE n RENAME TO people;',
      'null email',
    ],
    ['is unique', 'email is unique', strict, 'duplicate email'],
    [
      'is valid json',
      'notes is valid json',
      "UPDATE people SET notes = json_set(notes, '$.seen', 1);",
      'malformed-json notes',
    ],
    [
      'is integer',
      'boss is integer',
      'CREATE TABLE n (id INTEGER PRIMARY KEY, email TEXT, notes TEXT, boss INTEGER) STRICT; INSERT INTO n SELECT id, email, notes, boss FROM people; DROP TABLE people; ALTER TABLE n RENAME TO people;',
      'text-in-number boss',
    ],
    [
      'has parent',
      'boss_id has parent bosses.id',
      'CREATE TABLE n (id INTEGER PRIMARY KEY, boss_id INTEGER NOT NULL REFERENCES bosses(id)); INSERT INTO n SELECT id, (SELECT id FROM bosses WHERE id = boss_id) FROM staff; DROP TABLE staff; ALTER TABLE n RENAME TO staff;',
      'orphan boss_id',
    ],
  ])('%s rules out its hazard', async (words, assumption, sql, expected) => {
    const first =
      words === 'has parent'
        ? 'CREATE TABLE bosses (id INTEGER PRIMARY KEY); CREATE TABLE staff (id INTEGER PRIMARY KEY, boss_id INTEGER);'
        : people;
    const table = words === 'has parent' ? 'staff' : 'people';
    expect(hazards(await run({ '1.sql': first, '2.sql': sql }))).toContain(expected);
    const claim = `-- rowproof: assume ${table}.${assumption} -- the form asks for it\n`;
    const assumed = await run({ '1.sql': first, '2.sql': claim + sql });
    expect(hazards(assumed)).not.toContain(expected);
    expect(assumed.findings.filter(({ code }) => code === 'directive-unused')).toEqual([]);
  });

  test('it holds for later migrations, under the new names of table and column', async () => {
    const claim = '-- rowproof: assume people.email is unique -- the form asks for it\n';
    const report = await run({
      '1.sql': people,
      '2.sql': `${claim}ALTER TABLE people ADD COLUMN age;`,
      '3.sql': 'ALTER TABLE people RENAME TO users; ALTER TABLE users RENAME COLUMN email TO mail;',
      '4.sql': 'CREATE UNIQUE INDEX users_mail ON users(mail);',
    });
    expect(brief(report)).toEqual([]);
  });

  test('the config can hold it for an applied migration', async () => {
    const directives = { '2_unique': ['assume people.email is unique -- the form asks for it'] };
    expect(brief(await run({ '1.sql': people, '2_unique.sql': strict }, { directives }))).toEqual([]);
  });

  test.each([
    ['a column that never exists', 'assume people.mail is not null'],
    ['a fact that the schema states', 'assume people.id is unique'],
    ['NULL in a rowid', 'assume people.id is not null'],
    ['a parent that never exists', 'assume people.boss has parent bosses.id'],
  ])('%s needs no assumption', async (_name, text) => {
    const report = await run({
      '1.sql': people,
      '2.sql': `-- rowproof: ${text} -- so it is\nALTER TABLE people ADD COLUMN x;`,
    });
    expect(brief(report)).toEqual([`directive-unused 2:1 people: "${text}" rules out nothing that the schema allows`]);
    expect(report.findings[0]?.severity).toBe('warning');
  });

  test('an assumption that repeats an earlier one rules out nothing', async () => {
    const claim = '-- rowproof: assume people.email is unique -- the form asks for it\n';
    const report = await run({ '1.sql': people, '2.sql': `${claim}SELECT 1;`, '3.sql': `${claim}SELECT 2;` });
    expect(brief(report)).toEqual([expect.stringMatching(/^directive-unused 3:1 people/)]);
  });
});

describe('directive-unused', () => {
  const claim = '-- rowproof: allow rows-lost people -- they left\n';
  const harmless = `${claim}ALTER TABLE people ADD COLUMN x;`;
  const unused = ['directive-unused 2:1 people: "allow rows-lost people" accepted nothing on any dataset'];

  test('a claim that accepted nothing is reported in a complete run', async () => {
    const report = await run({ '1.sql': people, '2.sql': harmless });
    expect(brief(report)).toEqual(unused);
    expect(report.findings[0]).toMatchObject({
      severity: 'warning',
      datasets: ['one-row', 'typical', 'awkward', 'empty'],
    });
    expect(render(report, 'terminal')).toContain('2.sql:1');
  });

  test.each<[string, Record<string, string>, Config]>([
    ['a run of some datasets cannot tell', { '1.sql': people, '2.sql': harmless }, { dataset: ['one-row'] }],
    ['what is applied is folded', { '1.sql': people, '2.sql': harmless }, { since: 2 }],
    ['it accepted something', { '1.sql': people, '2.sql': `${claim}DELETE FROM people;` }, {}],
    ['its migration failed', { '1.sql': people, '2.sql': `${claim}ALTER TABLE people ADD COLUMN y NOT NULL;` }, {}],
  ])('%s', async (_name, files, config) => {
    expect((await run(files, config)).findings.filter(({ code }) => code === 'directive-unused')).toEqual([]);
  });

  test('a claim on a finding that needs no rows is judged in any run', async () => {
    const wrong = '-- rowproof: allow index-dropped people -- never searched\nALTER TABLE people ADD COLUMN x;';
    expect(brief(await run({ '1.sql': people, '2.sql': wrong }, { dataset: ['one-row'] }))).toHaveLength(1);
  });

  test('it has no line in the config', async () => {
    const directives = { '2': ['-- rowproof: allow rows-lost people -- they left'] };
    const report = await run({ '1.sql': people, '2.sql': 'SELECT 1;' }, { directives });
    expect(report.findings).toMatchObject([
      { code: 'directive-unused', line: null, details: ['It stands in the config.'] },
    ]);
  });
});

describe('directives in the config', () => {
  test.each<[string, Record<string, string[]>, RegExp]>([
    ['an unknown migration', { '2_uniqe': [] }, /no migration 2_uniqe in .*Did you mean 2_unique\?/s],
    [
      'no reason',
      { '2_unique': ['allow rows-lost people'] },
      /2_unique: the directive "allow rows-lost people" is not/,
    ],
    ['an unknown code', { '2_unique': ['allow rows-gone people -- x'] }, /no finding has the code rows-gone/],
  ])('%s', async (_name, directives, expected) => {
    const error = await run({ '1.sql': people, '2_unique.sql': strict }, { directives }).catch(
      (thrown: unknown) => thrown,
    );
    expect(error).toMatchObject({ code: expect.stringMatching(/^bad-(?:config|directive)$/) });
    expect(`${error} ${Object(error).remedy}`).toMatch(expected);
  });

  test('foreign keys can be switched off in the config', async () => {
    const tree =
      'CREATE TABLE p (id INTEGER PRIMARY KEY); CREATE TABLE c (p_id INTEGER REFERENCES p(id) ON DELETE CASCADE);';
    const rebuild =
      'CREATE TABLE n (id INTEGER PRIMARY KEY, x); INSERT INTO n (id) SELECT id FROM p; DROP TABLE p; ALTER TABLE n RENAME TO p;';
    const files = { '1.sql': tree, '2.sql': rebuild };
    expect((await run(files)).findings.map(({ code }) => code)).toContain('rows-lost');
    expect(brief(await run(files, { tool: 'rowproof', directives: { '2': ['foreign_keys=off'] } }))).toEqual([]);
  });
});

describe('the gate', () => {
  async function gated(pending: string, config: Config = {}): Promise<Report> {
    const folder = folderWith({ 'm/1_people.sql': people });
    const file = join(folder, 'app.db');
    await migrate({ migrations: join(folder, 'm') }, { file });
    const db = new Sqlite(file);
    db.exec(
      `INSERT INTO people VALUES (1, 'SECRET', '{}', 1), (2, 'SECRET', 'SECRET', NULL), (3, NULL, NULL, 'x'), (4, 'd', '[]', 9)`,
    );
    db.close();
    const later = folderWith({ 'm/1_people.sql': people, 'm/2_next.sql': pending });
    return gate({ migrations: join(later, 'm'), ...config }, { file });
  }

  test('counts the rows that an assumption rules out, and shows none of them', async () => {
    const texts = [
      'email is not null',
      'email is unique',
      'notes is valid json',
      'boss is integer',
      'boss has parent people.id',
      'id is unique',
      'gone is unique',
    ];
    const claims = texts.map((text) => `-- rowproof: assume people.${text} -- so it is`).join('\n');
    const report = await gated(`${claims}\nALTER TABLE people ADD COLUMN gone;`);
    expect(brief(report)).toEqual([
      'invariant-broken 2_next:1 people: "people.email is not null" does not hold for 1 row',
      'invariant-broken 2_next:2 people: "people.email is unique" does not hold for 2 rows',
      'invariant-broken 2_next:3 people: "people.notes is valid json" does not hold for 1 row',
      'invariant-broken 2_next:4 people: "people.boss is integer" does not hold for 1 row',
      'invariant-broken 2_next:5 people: "people.boss has parent people.id" does not hold for 2 rows',
    ]);
    expect(report.findings.map(({ severity, cause, datasets }) => [severity, cause, datasets])).toEqual(
      Array.from({ length: 5 }, () => ['error', 'assumption-broken', ['copy']]),
    );
    expect(render(report, 'json')).not.toContain('SECRET');
  });

  test('asks for the assumptions of applied migrations too, under the current names', async () => {
    const directives = { '1_people': ['assume people.email is unique -- the form asks for it'] };
    expect(brief(await gated('SELECT 1;', { directives }))).toEqual([
      'invariant-broken 1_people:null people: "people.email is unique" does not hold for 2 rows',
    ]);
  });

  test('does not report a claim as unused', async () => {
    expect(brief(await gated('-- rowproof: allow rows-lost people -- they left\nSELECT 1;'))).toEqual([]);
  });
});

describe('what the config accepts in every migration', () => {
  const files = {
    '1.sql':
      'CREATE TABLE a (id INTEGER PRIMARY KEY, n TEXT); CREATE INDEX i ON a (n); CREATE TABLE b (id INTEGER PRIMARY KEY, n TEXT); CREATE INDEX j ON b (n);',
    '2.sql': rebuilt('a'),
    '3.sql': rebuilt('b'),
  };
  const accepting = (...lines: string[]): Config => ({ directives: { '*': lines } });

  function rebuilt(table: string): string {
    return `CREATE TABLE new (id INTEGER PRIMARY KEY, n TEXT); INSERT INTO new SELECT id, n FROM ${table}; DROP TABLE ${table}; ALTER TABLE new RENAME TO ${table};`;
  }

  test('is left out, and a note counts it and says why', async () => {
    const report = await run(files, accepting('allow index-dropped -- the application makes them'));
    expect(brief(report)).toEqual([]);
    const [note] = report.notes.filter(({ code }) => code === 'accepted-everywhere');
    expect(note).toMatchObject({ facts: { findings: 2, reason: 'the application makes them' } });
  });

  test('may be about one table', async () => {
    const report = await run(files, accepting('-- rowproof: allow index-dropped B -- the application makes it'));
    expect(report.findings.map(({ code, table }) => [code, table])).toEqual([['index-dropped', 'a']]);
  });

  test('that accepts nothing is told once', async () => {
    const report = await run(files, accepting('allow index-dropped -- made anew', 'allow trigger-dropped -- none'));
    expect(report.findings).toMatchObject([
      { code: 'directive-unused', migration: '3', facts: { directive: 'allow trigger-dropped' } },
    ]);
  });

  test.each([
    ['allow index-dropped', 'reason'],
    ['allow rows-lots -- a slip', 'no finding called rows-lots'],
    ['assume a.n is not null -- for all', 'allow CODE'],
    ['allow values-changed a.n -- a column', 'allow CODE'],
  ])('%s is refused', async (line, words) => {
    await expect(run(files, accepting(line))).rejects.toMatchObject({ code: 'bad-directive' });
    await expect(run(files, accepting(line))).rejects.toSatisfy((error: { message: string; remedy: string }) =>
      `${error.message} ${error.remedy}`.includes(words),
    );
  });
});
