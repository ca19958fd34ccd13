/** Facts that a profile takes from the ends of columns, from keys and from rowids, against those of a full look. */
import Sqlite from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import type { Database } from '../../src/database/engine.ts';
import { readSchema } from '../../src/database/introspect.ts';
import type { Table } from '../../src/model/schema.ts';
import { measure } from '../../src/profile/aggregates.ts';
import { noClasses, readClasses } from '../../src/profile/classes.ts';
import { readDuplicates } from '../../src/profile/duplicates.ts';
import { groupsOfKey, readFamilies } from '../../src/profile/foreign-keys.ts';
import { tallyRows } from '../../src/profile/sample.ts';
import { sharedByTexts, startTexts, textsToAsk } from '../../src/profile/texts.ts';
import { isUnique } from '../../src/profile/unique.ts';

function open(sql: string): { readonly db: Database; readonly table: (name: string) => Table } {
  const db = new Sqlite(':memory:');
  db.pragma('foreign_keys = OFF');
  db.exec(sql);
  const { tables } = readSchema(db);
  return {
    db,
    table: (name) => {
      const found = tables.find((each) => each.name === name);
      if (found === undefined) throw new Error(`there is no table ${name}`);
      return found;
    },
  };
}

test.each([
  ['texts', "'a', NULL, '', '5'"],
  ['integers', '1, NULL, -7'],
  ['whole and other numbers', '1, 2.5, NULL'],
  ['numbers beyond all', '1, 9e999, -9e999'],
  ['blobs', "x'00', NULL"],
  ['nothing', 'NULL'],
  ['numbers and texts', "1, 'a', 2.5"],
  ['texts and blobs', "'a', x'61'"],
  ['all', "NULL, 1, 1.5, 'a', x'61'"],
])('the classes of %s are those of a count', (_, values) => {
  const list = values.split(', ');
  const { db, table } = open(`CREATE TABLE t (a, b TEXT, c INTEGER, d REAL COLLATE NOCASE);
    INSERT INTO t VALUES ${list.map((value) => `(${[value, value, value, value].join(', ')})`).join(', ')};`);
  for (const [{ name }, { storage }] of readClasses(db, table('t'), list.length)) {
    const counted = db
      .prepare<[], { class: string; rows: number }>(
        `SELECT typeof("${name}") AS class, count(*) AS rows FROM t GROUP BY 1`,
      )
      .all();
    const empty = { null: 0, integer: 0, real: 0, text: 0, blob: 0 };
    expect(storage).toEqual({ ...empty, ...Object.fromEntries(counted.map((each) => [each.class, each.rows])) });
  }
});

test.each([
  ['texts', "'b', '', 'a'"],
  ['a document among texts', `'b', '{"a": 1}', 'a'`],
  ['numbers', '-7, 2.5, 9'],
  ['numbers beyond all', '1, 9e999, -9e999'],
  ['a NULL', "NULL, 'x', NULL"],
  ['all classes', "NULL, 1, 'a', x'61'"],
])('%s have the same ends in the order of an index as in a scan', (_, values) => {
  const list = values.split(', ');
  const create = 'CREATE TABLE t (id INTEGER PRIMARY KEY, a, b TEXT COLLATE NOCASE, c REAL, d INTEGER)';
  const indexes = `CREATE INDEX a ON t (a DESC, b); CREATE INDEX b ON t (b COLLATE BINARY); CREATE INDEX c ON t (c);
    CREATE INDEX d ON t (d) WHERE d IS NULL;`;
  const rows = `INSERT INTO t (a, b, c, d) VALUES ${list.map((value) => `(${value}, ${value}, ${value}, ${value})`).join(', ')};`;
  const classesOf = (sql: string): unknown[] => {
    const { db, table } = open(sql);
    return [...readClasses(db, table('t'), list.length)].map(([{ name }, own]) => [name, own]);
  };
  expect(classesOf(`${create}; ${indexes} ${rows}`)).toEqual(classesOf(`${create}; ${rows}`));
});

