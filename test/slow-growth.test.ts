import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import { check, migrate, profile as profileOf } from '../src/api.ts';
import type { Config } from '../src/config.ts';
import { isOf } from '../src/explain/rule.ts';
import type { FindingOf } from '../src/model/finding.ts';
import { some } from './breadth.ts';
import { gate } from './gate-source.ts';
import { fixedConfig, specimens } from './specimens.ts';
import { folderWith } from './temporary.ts';

async function grown(config: Config): Promise<FindingOf<'slow-growth'>[]> {
  const { findings } = await check(config);
  return findings.filter((finding) => isOf('slow-growth', finding));
}

/** The findings on generated rows of a migration behind a schema. */
function behind(schema: string, sql: string, config: Config = {}): Promise<FindingOf<'slow-growth'>[]> {
  const migrations = join(folderWith({ 'm/1_a.sql': schema, 'm/2_b.sql': sql }), 'm');
  return grown({ migrations, dataset: ['typical'], ...config });
}

const slow = specimens.filter(({ expected }) => expected.finding === 'slow-growth');

describe.each(some(slow, 2))('$name', (specimen) => {
  test('grows with the square of the rows, and says the same on every run', async () => {
    const runs: FindingOf<'slow-growth'>[][] = [];
    for (let i = 0; i < some(Array.from({ length: 10 }), 2).length; i++)
      runs.push(await grown({ ...specimen.config, dataset: ['fixture'] }));
    const [first] = runs;
    expect(first).toHaveLength(1);
    expect(first?.[0]?.facts.exponent).toBeGreaterThan(1.9);
    expect(first?.[0]?.facts.exponent).toBeLessThan(2.1);
    const index = first?.[0]?.facts.index ?? null;
    expect(index === null).toBe(/row-values|kept-as-text/.test(specimen.name));
    if (index !== null) {
      expect(index.exponent).toBeLessThan(1.2);
      expect(first?.[0]?.instead).toContain(index.sql);
    }
    expect(runs.every((run) => JSON.stringify(run) === JSON.stringify(first))).toBe(true);
  });

  test('grows no faster than the rows in its corrected form, whatever rows there are', async () => {
    expect(await grown({ ...fixedConfig(specimen), dataset: ['fixture', 'typical'] })).toEqual([]);
  });
});

describe('statements that only look slow', () => {
  const schema = `CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT NOT NULL, posts INTEGER);
    CREATE TABLE posts (id INTEGER PRIMARY KEY, user_id INTEGER NOT NULL REFERENCES users, title TEXT NOT NULL, author TEXT);
    CREATE INDEX posts_by_user ON posts (user_id);`;

  test.each<[string, string]>([
    ['a lookup by a primary key', 'UPDATE posts SET author = (SELECT name FROM users WHERE users.id = posts.user_id);'],
    ['a count by an index', 'UPDATE users SET posts = (SELECT count(*) FROM posts WHERE posts.user_id = users.id);'],
    ['a list that is read once', 'DELETE FROM posts WHERE user_id NOT IN (SELECT id FROM users);'],
    [
      'all pairs, which are the result',
      'CREATE TABLE pairs AS SELECT a.id AS a, b.id AS b FROM users AS a, users AS b;',
    ],
    [
      'a join by an automatic index',
      'CREATE TABLE j AS SELECT a.id FROM posts AS a JOIN posts AS b ON a.title = b.title;',
    ],
    [
      'numbers from a recursive query',
      'CREATE TABLE n AS WITH RECURSIVE c (k) AS (SELECT 1 UNION ALL SELECT k + 1 FROM c WHERE k < 50) SELECT k FROM c;',
    ],
  ])('%s', async (_name, sql) => {
    expect(await behind(schema, sql)).toEqual([]);
  });

  const towns = `CREATE TABLE donors (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
    CREATE TABLE addresses (id INTEGER PRIMARY KEY, donor_id INTEGER NOT NULL REFERENCES donors, city TEXT NOT NULL);
    CREATE TABLE gifts (id INTEGER PRIMARY KEY, donor_id INTEGER NOT NULL REFERENCES donors, city TEXT);`;
  const copied =
    'UPDATE gifts SET city = (SELECT city FROM addresses WHERE "addresses"."donor_id" = gifts.donor_id ORDER BY city LIMIT 1);';

  test('a lookup by an index, of which nobody knows how many rows have one key', async () => {
    const schema = `${towns} CREATE INDEX addresses_of_donor ON addresses (donor_id);`;
    expect(await behind(schema, copied)).toEqual([]);
  });

  test('without that index the advice has the order as well', async () => {
    const [found] = await behind(towns, copied);
    expect(found?.facts.index?.sql).toBe('CREATE INDEX addresses_by_donor_id_city ON addresses ("donor_id", city)');
  });

  test('the advice has the collation of the comparison', async () => {
    const schema = 'CREATE TABLE labels (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);';
    const sql = `UPDATE labels SET name = name || id WHERE EXISTS (
      SELECT 1 FROM labels AS other WHERE other.name = labels.name COLLATE NOCASE AND other.id < labels.id);`;
    const [found] = await behind(schema, sql);
    expect(found?.facts.index?.sql).toBe('CREATE INDEX labels_by_name_COLLATE_NOCASE ON labels (name COLLATE NOCASE)');
  });

  test('the migrations of the example', async () => {
    expect(await grown({ migrations: 'migrations', seeds: 'seeds', tool: 'rowproof' })).toEqual([]);
  });
});

