import { expect, test } from 'vitest';
import { openMemory } from '../../src/database/connection.ts';
import { watchWrites } from '../../src/database/write-watch.ts';
import { migrationOf, settings } from '../compare/comparing.ts';

const schema = `
  CREATE TABLE teams (id INTEGER PRIMARY KEY, name TEXT);
  CREATE TABLE members (id INTEGER PRIMARY KEY, team_id REFERENCES teams(id) ON DELETE CASCADE);
  CREATE TABLE badges (code TEXT PRIMARY KEY, member_id REFERENCES members(id) ON DELETE SET NULL) WITHOUT ROWID;
  CREATE TABLE log (n);
  CREATE TABLE pages (body BLOB);
  CREATE TRIGGER noted AFTER UPDATE ON teams BEGIN INSERT INTO log VALUES (1); END;`;
const large = 'INSERT INTO pages VALUES (zeroblob(5000000));';
const all = ['teams', 'members', 'badges', 'log', 'pages'];

function written(filling: string, statements: readonly string[]): string[] {
  const db = openMemory(settings);
  db.exec(schema + filling);
  const migration = migrationOf(statements);
  const { watch, mayHaveWritten } = watchWrites(db, migration);
  for (const statement of migration.statements) {
    watch(statement);
    db.exec(statement.sql);
  }
  const names = all.filter(mayHaveWritten);
  db.close();
  return names;
}

test.each<[string, readonly string[], readonly string[]]>([
  ['an UPDATE and its trigger', ["UPDATE teams SET name = ''"], ['teams', 'log']],
  ['a DELETE and its cascades', ['DELETE FROM teams WHERE id = 1'], ['teams', 'members', 'badges']],
  ['a DELETE of all', ['DELETE FROM log'], ['log']],
  ['DROP TABLE and its cascades', ['DROP TABLE teams'], ['teams', 'members', 'badges']],
  ['a table that was renamed before', ['ALTER TABLE log RENAME TO diary', 'INSERT INTO diary VALUES (2)'], ['log']],
  ['an INSERT into a new table', ['CREATE TABLE fresh AS SELECT * FROM teams', 'INSERT INTO fresh VALUES (1, 2)'], []],
  ['a SELECT', ['SELECT * FROM teams'], []],
  ['VACUUM, after which nothing is known', ['VACUUM'], all],
])('%s', (_what, statements, expected) => {
  expect(written(large, statements)).toEqual(expected);
});

test('a small database is queried while queries cost less than a comparison', () => {
  const update = "UPDATE teams SET name = ''";
  expect(written('', [update])).toEqual(['teams', 'log']);
  expect(
    written(
      '',
      Array.from({ length: 6 }, () => update),
    ),
  ).toEqual(all);
});
