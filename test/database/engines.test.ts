/** node:sqlite behind our interface does what better-sqlite3 does: each case runs on both, and the answers are equal. */
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { engineError } from '../../src/database/connection.ts';
import type { Database, Engine } from '../../src/database/engine.ts';
import { betterSqlite3 } from '../../src/database/engines/better-sqlite3.ts';
import { nodeSqlite } from '../../src/database/engines/node-sqlite.ts';
import { resultCodeName } from '../../src/database/engines/result-codes.ts';
import type { SqlValue } from '../../src/model/connection.ts';
import { folderWith } from '../temporary.ts';

const engines: readonly Engine[] = [betterSqlite3, nodeSqlite];
/** Node 22 and the first of 24: no deserialize, no defensive mode, and text ends at a NUL. */
const isOld = !('deserialize' in DatabaseSync.prototype);
const plain = { doubleQuotedStrings: false };
const file = { ...plain, mustExist: true, timeout: 0 };

/** What `work` comes to: its result, or the error, with SQLite's code where it is SQLite's. */
function attempt(work: () => unknown): unknown {
  try {
    return { result: work() };
  } catch (error) {
    return engineError(error) ?? { thrown: error instanceof Error && error.constructor.name, message: String(error) };
  }
}

/** Runs `work` on both engines, each with an empty database, and returns what the one that we know came to. */
function onBoth(work: (db: Database) => unknown): unknown {
  const [expected, found] = engines.map(({ openMemory }) => {
    const db = openMemory(undefined, plain);
    try {
      return attempt(() => work(db));
    } finally {
      db.close();
    }
  });
  expect(found).toEqual(expected);
  return expected;
}

test.each<[string, SqlValue]>([
  ['NULL', null],
  ['a whole number', 1],
  ['a fraction', 1.5],
  ['negative zero', -0],
  ['infinity', Number.POSITIVE_INFINITY],
  ['NaN', Number.NaN],
  ['2^53 as a number', 2 ** 53],
  ['2^53 + 1', 2n ** 53n + 1n],
  ['the greatest integer', 2n ** 63n - 1n],
  ['the least integer', -(2n ** 63n)],
  ['an empty text', ''],
  ['text beyond the basic plane', 'naïve 🌊'],
  ['an empty blob', new Uint8Array(0)],
  ['a blob', Buffer.from([0, 1, 255])],
])('%s is bound, kept and read alike', (_what, value) => {
  const answer = onBoth((db) => {
    const query = 'SELECT ? AS value, typeof(?) AS type';
    const values = [value, value];
    return [
      db.prepare(query).get(...values),
      db
        .prepare(query)
        .safeIntegers()
        .all(...values),
      db
        .prepare(query)
        .raw()
        .all(...values),
      db
        .prepare(query)
        .raw()
        .safeIntegers()
        .get(...values),
      [
        ...db
          .prepare(query)
          .pluck()
          .iterate(...values),
      ],
    ];
  });
  expect(answer).toHaveProperty('result');
});

test.skipIf(isOld)('text with a NUL in it is kept and read alike', () => {
  const text = 'before\0after';
  expect(onBoth((db) => db.prepare('SELECT ?').pluck().get(text))).toEqual({ result: text });
});

test('a number is bound as REAL and a bigint as INTEGER', () => {
  const types = 'SELECT typeof(?) || typeof(?)';
  expect(onBoth((db) => db.prepare(types).pluck().get(1, 1n))).toEqual({ result: 'realinteger' });
});

test('undefined is bound as NULL', () => {
  expect(onBoth((db) => db.prepare('SELECT ? IS NULL').pluck().get(undefined))).toEqual({ result: 1 });
});

test.each<[string, unknown[]]>([
  ['too few', [1]],
  ['too many', [1, 2, 3]],
  ['a boolean', [true, 1]],
])('%s for two parameters is refused alike', (_what, values) => {
  const answer = onBoth((db) => db.prepare("SELECT ?, '?', ?").get(...values));
  expect(answer).toMatchObject({ thrown: expect.stringMatching(/^(Range|Type)Error$/) });
});

test.each([
  ['two statements', 'SELECT 1; SELECT 2'],
  ['a comment and a semicolon behind it', 'SELECT 1; -- done\n;'],
  ['duplicate names of columns', 'SELECT 1 AS a, 2 AS a'],
  ['a column called __proto__', 'SELECT 7 AS "x__proto__"'],
  ['an integer beyond 2^53', 'SELECT 9007199254740993'],
  ['a row of all classes', "SELECT NULL, 1, 1.5, 'a', x'00', -0.0, 9e999"],
  ['no row', 'SELECT 1 WHERE 0'],
])('%s is read alike', (_what, sql) => {
  onBoth((db) => [db.prepare(sql).get(), db.prepare(sql).all(), db.prepare(sql).raw().all()]);
});

