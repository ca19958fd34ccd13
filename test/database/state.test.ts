import { describe, expect, test } from 'vitest';
import { type Database, openMemory } from '../../src/database/connection.ts';
import { execute } from '../../src/database/execute.ts';
import { newestObject, readGrownSchema, readSchema } from '../../src/database/introspect.ts';
import { snapshotLate } from '../../src/database/late-snapshot.ts';
import { watchChanges } from '../../src/database/revision.ts';
import { snapshotMemory } from '../../src/database/snapshot.ts';
import { readState } from '../../src/database/state.ts';
import { watchWrites } from '../../src/database/write-watch.ts';
import type { State } from '../../src/model/outcome.ts';
import { addsOnly } from '../../src/sql/adds-only.ts';
import { migrationOf, settings } from '../compare/comparing.ts';

const own = { ...settings, foreignKeys: false };

/** Steps after which other things are other ones than before: rows, orphans, counters, keys that a parent leaves implied. */
const steps: readonly (readonly string[])[] = [
  ['CREATE TABLE a (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL)'],
  ['CREATE TABLE b (id INTEGER PRIMARY KEY, a_id INTEGER REFERENCES a, c_id TEXT REFERENCES c)'],
  ...['d', 'e', 'f', 'g', 'h'].map((name) => [`CREATE TABLE ${name} (id INTEGER PRIMARY KEY, v TEXT)`]),
  ["INSERT INTO a (name) VALUES ('x'), ('y')", 'INSERT INTO b VALUES (1, 1, NULL), (2, 9, NULL)'],
  ['CREATE TABLE c (code TEXT PRIMARY KEY)', 'CREATE INDEX b_a ON b (a_id)'],
  ["INSERT INTO b VALUES (3, 1, 'gone')"],
  ["INSERT INTO c VALUES ('gone')"],
  ['DELETE FROM a WHERE id = 1'],
  ["INSERT INTO d VALUES (1, 'd')", "INSERT INTO e VALUES (1, 'e'), (2, 'e')"],
  ['ALTER TABLE d RENAME TO x', 'ALTER TABLE e RENAME TO d', 'ALTER TABLE x RENAME TO e'],
  ['DROP TABLE f', 'CREATE TABLE f (id INTEGER PRIMARY KEY, v TEXT)', "INSERT INTO f VALUES (1, 'f')"],
  ['CREATE TRIGGER t AFTER INSERT ON g BEGIN INSERT INTO h (v) VALUES (new.v); END'],
  ["INSERT INTO g VALUES (1, 'g')"],
  ['CREATE VIEW v AS SELECT id, v FROM d', 'CREATE VIEW w AS SELECT nowhere FROM v'],
  ['ALTER TABLE h ADD COLUMN more TEXT'],
  ['DROP TABLE c'],
  ['CREATE VIRTUAL TABLE words USING fts5(word)'],
  ["INSERT INTO words VALUES ('one'), ('two')"],
  ['CREATE TABLE i (id INTEGER PRIMARY KEY)'],
  ['VACUUM'],
  ['DELETE FROM g', "UPDATE sqlite_sequence SET seq = 1 WHERE name = 'a'"],
];

/** The state that a connection without knowledge of earlier states reads. */
function readAnew(db: Database): State {
  const copy = openMemory({ ...own }, db.serialize());
  try {
    return readState(copy, []);
  } finally {
    copy.close();
  }
}

describe('a state that is read after another one', () => {
  test.each(['', 'PRAGMA auto_vacuum = FULL'])('equals a complete reading, with %j', (start) => {
    const db = openMemory(own);
    db.exec(start);
    let state = readState(db, []);
    for (const statements of steps) {
      const migration = migrationOf(statements);
      const writes = watchWrites(db, migration);
      const newest = addsOnly(migration) ? newestObject(db) : null;
      const isVacuum = statements.includes('VACUUM');
      const used = { ...own, transaction: isVacuum ? ('none' as const) : own.transaction };
      expect(execute(db, migration, used, { before: writes.watch })).toBeNull();
      const schema = newest === null ? readSchema(db) : readGrownSchema(db, state.schema, newest);
      state = readState(db, [], { state, schema, written: writes.written() });
      const anew = readAnew(db);
      expect({ ...state, rows: [...state.rows] }, statements.join(';')).toEqual({ ...anew, rows: [...anew.rows] });
    }
    expect(state.orphans).not.toEqual([]);
    db.close();
  });
});

test.each(['', 'PRAGMA auto_vacuum = FULL'])(
  'a state of a file that is trusted equals a complete reading, with %j',
  (start) => {
    const db = openMemory(own);
    db.exec(start);
    let state = readState(db, [], null, 'file');
    for (const statements of [...steps, ["UPDATE a SET name = 'z' WHERE id = 99"], ['DELETE FROM b WHERE id = 1']]) {
      const migration = migrationOf(statements);
      const writes = watchWrites(db, migration);
      const isSame = watchChanges(db, migration, own);
      const isVacuum = statements.includes('VACUUM');
      const used = { ...own, transaction: isVacuum ? ('none' as const) : own.transaction };
      expect(execute(db, migration, used, { before: writes.watch })).toBeNull();
      const written = isSame() ? new Set<string>() : writes.written();
      state = readState(db, [], { state, schema: readSchema(db), written }, 'file');
      const anew = readAnew(db);
      expect({ ...state, rows: [...state.rows] }, statements.join(';')).toEqual({ ...anew, rows: [...anew.rows] });
    }
    db.close();
  },
);

describe('a snapshot that is derived from later changes', () => {
  const added = [
    'CREATE TABLE p (id INTEGER PRIMARY KEY AUTOINCREMENT, n TEXT UNIQUE)',
    'CREATE TABLE q AS SELECT * FROM a',
    'CREATE UNIQUE INDEX a_name ON a (name)',
    'CREATE VIEW z AS SELECT * FROM q',
    'CREATE TRIGGER y INSTEAD OF INSERT ON z BEGIN DELETE FROM a; END',
    'CREATE TRIGGER r BEFORE DELETE ON p BEGIN DELETE FROM a; END',
  ];

  test('holds the same as a snapshot that was copied before', () => {
    const db = openMemory(settings);
    for (const statements of steps.slice(0, 12)) execute(db, migrationOf(statements), own);
    const eager = snapshotMemory(db);
    const late = snapshotLate(db, settings);
    expect(late.differences(db, settings)).toEqual([]);
    for (const sql of added) db.exec(sql);
    expect(late.differences(db, settings)).toEqual(eager.differences(db, settings));
    const expected = eager.open(settings);
    const found = late.open(settings);
    expect(eager.differences(found, settings)).toEqual([]);
    expect(found.pragma('foreign_keys', { simple: true })).toBe(1);
    const [anew, had] = [readState(found, []), readState(expected, [])];
    expect({ ...anew, rows: [...anew.rows] }).toEqual({ ...had, rows: [...had.rows] });
    expect(late.attach(db, (schema) => db.prepare(`SELECT count(*) FROM ${schema}.a`).pluck().get())).toBe(
      had.rows.get('a'),
    );
    for (const each of [db, expected, found]) each.close();
  });
});
