import Sqlite from 'better-sqlite3';
import { expect, test } from 'vitest';
import { newestObject, readGrownSchema, readSchema } from '../../src/database/introspect.ts';
import { RowCounts } from '../../src/database/row-counts.ts';
import { withoutTriggers } from '../../src/database/without-triggers.ts';
import { schemaDelta } from '../../src/sql/schema-delta.ts';
import { childrenOf, objectsOfType, tableNamed, triggersOf } from '../../src/sql/tables.ts';

const names = (objects: readonly { readonly name: string }[]): string[] => objects.map(({ name }) => name);

const first =
  'CREATE TABLE a (id INTEGER PRIMARY KEY); CREATE TABLE b (a_id REFERENCES a); CREATE VIEW v AS SELECT * FROM a;';

test('the parts in which two schemas differ', () => {
  const db = new Sqlite(':memory:');
  db.exec(first);
  const before = readSchema(db);
  db.exec(
    'DROP VIEW v; ALTER TABLE b ADD COLUMN c; CREATE TABLE d (x); CREATE TRIGGER t AFTER INSERT ON a BEGIN SELECT 1; END;',
  );
  const { come, gone, tables, left } = schemaDelta(before, readSchema(db));
  expect([come, gone, tables, left].map(names)).toEqual([['b', 'd', 't'], ['b', 'v'], ['b', 'd'], ['b']]);
  expect(schemaDelta(before, before)).toEqual({ come: [], gone: [], tables: [], left: [] });
});

test('a schema that grew says the same as one that was read, and the earlier one stays as it was', () => {
  const db = new Sqlite(':memory:');
  db.exec(first);
  const before = readSchema(db);
  expect(names(childrenOf(before, 'A'))).toEqual(['b']);
  expect(names(objectsOfType(before, 'trigger'))).toEqual([]);
  const newest = newestObject(db);
  db.exec(
    'CREATE TABLE d (id, a_id REFERENCES a); CREATE INDEX i ON b (a_id); CREATE TRIGGER t AFTER INSERT ON b BEGIN SELECT 1; END;',
  );
  const grown = readGrownSchema(db, before, newest);
  expect(names(childrenOf(grown, 'a'))).toEqual(['b', 'd']);
  expect(names(triggersOf(grown, 'B'))).toEqual(['t']);
  expect(tableNamed(grown, 'b')?.indexes.map(({ name }) => name)).toEqual(['i']);
  const { come, gone, tables, left } = schemaDelta(before, grown);
  expect([come, gone, tables, left].map((each) => names(each).sort())).toEqual([
    ['d', 'i', 't'],
    [],
    ['b', 'd'],
    ['b'],
  ]);
  expect(tableNamed(before, 'd')).toBeUndefined();
  expect(names(childrenOf(before, 'a'))).toEqual(['b']);
  expect(tableNamed(before, 'b')?.indexes).toEqual([]);
});

test('numbers of rows are carried to the next schema, and counted anew where a step touched a table', () => {
  const db = new Sqlite(':memory:');
  db.exec(first);
  const before = readSchema(db);
  const counts = new RowCounts(before, [3, 1]);
  db.exec('ALTER TABLE b RENAME TO c; CREATE TABLE d (x);');
  const after = counts.carry(
    readSchema(db),
    ['c', 'd'],
    new Map([
      ['c', 0],
      ['d', 5],
    ]),
  );
  expect([...after]).toEqual([
    ['a', 3],
    ['c', 0],
    ['d', 5],
  ]);
  expect(after.withAtMost(3)).toEqual(['a', 'c']);
  expect(counts.above(after)).toEqual([['b', 1]]);
  expect(counts.get('B')).toBeUndefined();
});

test('triggers are made again in the order in which they stood', () => {
  const db = new Sqlite(':memory:');
  const trigger = (name: string): string => `CREATE TRIGGER ${name} AFTER INSERT ON a BEGIN DELETE FROM b; END;`;
  db.exec(`${first} ${trigger('z')} ${trigger('y')}`);
  const order = (): unknown => db.prepare("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'").all();
  const had = order();
  withoutTriggers(db, readSchema(db), () => {
    expect(order()).toEqual([]);
    db.exec('INSERT INTO a VALUES (1); INSERT INTO b VALUES (1); INSERT INTO a VALUES (2);');
  });
  expect(order()).toEqual(had);
  expect(db.prepare('SELECT count(*) FROM b').pluck().get()).toBe(1);
});
