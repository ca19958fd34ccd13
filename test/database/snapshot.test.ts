import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type Database, openFile, openMemory } from '../../src/database/connection.ts';
import { type Snapshot, snapshotFile, snapshotMemory } from '../../src/database/snapshot.ts';
import { buildSettings } from '../build.ts';
import { folderWith } from '../temporary.ts';

const settings = buildSettings();
const schema = `
  CREATE TABLE a (id INTEGER PRIMARY KEY AUTOINCREMENT, v);
  CREATE TABLE keyed (k TEXT PRIMARY KEY, v) WITHOUT ROWID;
  CREATE TABLE shadowed (rowid TEXT, v);
  CREATE INDEX a_v ON a (v);
  CREATE VIRTUAL TABLE words USING fts5 (word);
  INSERT INTO a (v) VALUES (1), ('x'), (x'00ff'), (NULL), (9007199254740993);
  INSERT INTO keyed VALUES ('k', 1); INSERT INTO shadowed VALUES ('r', 1); INSERT INTO words VALUES ('one');`;

interface Kept {
  readonly db: Database;
  readonly snapshot: Snapshot;
}

const ways: readonly { kind: string; keep: () => Kept }[] = [
  {
    kind: 'a database in memory',
    keep: () => {
      const db = openMemory(settings);
      db.exec(schema);
      return { db, snapshot: snapshotMemory(db) };
    },
  },
  ...['DELETE', 'WAL'].map((mode) => ({
    kind: `a file in ${mode} mode`,
    keep: () => {
      const folder = folderWith();
      const db = openFile(join(folder, 'app.db'), settings);
      db.exec(`PRAGMA journal_mode = ${mode}; ${schema}`);
      return { db, snapshot: snapshotFile(join(folder, 'app.db'), join(folder, 'before.db')) };
    },
  })),
];

describe.each(ways)('a snapshot of $kind', ({ keep }) => {
  test.each([
    ['', []],
    ['BEGIN; DELETE FROM a; DROP TABLE keyed; ROLLBACK;', []],
    ['UPDATE a SET v = v; VACUUM;', []],
    ['UPDATE a SET v = 1.0 WHERE id = 1', ['changed rows of a']],
    ["UPDATE a SET v = '1' WHERE id = 1", ['changed rows of a']],
    ["UPDATE a SET v = 'X' WHERE id = 2", ['changed rows of a']],
    ['UPDATE a SET v = 9007199254740992 WHERE id = 5', ['changed rows of a']],
    ['DELETE FROM a WHERE id = 4', ['changed rows of a']],
    ['INSERT INTO a VALUES (6, 1); DELETE FROM a WHERE id = 6', ['changed rows of sqlite_sequence']],
    ['UPDATE keyed SET v = 2', ['changed rows of keyed']],
    ['UPDATE shadowed SET _rowid_ = 7', ['changed rows of shadowed']],
    ['ALTER TABLE keyed ADD COLUMN w', ['changed table keyed', 'changed rows of keyed']],
    ['CREATE VIEW b AS SELECT 1; DROP INDEX a_v', ['created view b', 'dropped index a_v']],
    ['PRAGMA user_version = 3', ['changed PRAGMA user_version']],
  ])('reports the changes of <%s>', (sql, changes) => {
    const { db, snapshot } = keep();
    db.exec(sql);
    expect(snapshot.differences(db, settings)).toEqual(changes);
    db.close();
  });

  test('reports a change in a full-text index', () => {
    const { db, snapshot } = keep();
    db.exec("INSERT INTO words VALUES ('two')");
    expect(snapshot.differences(db, settings)).toContain('changed rows of words_content');
    db.close();
  });

  test('opens any number of times, and no change there reaches it', () => {
    const { db, snapshot } = keep();
    db.exec('DELETE FROM a');
    for (let times = 0; times < 2; times++) {
      const copy = snapshot.open(settings);
      expect(copy.prepare('SELECT count(*) FROM a').pluck().get()).toBe(5);
      copy.exec('DELETE FROM a; DROP TABLE keyed');
      copy.close();
    }
    expect(snapshot.differences(db, settings)).toEqual(['changed rows of a']);
    db.close();
  });
});

describe.each(ways)('a database opened from a snapshot of $kind', ({ keep }) => {
  const countOf = (db: Database): unknown => db.prepare('SELECT count(*) FROM a').pluck().get();

  test('can be kept, apart from later changes', () => {
    const { db, snapshot } = keep();
    const copy = snapshot.open(settings);
    copy.exec('DELETE FROM a WHERE id > 2');
    const half = snapshot.keep(copy);
    copy.exec('DELETE FROM a');
    const again = half.open(settings);
    expect([countOf(again), countOf(copy), countOf(db)]).toEqual([2, 0, 5]);
    expect(half.differences(copy, settings)).toEqual(['changed rows of a']);
    for (const each of [again, copy]) each.close();
    half.release();
    const whole = snapshot.open(settings);
    expect(countOf(whole)).toBe(5);
    for (const each of [whole, db]) each.close();
  });
});

test('a snapshot of a file takes the space of the copies that are open', () => {
  const folder = folderWith();
  const file = join(folder, 'app.db');
  const db = openFile(file, settings);
  db.exec(schema);
  db.close();
  const snapshot = snapshotFile(file, join(folder, 'before.db'));
  for (let times = 0; times < 5; times++) {
    const [one, other] = [snapshot.open(settings), snapshot.open(settings)];
    const half = snapshot.keep(one);
    half.open(settings).close();
    half.release();
    for (const db of [one, other]) db.close();
  }
  expect(readdirSync(folder).sort()).toEqual(['app.db', 'before.db', 'before.db-1', 'before.db-2']);
});

test('a snapshot of a file can replace an earlier one in any journal mode', () => {
  const folder = folderWith();
  const [file, target] = [join(folder, 'app.db'), join(folder, 'before.db')];
  const db = openFile(file, settings);
  db.exec('PRAGMA journal_mode = WAL; CREATE TABLE a (b);');
  snapshotFile(file, target);
  db.exec('PRAGMA journal_mode = DELETE; INSERT INTO a VALUES (1);');
  const copy = snapshotFile(file, target).open(settings);
  expect(copy.prepare('SELECT b FROM a').pluck().all()).toEqual([1]);
  copy.close();
  db.close();
});