const schema = `CREATE TABLE p (id INTEGER PRIMARY KEY, u TEXT UNIQUE, c TEXT CHECK (length(c) < 5), n NOT NULL DEFAULT 1);
  CREATE TABLE q (a, b, PRIMARY KEY (a, b)) WITHOUT ROWID;
  CREATE TABLE child (id INTEGER PRIMARY KEY, p REFERENCES p(id));
  CREATE TABLE s (a INTEGER) STRICT;
  CREATE TRIGGER told BEFORE DELETE ON p BEGIN SELECT RAISE(FAIL, 'told so'); END;
  INSERT INTO p VALUES (1, 'a', 'b', 1);
  PRAGMA foreign_keys = ON;`;

test.each([
  ["INSERT INTO p VALUES (2, 'a', '', 1)", 'SQLITE_CONSTRAINT_UNIQUE'],
  ["INSERT INTO p VALUES (1, 'b', '', 1)", 'SQLITE_CONSTRAINT_PRIMARYKEY'],
  ["INSERT INTO p VALUES (2, 'b', 'longer', 1)", 'SQLITE_CONSTRAINT_CHECK'],
  ["INSERT INTO p VALUES (2, 'b', '', NULL)", 'SQLITE_CONSTRAINT_NOTNULL'],
  ['INSERT INTO child VALUES (1, 9)', 'SQLITE_CONSTRAINT_FOREIGNKEY'],
  ["INSERT INTO s VALUES ('x')", 'SQLITE_CONSTRAINT_DATATYPE'],
  ['DELETE FROM p', 'SQLITE_CONSTRAINT_TRIGGER'],
  ["INSERT INTO p VALUES ('x', 'b', '', 1)", 'SQLITE_MISMATCH'],
  ['SELECT * FROM gone', 'SQLITE_ERROR'],
  ['SELECT "no such column"', 'SQLITE_ERROR'],
  ['SELECT shout(1)', 'SQLITE_ERROR'],
  ['SELECT 1 ORDER BY 1 COLLATE german', 'SQLITE_ERROR_MISSING_COLLSEQ'],
  ['CREATE VIRTUAL TABLE v USING spellfix1', 'SQLITE_ERROR'],
  ['SELEC', 'SQLITE_ERROR'],
  ['BEGIN; BEGIN', 'SQLITE_ERROR'],
  ["SELECT json_extract('{', '$')", 'SQLITE_ERROR'],
  ['ALTER TABLE p ADD COLUMN r NOT NULL', 'SQLITE_ERROR'],
  ["SELECT load_extension('x')", 'SQLITE_ERROR'],
  ['PRAGMA max_page_count = 2; INSERT INTO q VALUES (1, zeroblob(99999))', 'SQLITE_FULL'],
])('%s fails alike', (sql, code) => {
  expect(onBoth((db) => void [db.exec(schema), db.exec(sql)])).toMatchObject({ code, message: expect.any(String) });
});

test.skipIf(isOld)('sqlite_schema cannot be written by either', () => {
  const answer = onBoth((db) => void db.exec('PRAGMA writable_schema = ON; DELETE FROM sqlite_schema'));
  expect(answer).toMatchObject({ code: 'SQLITE_ERROR', message: 'table sqlite_master may not be modified' });
});

test('pragmas are read, set and run alike', () => {
  const answer = onBoth((db) => {
    db.exec(schema);
    db.pragma('foreign_keys = OFF');
    return [
      db.pragma('foreign_keys', { simple: true }),
      db.pragma('foreign_keys'),
      db.pragma('table_info(p)'),
      db.pragma('user_version = 7', { simple: true }),
      db.pragma('user_version', { simple: true }),
      db.pragma('integrity_check'),
    ];
  });
  expect(answer).toMatchObject({ result: expect.arrayContaining([7, 0]) });
});

test('a transaction is told of, rolled back and ended alike', () => {
  const answer = onBoth((db) => {
    const seen = [db.inTransaction];
    db.exec('CREATE TABLE t (a); BEGIN; INSERT INTO t VALUES (1)');
    seen.push(db.inTransaction);
    db.exec('ROLLBACK');
    seen.push(db.inTransaction);
    db.exec('CREATE TABLE u (a UNIQUE ON CONFLICT ROLLBACK); BEGIN; INSERT INTO u VALUES (1)');
    attempt(() => db.exec('INSERT INTO u VALUES (1)'));
    return [...seen, db.inTransaction, db.prepare('SELECT count(*) FROM t').pluck().get()];
  });
  expect(answer).toEqual({ result: [false, true, false, false, 0] });
});