describe('statements that need more than plain functions of connect', () => {
  const schema = `CREATE TABLE shops (id INTEGER PRIMARY KEY, most INTEGER);
    CREATE TABLE sales (id INTEGER PRIMARY KEY, shop INTEGER NOT NULL, cents INTEGER NOT NULL);`;
  const sql = (called: string): string =>
    `UPDATE shops SET most = (SELECT ${called}(cents) FROM sales WHERE sales.shop = shops.id);`;

  async function notesWith(called: string, connect: Config['connect']): Promise<unknown[]> {
    const migrations = join(folderWith({ 'm/1_a.sql': schema, 'm/2_b.sql': sql(called) }), 'm');
    const { notes, findings } = await check({ migrations, dataset: ['typical'], connect });
    return [
      ...notes.filter(({ code }) => code.startsWith('growth-')).map(({ code, facts }) => [code, facts]),
      ...findings.filter(({ code }) => code === 'slow-growth').map(({ code }) => code),
    ];
  }

  test('are told, since they are not measured', async () => {
    const connect: Config['connect'] = (db) =>
      db.aggregate('largest', {
        start: 0,
        step: (most: unknown, cents: unknown) => Math.max(Number(most), Number(cents)),
      });
    const facts = { statements: 1, migrations: ['2_b'] };
    expect(await notesWith('largest', connect)).toEqual([['growth-needs-connect', facts]]);
  });

  test('and those that need plain functions are measured', async () => {
    const connect: Config['connect'] = (db) => db.function('twice', {}, (cents) => 2 * Number(cents));
    expect(await notesWith('twice', connect)).toEqual(['slow-growth']);
  });
});

