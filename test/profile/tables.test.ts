import { describe, expect, test } from 'vitest';
import { HarnessError } from '../../src/errors.ts';
import { printProfile } from '../../src/profile/print.ts';
import { captured, table } from './capturing.ts';
import { countOrphansBySqlite } from './orphans.ts';

describe('tables', () => {
  test('rows, rowids and counters', () => {
    const profile = captured(`
      CREATE TABLE a (id INTEGER PRIMARY KEY AUTOINCREMENT);
      INSERT INTO a VALUES (1), (2), (3), (10), (250); DELETE FROM a WHERE id = 250;
      CREATE TABLE b (id TEXT PRIMARY KEY) WITHOUT ROWID;
      CREATE TABLE c (rowid TEXT, x); INSERT INTO c VALUES ('x', 1), ('y', 2);
      CREATE TABLE d (rowid, _rowid_, oid); INSERT INTO d VALUES (1, 2, 3);
      CREATE TABLE e (id INTEGER PRIMARY KEY AUTOINCREMENT);
    `);
    expect(profile.tables.map(({ name, rows, rowids, sequenceAhead }) => [name, rows, rowids, sequenceAhead])).toEqual([
      ['a', 4, { min: 0, max: 20, gaps: 0.6 }, 500],
      ['b', 0, null, null],
      ['c', 2, { min: 0, max: 5, gaps: 0 }, null],
      ['d', 1, null, null],
      ['e', 0, null, null],
    ]);
  });

  test('properties of the file', () => {
    const { source } = captured(`PRAGMA user_version = 7; PRAGMA application_id = 99; CREATE TABLE t (x);`, { at: 3 });
    expect(source).toMatchObject({ ledgerVersion: null, at: 3, userVersion: 7, applicationId: 99, encoding: 'UTF-8' });
    const ledger = 'CREATE TABLE _migrations (version INTEGER PRIMARY KEY, applied_at TEXT NOT NULL);';
    expect(captured(`${ledger} INSERT INTO _migrations VALUES (1, ''), (12, '')`).source.ledgerVersion).toBe(12);
    expect(captured(ledger).source.ledgerVersion).toBeNull();
    expect(captured('CREATE TABLE _migrations (name TEXT)').source.ledgerVersion).toBeNull();
  });

  test('lists of columns that an index or a foreign key has', () => {
    const { keys } = table(
      captured(`
        CREATE TABLE p (a, b, PRIMARY KEY (a, b));
        CREATE TABLE t (a, b, c, UNIQUE (b, c), FOREIGN KEY (a, b) REFERENCES p);
        CREATE INDEX one ON t (a); CREATE INDEX two ON t (b, c); CREATE INDEX text ON t (a, lower(b));
        INSERT INTO t VALUES (1, 1, 1), (1, 1, 2), (1, 2, 1), (1, NULL, 1);
      `),
      't',
    );
    const unique = { from: 1, to: 1 };
    expect(keys).toEqual([
      {
        columns: ['b', 'c'],
        indexes: ['sqlite_autoindex_t_1', 'two'],
        nulls: 1,
        duplicates: { distinct: 3, sizes: [{ ...unique, count: 3 }], largest: 1 },
      },
      {
        columns: ['a', 'b'],
        indexes: [],
        nulls: 1,
        duplicates: {
          distinct: 2,
          sizes: [
            { ...unique, count: 1 },
            { from: 2, to: 2, count: 1 },
          ],
          largest: 2,
        },
      },
    ]);
  });

  test('a large table is sampled, with the same sample each time', () => {
    const sql = `CREATE TABLE t (id INTEGER PRIMARY KEY, x TEXT); CREATE TABLE w (id TEXT PRIMARY KEY) WITHOUT ROWID;
      WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000)
      INSERT INTO t SELECT i * 10, CASE WHEN i % 2 THEN 'a@b.c' ELSE 'x y' END FROM n;
      INSERT INTO w SELECT x || id FROM t;`;
    const profile = captured(sql, { sampleLimit: 300 });
    expect(profile.tables.map(({ sampled }) => sampled)).toEqual([250, 250]);
    expect(table(profile, 't').columns[1]).toMatchObject({ storage: { text: 1 }, duplicates: { distinct: 2 } });
    expect(captured(sql, { sampleLimit: 300 })).toEqual(profile);
    expect(captured(sql).tables.map(({ sampled }) => sampled)).toEqual([null, null]);
  });
});