test('what a statement changed is counted alike', () => {
  onBoth((db) => {
    db.exec(`CREATE TABLE t (a); CREATE TRIGGER no BEFORE INSERT ON t WHEN new.a = 2 BEGIN SELECT RAISE(IGNORE); END`);
    const insert = db.prepare('INSERT INTO t VALUES (?)');
    return [insert.run(1n), insert.run(2n), insert.run(3n), db.prepare('DELETE FROM t').run()];
  });
});

test('a table is free once its rows are read or given up', () => {
  const answer = onBoth((db) => {
    db.exec('CREATE TABLE t (a); INSERT INTO t VALUES (1), (2), (3)');
    const rows = db.prepare<[], number>('SELECT a FROM t').pluck();
    for (const row of rows.iterate()) if (row === 2) break;
    const iterator = rows.iterate();
    const first = iterator.next().value;
    iterator.return?.();
    const all = [...rows.iterate()];
    db.exec('DROP TABLE t');
    return [first, all];
  });
  expect(answer).toEqual({ result: [1, [1, 2, 3]] });
});

describe('functions of the application', () => {
  test.each<[string, { varargs?: boolean; safeIntegers?: boolean }, string, (...args: SqlValue[]) => SqlValue]>([
    ['one parameter', {}, 'f(2)', (x) => Number(x) * 2],
    ['any number of them', { varargs: true }, 'f(1, 2, 3)', (...all) => all.length],
    ['the wrong number of them', {}, 'f(1, 2)', (x) => x ?? null],
    ['an integer beyond 2^53', {}, 'f(9007199254740993)', (x) => x ?? null],
    ['the same with safe integers', { safeIntegers: true }, 'f(9007199254740993)', (x) => x ?? null],
    ['a blob', {}, "hex(f(x'0102'))", (x) => x ?? null],
    [
      'an error',
      {},
      'f(1)',
      (_x) => {
        throw new TypeError('mine');
      },
    ],
  ])('%s', (_what, options, call, body) => {
    onBoth((db) => {
      db.function('f', options, body);
      return db.prepare(`SELECT ${call} AS value, typeof(${call}) AS type`).safeIntegers().get();
    });
  });

  test('what is no value of SQLite is refused', () => {
    const answer = onBoth((db) => {
      // A project in JavaScript may return anything.
      const body = (): SqlValue => JSON.parse('true');
      db.function('f', {}, body);
      return db.prepare('SELECT f()').get();
    });
    expect(answer).toMatchObject({ thrown: 'TypeError' });
  });

  test('may be kept out of views', () => {
    const answer = onBoth((db) => {
      db.function('f', { directOnly: true }, () => 1);
      db.exec('CREATE VIEW v AS SELECT f()');
      return db.prepare('SELECT * FROM v').get();
    });
    expect(answer).toMatchObject({ code: 'SQLITE_ERROR', message: 'unsafe use of f()' });
  });
});

describe.each(isOld ? [false] : [true, false])('bytes, where Node can open a database from them: %s', (has) => {
  const { deserialize } = DatabaseSync.prototype;
  beforeEach(() => {
    if (!has) Reflect.deleteProperty(DatabaseSync.prototype, 'deserialize');
  });
  afterEach(() => {
    if (!isOld) DatabaseSync.prototype.deserialize = deserialize;
  });

  const sql = `CREATE TABLE t (a, b); INSERT INTO t VALUES (1, x'00'), (9007199254740993, 1.0), (NULL, '🌊');
    CREATE TABLE s (id INTEGER PRIMARY KEY AUTOINCREMENT); INSERT INTO s VALUES (41); DELETE FROM s;
    PRAGMA user_version = 3`;

  test.each(engines.flatMap((from) => engines.map((to) => ({ from, to }))))(
    'of $from.name are opened by $to.name',
    ({ from, to }) => {
      const source = from.openMemory(undefined, plain);
      source.exec(sql);
      const bytes = source.serialize();
      const copy = to.openMemory(bytes, plain);
      expect(copy.memory).toBe(true);
      expect(copy.serialize().equals(bytes)).toBe(true);
      expect(copy.prepare('SELECT rowid, * FROM t').raw().safeIntegers().all()).toEqual(
        source.prepare('SELECT rowid, * FROM t').raw().safeIntegers().all(),
      );
      copy.exec('INSERT INTO s DEFAULT VALUES');
      expect(copy.prepare('SELECT id FROM s').pluck().get()).toBe(42);
      expect(source.prepare('SELECT count(*) FROM s').pluck().get()).toBe(0);
      expect(source.serialize().equals(bytes)).toBe(true);
      source.close();
      copy.close();
      copy.close();
    },
  );

  test('a migration may ask for a write-ahead log', () => {
    const db = nodeSqlite.openMemory(undefined, plain);
    db.exec(`PRAGMA journal_mode = WAL; ${sql}`);
    const copy = nodeSqlite.openMemory(db.serialize(), plain);
    expect(copy.prepare('SELECT count(*) FROM t').pluck().get()).toBe(3);
    db.close();
    copy.close();
  });
});