describe('statements that are slow', () => {
  const schema = `CREATE TABLE notes (id INTEGER PRIMARY KEY, topic TEXT NOT NULL, written_at TEXT NOT NULL);
    CREATE TABLE topics (id INTEGER PRIMARY KEY, title TEXT NOT NULL, newest TEXT);`;

  test.each<[string, string, string, string | null]>([
    [
      'a maximum for each row',
      'UPDATE topics SET newest = (SELECT max(written_at) FROM notes WHERE notes.topic = topics.title);',
      'notes',
      'CREATE INDEX notes_by_topic ON notes (topic)',
    ],
    [
      'a search in another table by a text that is computed',
      'DELETE FROM notes WHERE EXISTS (SELECT 1 FROM topics WHERE lower(topics.title) = lower(notes.topic));',
      'topics',
      'CREATE INDEX topics_by_lower_title ON topics (lower(title))',
    ],
    [
      'a comparison that no index serves',
      "DELETE FROM notes WHERE EXISTS (SELECT 1 FROM topics WHERE notes.topic LIKE '%' || topics.title || '%');",
      'topics',
      null,
    ],
    [
      'a number by counting',
      'ALTER TABLE notes ADD COLUMN place INTEGER; UPDATE notes SET place = (SELECT count(*) FROM notes AS n WHERE n.written_at <= notes.written_at);',
      'notes',
      null,
    ],
    [
      'a trigger of the migration itself',
      `CREATE TRIGGER t AFTER UPDATE ON topics BEGIN UPDATE notes SET written_at = '' WHERE topic = new.title; END;
      UPDATE topics SET newest = 'x'; DROP TRIGGER t;`,
      'notes',
      'CREATE INDEX notes_by_topic ON notes (topic)',
    ],
  ])('%s', async (_name, sql, table, index) => {
    const found = await behind(schema, sql);
    expect(found.map(({ table, facts, severity }) => [table, facts.index?.sql ?? null, severity])).toEqual([
      [table, index, 'warning'],
    ]);
  });

  test('by two keys are mended by two indexes', async () => {
    const letters =
      'CREATE TABLE people (id INTEGER PRIMARY KEY, met INTEGER); CREATE TABLE letters (writer INTEGER, reader INTEGER);';
    const sql = `UPDATE people SET met = (SELECT count(*) FROM (
      SELECT reader FROM letters WHERE writer = people.id UNION SELECT writer FROM letters WHERE reader = people.id));`;
    const [found] = await behind(letters, sql);
    expect(found?.facts.index?.sql.split('; ')).toHaveLength(2);
    expect(found?.facts.index?.exponent).toBeLessThan(1.2);
    expect(found?.instead).toContain('both indexes');
  });

  test('with functions that the application registers', async () => {
    const config: Config = {
      connect: (db) => db.function('shout', { deterministic: true }, (text) => String(text).toUpperCase()),
    };
    const sql =
      'UPDATE topics SET newest = (SELECT max(written_at) FROM notes WHERE shout(topic) = shout(topics.title));';
    expect(await behind(schema, sql, config)).toMatchObject([{ table: 'notes', datasets: ['typical'] }]);
  });

  test('are accepted by their authors', async () => {
    const sql = `-- rowproof: allow slow-growth notes -- there are ten of them
      UPDATE topics SET newest = (SELECT max(written_at) FROM notes WHERE notes.topic = topics.title);`;
    const migrations = join(folderWith({ 'm/1_a.sql': schema, 'm/2_b.sql': sql }), 'm');
    const { findings, notes } = await check({ migrations, dataset: ['typical'] });
    expect(findings).toEqual([]);
    expect(notes).toMatchObject([{ code: 'accepted', facts: { reason: 'there are ten of them' } }]);
  });

  test.each<[string, string, string, number]>([
    [
      'a CHECK that no row meets',
      'CREATE TABLE best (id INTEGER, newest TEXT CHECK (newest IS NULL)); INSERT INTO best SELECT id, (SELECT max(written_at) FROM notes WHERE topic = topics.title OR topics.id > 0) FROM topics;',
      'notes',
      2,
    ],
    [
      'a key that all rows share',
      'CREATE TABLE best (one INTEGER PRIMARY KEY, n INTEGER); INSERT INTO best SELECT topics.id / 100000, (SELECT count(*) FROM notes WHERE topic = topics.title) FROM topics;',
      'notes',
      2,
    ],
    [
      'a trigger that refuses every row',
      `CREATE TRIGGER kept BEFORE UPDATE ON topics WHEN (SELECT count(*) FROM notes WHERE topic = new.title) < 1000000
        BEGIN SELECT RAISE(ABORT, 'kept'); END; UPDATE topics SET newest = 'x';`,
      'notes',
      2,
    ],
    [
      'a unique index before it that cannot be made',
      'CREATE TABLE d AS SELECT 1 AS k FROM topics; CREATE UNIQUE INDEX du ON d (k); UPDATE topics SET newest = (SELECT max(written_at) FROM notes WHERE notes.topic = topics.title);',
      'notes',
      3,
    ],
  ])('though they fail on rows: %s', async (_name, sql, table, statement) => {
    const migrations = join(folderWith({ 'm/1_a.sql': schema, 'm/2_b.sql': sql }), 'm');
    const { findings } = await check({ migrations, dataset: ['typical'] });
    expect(findings.filter(({ code }) => code === 'fails-on-rows')).toHaveLength(1);
    const found = findings.filter((finding) => isOf('slow-growth', finding));
    expect(found.map((finding) => [finding.table, finding.statement])).toEqual([[table, statement]]);
    expect(found[0]?.facts.exponent).toBeGreaterThan(1.9);
    expect(found[0]?.facts.exponent).toBeLessThan(2.1);
  });

  test('are not looked for where no dataset has many rows', async () => {
    const sql = 'UPDATE topics SET newest = (SELECT max(written_at) FROM notes WHERE notes.topic = topics.title);';
    expect(await behind(schema, sql, { dataset: ['one-row'] })).toEqual([]);
  });
});