describe('foreign keys', () => {
  test('children of each parent, NULLs and orphans', () => {
    const { foreignKeys } = table(
      captured(`
        CREATE TABLE p (id INTEGER PRIMARY KEY); INSERT INTO p VALUES (1), (2), (3), (4);
        CREATE TABLE t (p_id REFERENCES p); INSERT INTO t VALUES (1), (2), (2), (2), (8), (8), (9), (NULL);
      `),
      't',
    );
    expect(foreignKeys).toEqual([
      {
        columns: ['p_id'],
        parent: 'p',
        parentColumns: ['id'],
        nulls: 0.125,
        orphans: 3,
        orphanShare: 0.375,
        missingParents: 2,
        children: [
          { from: 0, to: 0, count: 2 },
          { from: 1, to: 1, count: 1 },
          { from: 3, to: 4, count: 1 },
        ],
        most: 3,
      },
    ]);
  });

  test.each([
    ['a text that is a number', `CREATE TABLE p (id INTEGER PRIMARY KEY); INSERT INTO p VALUES (1)`, `('1'), ('x')`, 1],
    [
      'another case',
      `CREATE TABLE p (id TEXT PRIMARY KEY COLLATE NOCASE); INSERT INTO p VALUES ('A')`,
      `('a'), ('b')`,
      1,
    ],
    ['no such table', 'SELECT 1', `(1), (NULL), (1)`, 2],
  ])('SQLite counts these as orphans: %s', (_, parent, rows, expected) => {
    const sql = `${parent}; CREATE TABLE t (p_id REFERENCES p); INSERT INTO t VALUES ${rows}`;
    expect(table(captured(sql), 't').foreignKeys[0]?.orphans).toBe(expected);
    expect(countOrphansBySqlite(sql, 't')).toBe(expected);
  });

  test('a key whose parent lacks the column or holds it twice', () => {
    const sql = `CREATE TABLE p (x); INSERT INTO p VALUES (1), (1), (2);
      CREATE TABLE t (a REFERENCES p (nope), b REFERENCES p (x)); INSERT INTO t VALUES (1, 1), (2, 3);`;
    const [twice, nope] = table(captured(sql), 't').foreignKeys;
    expect(nope).toMatchObject({ children: null, orphans: 2 });
    expect(twice).toMatchObject({ orphans: 1, missingParents: 1 });
  });

  test('a table that refers to itself, and keys of two columns with a NULL in one', () => {
    const profile = captured(`
      CREATE TABLE tree (id INTEGER PRIMARY KEY, up REFERENCES tree); INSERT INTO tree VALUES (1, NULL), (2, 1), (3, 1);
      CREATE TABLE p (a, b, PRIMARY KEY (a, b)); INSERT INTO p VALUES (1, 2);
      CREATE TABLE t (b, a, FOREIGN KEY (a, b) REFERENCES p); INSERT INTO t VALUES (2, 1), (NULL, 1), (1, 2);
    `);
    expect(table(profile, 'tree').foreignKeys).toMatchObject([
      { nulls: 0.3333, children: [{ to: 0, count: 2 }, { to: 2 }] },
    ]);
    expect(table(profile, 't').foreignKeys).toMatchObject([{ nulls: 0.3333, orphans: 1, most: 1 }]);
  });
});