describe('files', () => {
  const answers = (path: string, options = file): unknown[] =>
    engines.map(({ openFile }) =>
      attempt(() => {
        const db = openFile(path, options);
        try {
          return [db.memory, db.prepare('SELECT count(*) FROM sqlite_schema').pluck().get()];
        } finally {
          db.close();
        }
      }),
    );

  test('that are not there are made only when they may be', () => {
    const folder = folderWith();
    for (const { name, openFile } of engines) {
      const path = join(folder, `${name} 100% #?.db`);
      expect(attempt(() => openFile(path, file))).toMatchObject({ code: 'SQLITE_CANTOPEN' });
      expect(existsSync(path)).toBe(false);
      const db = openFile(path, { ...file, mustExist: false });
      db.exec('CREATE TABLE t (a)');
      db.close();
      expect(answers(path)).toEqual([{ result: [false, 1] }, { result: [false, 1] }]);
    }
  });

  test('that are no databases are refused alike', () => {
    const folder = folderWith();
    mkdirSync(join(folder, 'folder'));
    writeFileSync(join(folder, 'text'), 'no database, whatever its name may be'.repeat(100));
    const isNone = { code: 'SQLITE_NOTADB', message: 'file is not a database' };
    expect(answers(join(folder, 'text'))).toEqual([isNone, isNone]);
    const [expected, found] = answers(join(folder, 'folder'));
    expect(found).toEqual(expected);
  });

  test('that another connection has locked are refused alike', () => {
    const path = join(folderWith(), 'app.db');
    for (const { openFile } of engines) {
      const owner = openFile(path, { ...file, mustExist: false });
      owner.exec('BEGIN IMMEDIATE');
      const other = openFile(path, file);
      expect(attempt(() => other.exec('BEGIN IMMEDIATE'))).toEqual({
        code: 'SQLITE_BUSY',
        message: 'database is locked',
      });
      other.close();
      owner.close();
    }
  });
});

describe('double-quoted strings', () => {
  const on = { doubleQuotedStrings: true };

  test('are strings in node:sqlite where they are switched on, in queries and in definitions', () => {
    const db = nodeSqlite.openMemory(undefined, on);
    db.exec('CREATE TABLE t (a CHECK (a <> "never")); INSERT INTO t VALUES ("x")');
    expect(db.prepare('SELECT a, "y" FROM t WHERE a = "x"').raw().all()).toEqual([['x', 'y']]);
    db.close();
  });

  test('cannot be had of better-sqlite3, which makes no file', () => {
    const path = join(folderWith(), 'app.db');
    const refused = { code: 'unsupported', message: expect.stringMatching(/without double-quoted strings/) };
    expect(() => betterSqlite3.openMemory(undefined, on)).toThrow(expect.objectContaining(refused));
    expect(() => betterSqlite3.openFile(path, { ...file, ...on, mustExist: false })).toThrow(
      expect.objectContaining(refused),
    );
    expect(existsSync(path)).toBe(false);
  });
});

test.each(engines)('$name tells the version of its SQLite', ({ openMemory, version }) => {
  const db = openMemory(undefined, plain);
  expect(db.prepare('SELECT sqlite_version()').pluck().get()).toBe(version());
  db.close();
});

// https://sqlite.org/rescode.html
test.each([
  [1, 'SQLITE_ERROR'],
  [257, 'SQLITE_ERROR_MISSING_COLLSEQ'],
  [261, 'SQLITE_BUSY_RECOVERY'],
  [516, 'SQLITE_ABORT_ROLLBACK'],
  [1544, 'SQLITE_READONLY_DIRECTORY'],
  [2067, 'SQLITE_CONSTRAINT_UNIQUE'],
  [3091, 'SQLITE_CONSTRAINT_DATATYPE'],
  [8202, 'SQLITE_IOERR_DATA'],
  [8714, 'SQLITE_IOERR_IN_PAGE'],
  [26, 'SQLITE_NOTADB'],
  [284, 'SQLITE_WARNING_AUTOINDEX'],
  [65043, 'SQLITE_CONSTRAINT'],
  [101, 'SQLITE_101'],
])('the result code %i is %s', (code, name) => {
  expect(resultCodeName(code)).toBe(name);
});
