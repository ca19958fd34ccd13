/** The logs of migrators, as SQLAlchemy 1.4, Django 3.2 and Rails write them, and of programs with a form of their own. */
import { expect, test } from 'vitest';
import { readStatementLog } from '../../src/programs/statement-log.ts';

test('SQLAlchemy: entries over several lines, values in an entry of their own, no other words', () => {
  const echo = `INFO  [alembic.runtime.migration] Running upgrade 9f -> 1a, create more users
2026-11-30 09:57:01,729 INFO sqlalchemy.engine.Engine BEGIN (implicit)
2026-11-30 09:57:01,730 INFO sqlalchemy.engine.Engine 
CREATE TABLE users (
	id INTEGER NOT NULL, 
	PRIMARY KEY (id)
)


2026-11-30 09:57:01,730 INFO sqlalchemy.engine.Engine [no key 0.00003s] ()
2026-11-30 09:57:03,353 INFO sqlalchemy.engine.Engine INSERT INTO copy (id) SELECT users.id 
FROM users
2026-11-30 09:57:03,353 INFO sqlalchemy.engine.Engine [generated in 0.00007s] ()
2026-11-30 09:57:03,367 INFO sqlalchemy.engine.Engine UPDATE posts SET title=? WHERE posts.title = ?
2026-11-30 09:57:03,367 INFO sqlalchemy.engine.Engine [generated in 0.00019s] ("it's", None)
2026-11-30 09:57:03,368 INFO sqlalchemy.engine.Engine INSERT INTO t (a, b) VALUES (?, ?)
2026-11-30 09:57:03,368 INFO sqlalchemy.engine.Engine [generated in 0.00019s] [(1, 'x\\n'), (2.5, True)]
2026-11-30 09:57:03,368 INFO sqlalchemy.engine.Engine COMMIT
`;
  expect(readStatementLog(echo, null)).toEqual([
    'BEGIN',
    'CREATE TABLE users (\n\tid INTEGER NOT NULL, \n\tPRIMARY KEY (id)\n)',
    'INSERT INTO copy (id) SELECT users.id \nFROM users',
    "UPDATE posts SET title='it''s' WHERE posts.title = NULL",
    "INSERT INTO t (a, b) VALUES (1, 'x\n')",
    'INSERT INTO t (a, b) VALUES (2.5, 1)',
    'COMMIT',
  ]);
});

test('the handler of alembic.ini', () => {
  const log =
    'INFO  [sqlalchemy.engine.Engine] DROP TABLE users\nINFO  [sqlalchemy.engine.Engine] [no key 0.00002s] ()\n';
  expect(readStatementLog(log, null)).toEqual(['DROP TABLE users']);
});

test('Django', () => {
  const log = `(0.001) CREATE TABLE "new__users" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "name" text NOT NULL); args=None
(0.000) INSERT INTO "new__users" ("id", "name") SELECT "id", coalesce("name", '') FROM "users"; args=('',)
  Applying app.0003_required... OK
`;
  expect(readStatementLog(log, null)).toEqual([
    'CREATE TABLE "new__users" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "name" text NOT NULL)',
    'INSERT INTO "new__users" ("id", "name") SELECT "id", coalesce("name", \'\') FROM "users"',
  ]);
});

test('Rails, in colours', () => {
  const log = `\u001b[1m\u001b[35m (0.4ms)\u001b[0m  \u001b[1m\u001b[35mALTER TABLE "users" ADD "nick" varchar\u001b[0m
D, [2026-11-30T09:57:01.000000 #7] DEBUG -- :    (0.1ms)  DELETE FROM "sessions"
`;
  expect(readStatementLog(log, null)).toEqual(['ALTER TABLE "users" ADD "nick" varchar', 'DELETE FROM "sessions"']);
});

test('one statement a line, with a trigger and a table over several', () => {
  const log = `starting to create things
create table t (
  a text,
  b text
);
UPDATE t SET a = 1;
CREATE TRIGGER r AFTER INSERT ON t BEGIN
  UPDATE t SET a = 2;
END;
done`;
  expect(readStatementLog(log, null)).toEqual([
    'create table t (\n  a text,\n  b text\n)',
    'UPDATE t SET a = 1',
    'CREATE TRIGGER r AFTER INSERT ON t BEGIN\n  UPDATE t SET a = 2;\nEND',
  ]);
});

test.each([
  [/^sql: (.*)$/m, 'sql: DROP TABLE a\nother: DROP TABLE b\n', ['DROP TABLE a']],
  [/<<(?<sql>.*?)>>/s, 'x <<UPDATE t\nSET a = 1>> y <<COMMIT>>', ['UPDATE t\nSET a = 1', 'COMMIT']],
])('a pattern: %s', (pattern, log, expected) => {
  expect(readStatementLog(log, pattern)).toEqual(expected);
});
