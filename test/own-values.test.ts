/** Failures in which nobody's row is wrong: the migration wrote the value itself, or an object outside the migrations took part. */
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import { check, migrate } from '../src/api.ts';
import type { ReportedFinding } from '../src/model/finding.ts';
import { gate } from './gate-source.ts';
import { folderWith } from './temporary.ts';

/** The failures of the last migration. */
async function failures(...texts: readonly string[]): Promise<ReportedFinding[]> {
  const files = texts.map((text, i): [string, string] => [`m/${i + 1}_step.sql`, text]);
  const folder = folderWith(Object.fromEntries(files));
  const { findings } = await check({ migrations: join(folder, 'm'), foreignKeys: true, rewrites: false });
  return findings.filter(({ code, migration }) => code === 'fails-on-rows' && migration.startsWith(`${texts.length}_`));
}

const users = 'CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT, email TEXT);';

test.each<[string, string, string, string]>([
  [
    'own-row-collides',
    'a row that selects constants',
    users,
    "INSERT INTO users (id, name) SELECT 1, 'root' WHERE 1 = 1;",
  ],
  [
    'own-row-collides',
    'several rows, of which one collides',
    users,
    "INSERT OR ABORT INTO users VALUES (999999, 'a', 'b'), (1, 'c', 'd');",
  ],
  [
    'made-equal',
    'an UPDATE that cuts texts under a unique index',
    `${users} CREATE UNIQUE INDEX users_email ON users (email);`,
    'UPDATE users SET email = substr(email, 1, 0);',
  ],
  [
    'made-equal',
    'an UPDATE before the index, names in other cases',
    users,
    'ALTER TABLE Users ADD COLUMN "Nick Name" TEXT;\nUPDATE users SET [nick name] = \'none\';\nCREATE UNIQUE INDEX nick ON users (id % 1, "NICK NAME");',
  ],
  [
    'unique-meets-duplicates',
    'duplicates that were there',
    users,
    "ALTER TABLE users ADD COLUMN kind TEXT DEFAULT 'a';\nCREATE UNIQUE INDEX users_email ON users (email);",
  ],
  [
    'required-column-left-out',
    'a table beside it',
    users,
    'CREATE TABLE mails (user INTEGER, "sent.at" TEXT NOT NULL);\nINSERT INTO mails (user) SELECT id FROM users;',
  ],
  [
    'required-column-left-out',
    'REPLACE into a rebuilt table',
    users,
    'CREATE TABLE u2 (id INTEGER PRIMARY KEY, name TEXT, role TEXT NOT NULL);\nREPLACE INTO u2 (name, id) SELECT name, id FROM users;\nDROP TABLE users;\nALTER TABLE u2 RENAME TO users;',
  ],
  [
    'not-null-meets-null',
    'a column that the copy names',
    users,
    'CREATE TABLE u2 (id INTEGER PRIMARY KEY, email TEXT NOT NULL);\nINSERT INTO u2 (id, email) SELECT id, email FROM users;',
  ],
  [
    'new-word-refused',
    'a number beyond a range',
    'CREATE TABLE tasks (id INTEGER PRIMARY KEY, priority INTEGER NOT NULL CHECK (priority BETWEEN 1 AND 3));',
    'UPDATE tasks SET priority = 4;',
  ],
  [
    'new-word-refused',
    'a named CHECK of the table',
    "CREATE TABLE doors (id INTEGER PRIMARY KEY, state TEXT NOT NULL, CONSTRAINT known_state CHECK (state IN ('open', 'shut')));",
    "UPDATE doors SET state = 'ajar';",
  ],
  [
    'check-meets-rows',
    'a value of the rows',
    users,
    "CREATE TABLE u2 (id INTEGER PRIMARY KEY, name TEXT CHECK (name <> ''));\nINSERT INTO u2 (id, name) SELECT id, '' || substr(name, 1, 0) FROM users;",
  ],
])('%s: %s', async (cause, _name, first, last) => {
  const found = await failures(first, last);
  expect(found.map((finding) => finding.cause)).toContain(cause);
});

describe('a full-text index out of step', () => {
  const notes = `CREATE TABLE notes (id INTEGER PRIMARY KEY, body TEXT NOT NULL);`;
  const index = (name: string): string =>
    `CREATE VIRTUAL TABLE ${name} USING fts5(body, content = 'notes', content_rowid = 'id');`;

  test('is named with the trigger that writes it and the migration that left it so', async () => {
    const [finding] = await failures(
      notes,
      `${index('"note index"')} CREATE TRIGGER gone AFTER DELETE ON notes BEGIN INSERT INTO "note index" ("note index", rowid, body) VALUES ('delete', OLD.id, OLD.body); END;`,
      'DELETE FROM notes;',
    );
    expect(finding).toMatchObject({
      cause: 'search-index-malformed',
      facts: { index: { table: 'note index', trigger: 'gone' } },
      instead: expect.stringContaining(`INSERT INTO "note index" ("note index") VALUES ('rebuild')`),
    });
    expect(finding?.details.join(' ')).toContain('2_step left note index out of step.');
  });

  test('is named where the migration writes it by itself', async () => {
    const [finding] = await failures(
      notes,
      `${index('found')} INSERT INTO found (found, rowid, body) SELECT 'delete', id, body || 'x' FROM notes; INSERT INTO found (found, rowid, body) SELECT 'delete', id, body FROM notes;`,
    );
    expect(finding).toMatchObject({ cause: 'search-index-malformed' });
  });
});

describe('an object outside the migrations', () => {
  /** The failure of a migration on a production file in which something else has made an object. */
  async function gated(object: string, last: string): Promise<ReportedFinding | undefined> {
    const folder = folderWith({ 'm/1_a.sql': users });
    const file = join(folder, 'app.db');
    await migrate({ migrations: join(folder, 'm') }, { file });
    new Database(file).exec(`INSERT INTO users VALUES (1, 'Ann', 'a@x.test'); ${object}`).close();
    const next = folderWith({ 'm/1_a.sql': users, 'm/2_b.sql': last });
    const { findings } = await gate({ migrations: join(next, 'm') }, { file });
    return findings.find(({ code }) => code === 'fails-on-rows');
  }

  test('is named where a trigger of production raises', async () => {
    const object =
      "CREATE TRIGGER keep_names BEFORE UPDATE ON users BEGIN SELECT raise(ABORT, 'names stay, don''t they'); END;";
    expect(await gated(object, "UPDATE users SET name = 'x';")).toMatchObject({
      cause: 'outside-object',
      facts: { outside: { type: 'trigger', name: 'keep_names' } },
    });
  });

  test('is named where a view of production reads what a migration drops', async () => {
    const object = 'CREATE VIEW "names of all" AS SELECT name FROM users;';
    expect(await gated(object, 'ALTER TABLE users DROP COLUMN name;')).toMatchObject({
      cause: 'outside-object',
      facts: { outside: { type: 'view', name: 'names of all' } },
    });
  });

  test('is not blamed for a trigger that a migration makes', async () => {
    const found = await failures(
      `${users} CREATE TRIGGER keep BEFORE UPDATE ON users BEGIN SELECT raise(ABORT, 'no'); END;`,
      "UPDATE users SET name = 'x';",
    );
    expect(found.map(({ cause }) => cause)).toEqual(['trigger-raises']);
  });
});