test.each([
  ['"x"', false],
  ['plain', false],
  ['', false],
  ['{"a": 1}', true],
  ['[1', true],
  [' \t\r\n{"a": 1}', true],
  ['\u00a0[1]', false],
  ['Żółw', false],
  ['一', false],
])('%j begins as a document: %s, in each encoding and beside any other text', (text, begins) => {
  for (const encoding of ['UTF-8', 'UTF-16le', 'UTF-16be']) {
    const { db, table } = open(`PRAGMA encoding = '${encoding}'; CREATE TABLE t (a TEXT)`);
    db.prepare('INSERT INTO t VALUES (?), (?), (NULL)').run(text, '{"b": 2}');
    const [own = noClasses] = readClasses(db, table('t'), 3).values();
    const shared = sharedByTexts(own) ?? {};
    const each = { column: 'a', aggregates: textsToAsk(own), shared };
    for (const isCostly of [false, true]) {
      const [found] = measure(db, 't', [{ ...each, isCostly }]);
      expect(found).toMatchObject({ began: begins ? 2 : 1, max: Math.max(8, [...text].length) });
    }
  }
});

test('a key makes columns unique only as GROUP BY compares them', () => {
  const { table } =
    open(`CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT UNIQUE, b TEXT COLLATE NOCASE, c TEXT, d TEXT, e TEXT, UNIQUE (d, e));
    CREATE UNIQUE INDEX b ON t (b COLLATE BINARY);
    CREATE UNIQUE INDEX c ON t (c) WHERE c IS NOT NULL;`);
  const asked = [['id'], ['A'], ['b'], ['c'], ['d'], ['e', 'd']];
  expect(asked.filter((names) => isUnique(table('t'), names))).toEqual([['id'], ['A'], ['e', 'd']]);
});

describe('every third row is looked at', () => {
  const rowsWith = (
    id: string,
  ): string => `WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20)
    INSERT INTO t SELECT ${id}, printf('%.*c', (i * 7) % 20 + 1, 'x'), i FROM n;`;

  test.each([
    ['with gaps between the rowids', 'CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, n);', ''],
    ['without a gap, from a rowid below zero on', 'CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, n);', '', 'i - 5'],
    [
      'with as many rows as their rowids lie apart',
      'CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, n);',
      '',
      'i + (i = 20)',
    ],
    ['with rowids that nobody named', 'CREATE TABLE t (id, a TEXT, n);', ''],
    [
      'in the order of an index that has all the texts',
      'CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, n);',
      'CREATE INDEX a ON t (a);',
    ],
    ['without rowids', 'CREATE TABLE t (id PRIMARY KEY, a TEXT, n) WITHOUT ROWID;', ''],
  ])('%s', (_, create, index, id = 'i * i - 50') => {
    const { db, table } = open(`${create} ${rowsWith(id)} ${index}`);
    const column = { column: 'a', texts: startTexts(false, () => false), blobs: new Map() };
    expect(tallyRows(db, table('t'), { rows: 20, limit: 7, columns: [column] })).toBe(7);
    const all = db.prepare<[], number>('SELECT length(a) FROM (SELECT a FROM t)').pluck().all();
    expect([...column.texts.lengths.keys()]).toEqual(all.filter((_length, i) => i % 3 === 0));
  });
});

test('groups of a foreign key are those of its column, with and without parents', () => {
  const { db, table } = open(`CREATE TABLE p (id INTEGER PRIMARY KEY, name);
    CREATE TABLE c (p INTEGER REFERENCES p(id), q REFERENCES missing(id), r);
    INSERT INTO p VALUES (1, 'a'), (2, 'b');
    INSERT INTO c VALUES (1, 7, 1), (1, 7, 1), (2, 8, 1), (9, NULL, 1), (NULL, 7, 1);`);
  const keys = readFamilies(db, { objects: [], tables: [table('p'), table('c')] }, table('c'));
  const asked = { rows: 5, atLeast: 1 };
  for (const column of ['p', 'q']) {
    const known = groupsOfKey(keys, column);
    expect(known).not.toBeNull();
    expect(readDuplicates(db, 'c', [column], { ...asked, known })).toEqual(readDuplicates(db, 'c', [column], asked));
  }
  expect(groupsOfKey(keys, 'r')).toBeNull();
});