describe('unusual schemas', () => {
  test('names of any kind', () => {
    const name = `o"r' d?er [x] $1 日本`;
    const quoted = `"${name.replaceAll('"', '""')}"`;
    const profile = captured(
      `CREATE TABLE ${quoted} (${quoted} TEXT DEFAULT '?', "select" REFERENCES ${quoted} (${quoted}), "c0", "size");
      CREATE INDEX "by ""?" ON ${quoted} ("c0", "size", ${quoted});
      INSERT INTO ${quoted} VALUES ('?', '?', 1, 2), ('A', 'b', 1, 2), ('a', NULL, 1, 2);`,
      { keepValues: [`${name}.${name}`] },
    );
    expect(profile.unread).toEqual([]);
    expect(table(profile, name)).toMatchObject({
      rows: 3,
      columns: [{ name, isDefault: 0.3333, caseVariants: 1 }, { name: 'select' }, { name: 'c0' }, { name: 'size' }],
      keys: [{ columns: ['c0', 'size', name], duplicates: { distinct: 3 } }],
      foreignKeys: [{ orphans: 1, parent: name }],
    });
  });

  test('generated columns, STRICT tables, and more columns than one SELECT can return', () => {
    const many = Array.from({ length: 700 }, (_, i) => `c${i}`);
    const profile = captured(`
      CREATE TABLE g (a INTEGER, b INTEGER AS (a * 2), c INTEGER AS (a + 1) STORED) STRICT; INSERT INTO g VALUES (1), (2);
      CREATE TABLE wide (${many.join(', ')}); INSERT INTO wide (c0, c699) VALUES ('x', 'y');
    `);
    expect(table(profile, 'g').columns.map(({ name, numbers }) => [name, numbers?.max])).toEqual([
      ['a', 5],
      ['b', 5],
      ['c', 5],
    ]);
    const { columns } = table(profile, 'wide');
    expect(columns.map(({ name }) => name)).toEqual(many);
    expect([columns[0]?.texts?.length.max, columns[1]?.texts, columns[699]?.texts?.length.max]).toEqual([2, null, 2]);
  });

  test('virtual tables are named, and their shadow tables and views are not', () => {
    const { tables, unread } = captured(`
      CREATE VIRTUAL TABLE f USING fts5 (body); INSERT INTO f VALUES ('secret');
      CREATE TABLE t (x); CREATE VIEW v AS SELECT * FROM t;
    `);
    expect(tables.map(({ name }) => name)).toEqual(['t']);
    expect(unread).toEqual([{ table: 'f', reason: 'it is a virtual table of fts5' }]);
  });

  test('a table whose functions fail is named without their words', () => {
    const sql = `CREATE TABLE t (x, y AS (strict(x))); INSERT INTO t VALUES ('secret'); CREATE TABLE u (x);`;
    let ready = false;
    const connect = (db: { function: (...args: never[]) => unknown }): void => {
      // The types of the driver are wider than what a test needs of them.
      const register = db.function.bind(db) as unknown as (name: string, options: object, body: unknown) => unknown;
      register('strict', { deterministic: true }, (x: unknown) => {
        if (ready) throw new Error(`no ${x}`);
        return 1;
      });
    };
    const profile = captured(sql, { connect, next: () => (ready = true) });
    expect(profile.unread).toEqual([{ table: 't', reason: 'a function of its generated columns fails' }]);
    expect(profile.tables.map(({ name }) => name)).toEqual(['u']);
  });

  test.each([
    ['--keep-values', { keepValues: ['t.nope'] }, /^--keep-values t\.nope: .*no such column/, /columns of t are a, b/],
    ['--keep-keys', { keepKeys: ['nope.a'] }, /^--keep-keys nope\.a: /, /The tables are t/],
    ['--keep-values', { keepValues: ['t'] }, /^--keep-values t: /, /TABLE\.COLUMN/],
  ])('%s of a missing column', (_, options, message, remedy) => {
    const run = (): unknown => captured('CREATE TABLE t (a, b)', options);
    expect(run).toThrow(HarnessError);
    expect(run).toThrow(expect.objectContaining({ code: 'bad-flag', message: expect.stringMatching(message) }));
    expect(run).toThrow(expect.objectContaining({ remedy: expect.stringMatching(remedy) }));
  });
});

test('the output is JSON with short values on one line, the same each time', () => {
  const sql = `CREATE TABLE t (a, b); INSERT INTO t VALUES (1, 'x'), (2, '{"a":1}');`;
  const text = printProfile(captured(sql));
  expect(JSON.parse(text)).toEqual(captured(sql));
  expect(printProfile(captured(sql))).toBe(text);
  expect(text).toContain('\n          "storage": { "null": 0, "integer": 1, "real": 0, "text": 0, "blob": 0 },\n');
  expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThanOrEqual(120);
});