describe('on the rows of production', () => {
  const schema = `CREATE TABLE notes (id INTEGER PRIMARY KEY, topic TEXT NOT NULL, written_at TEXT NOT NULL);
    CREATE TABLE topics (id INTEGER PRIMARY KEY, title TEXT NOT NULL, newest TEXT);`;
  const sql = 'UPDATE topics SET newest = (SELECT max(written_at) FROM notes WHERE notes.topic = topics.title);';

  /** A production file at version 1 with so many rows in each table, and the folder with the migration to come. */
  async function production(rows: number): Promise<{ readonly file: string; readonly migrations: string }> {
    const folder = folderWith({ 'm/1_a.sql': schema });
    const file = join(folder, 'app.db');
    await migrate({ migrations: join(folder, 'm') }, { file });
    const db = new Sqlite(file);
    const counter = `WITH RECURSIVE c (k) AS (SELECT 1 UNION ALL SELECT k + 1 FROM c WHERE k < ${rows})`;
    db.exec(`${counter} INSERT INTO notes SELECT k, 'topic ' || k, '2026' FROM c;
      ${counter} INSERT INTO topics SELECT k, 'topic ' || k, NULL FROM c;`);
    db.close();
    return { file, migrations: join(folderWith({ 'm/1_a.sql': schema, 'm/2_b.sql': sql }), 'm') };
  }

  /** A clock that goes on by so much at each look. */
  const ticking = (by: number): (() => number) => {
    let now = 0;
    return () => {
      now += by;
      return now;
    };
  };

  test.each<[number, Config['budgets'], string, string]>([
    [1, {}, 'warning', 'without a budget and in time'],
    [70_000, {}, 'error', 'without a budget after more than a minute'],
    [10, { lock: '5ms' }, 'error', 'beyond the budget'],
  ])('with %i ms for a statement and the budgets %j it is of the severity %s', async (by, budgets, severity) => {
    const { file, migrations } = await production(300);
    const { findings } = await gate({ migrations, budgets }, { file, clock: ticking(by) });
    const slow = findings.filter(({ code }) => code === 'slow-growth');
    expect(slow.map((found) => [found.severity, found.table, found.datasets])).toEqual([[severity, 'notes', ['copy']]]);
  });

  test.each<[number, string[]]>([
    [200, []],
    [15_000, ['warning']],
    [2_000_000, ['error']],
  ])('a profile of %i rows decides', async (rows, severities) => {
    const { file, migrations } = await production(300);
    const profile = await profileOf({ migrations }, { file });
    const tables = profile.tables.map((table) => ({ ...table, rows }));
    const seeds = folderWith({ 'production.profile.json': JSON.stringify({ ...profile, tables }) });
    const config: Config = { migrations, seeds, dataset: ['typical'] };
    const found = await grown(config);
    expect(found.map(({ severity }) => severity)).toEqual(severities);
    expect(found.every(({ facts }) => facts.forecast?.rows === rows)).toBe(true);
  });
});
