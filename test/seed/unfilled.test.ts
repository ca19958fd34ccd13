import { expect, test } from 'vitest';
import { emptyDatabase, emptyTables, fill, filled } from './filling.ts';

test.each<[what: string, sql: string, reasons: Readonly<Record<string, string>>]>([
  ['a CHECK that no value satisfies', 'CREATE TABLE a (b TEXT, CHECK (0))', { a: 'CHECK constraint failed: 0' }],
  [
    'CHECKs that contradict each other',
    'CREATE TABLE a (b INT NOT NULL CONSTRAINT big CHECK (b > 9), CHECK (b < 3))',
    { a: 'CHECK constraint failed: big' },
  ],
  [
    'a trigger that always raises',
    "CREATE TABLE a (b); CREATE TRIGGER t BEFORE INSERT ON a BEGIN SELECT RAISE(ABORT, 'closed for good'); END",
    { a: 'closed for good' },
  ],
  [
    'a trigger that always rolls back',
    "CREATE TABLE a (b); CREATE TRIGGER t AFTER INSERT ON a BEGIN SELECT RAISE(ROLLBACK, 'never'); END",
    { a: 'never' },
  ],
  [
    'a trigger that ignores every row',
    'CREATE TABLE a (b); CREATE TRIGGER t BEFORE INSERT ON a BEGIN SELECT RAISE(IGNORE); END',
    { a: 'a trigger ignores the row or deletes it' },
  ],
  [
    'a trigger that deletes every row',
    'CREATE TABLE a (b); CREATE TRIGGER t AFTER INSERT ON a BEGIN DELETE FROM a; END',
    { a: 'a trigger ignores the row or deletes it' },
  ],
  [
    'a trigger that needs a table that is gone',
    'CREATE TABLE a (b); CREATE TRIGGER t AFTER INSERT ON a BEGIN INSERT INTO gone VALUES (1); END',
    { a: 'no such table: main.gone' },
  ],
  [
    'a trigger that needs a function of the application',
    'CREATE TABLE a (b); CREATE TRIGGER t AFTER INSERT ON a BEGIN SELECT translate(NEW.b); END',
    { a: 'no such function: translate' },
  ],
  [
    'a parent that does not exist',
    'CREATE TABLE a (b TEXT NOT NULL REFERENCES gone (id))',
    { a: 'no such table: main.gone' },
  ],
  [
    'a parent key that is not unique',
    'CREATE TABLE a (id TEXT); CREATE TABLE b (a_id TEXT NOT NULL REFERENCES a (id))',
    { b: 'foreign key mismatch - "b" referencing "a"' },
  ],
  [
    'a parent that stays empty, and its children',
    `CREATE TABLE a (id INTEGER PRIMARY KEY CHECK (id > id)); CREATE TABLE b (a_id INT NOT NULL REFERENCES a);
     CREATE TABLE c (a INT REFERENCES a)`,
    { a: 'CHECK constraint failed: id > id', b: 'a_id needs a row in a, which has none' },
  ],
  [
    'a circle through a table that stays empty',
    `CREATE TABLE a (id INTEGER PRIMARY KEY, b_id INT NOT NULL REFERENCES b);
     CREATE TABLE b (id INTEGER PRIMARY KEY, a_id INT REFERENCES a);
     CREATE TRIGGER t BEFORE INSERT ON a BEGIN SELECT RAISE(ABORT, 'no'); END`,
    { a: 'no' },
  ],
  [
    'a child of two rows whose parent holds one at most',
    `CREATE TABLE a (id INTEGER PRIMARY KEY CHECK (id = 1));
     CREATE TABLE b (x_id INT NOT NULL REFERENCES a, y_id INT NOT NULL REFERENCES a, CHECK (x_id <> y_id))`,
    { b: 'CHECK constraint failed: x_id <> y_id' },
  ],
  [
    'a virtual table without rows of its own',
    "CREATE VIRTUAL TABLE a USING fts5(x); CREATE VIRTUAL TABLE b USING fts5vocab('a', 'row'); DROP TABLE a",
    { b: 'it is a virtual table of the module fts5vocab, whose rows are not known here' },
  ],
  [
    'a full-text index of a table that stays empty',
    "CREATE TABLE a (x TEXT CHECK (0)); CREATE VIRTUAL TABLE b USING fts5(x, content='a')",
    { a: 'CHECK constraint failed: 0', b: 'its content is that of a, which has no row' },
  ],
])('%s is reported in the words of SQLite', (_, sql, reasons) => {
  const { db, unfilled } = filled(sql);
  expect(Object.fromEntries(unfilled.map(({ table, reason }) => [table, reason]))).toEqual(reasons);
  expect(emptyTables(db).sort()).toEqual(Object.keys(reasons).sort());
  expect(db.inTransaction).toBe(false);
});

test('an error of an application function leaves its table empty', () => {
  const db = emptyDatabase('CREATE TABLE a (b TEXT)');
  db.function('slug', { varargs: true }, () => {
    throw new TypeError('not a slug');
  });
  db.exec('CREATE TRIGGER t BEFORE INSERT ON a BEGIN SELECT slug(NEW.b); END');
  expect(fill(db)).toEqual([{ table: 'a', reason: 'not a slug' }]);
  expect(db.inTransaction).toBe(false);
});

test('a refused row leaves no changes of triggers', () => {
  const { db } = filled(`CREATE TABLE log (x); CREATE TABLE a (b);
    INSERT INTO log VALUES ('before');
    CREATE TRIGGER t AFTER INSERT ON a BEGIN INSERT INTO log VALUES ('after'); SELECT RAISE(FAIL, 'no'); END`);
  expect(db.prepare('SELECT x FROM log').pluck().all()).toEqual(['before']);
});

test('a missing parent stops no row where foreign keys are not enforced', () => {
  const sql = `CREATE TABLE a (id INTEGER PRIMARY KEY, b TEXT REFERENCES gone (id));
    CREATE TABLE c (d TEXT NOT NULL REFERENCES gone (id))`;
  const { db, unfilled } = filled(sql, { foreignKeys: false });
  expect(unfilled).toEqual([]);
  expect(db.prepare('SELECT b FROM a').pluck().all()).toEqual([null]);
});
