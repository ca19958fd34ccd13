import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import { check, migrate } from '../src/api.ts';
import type { Finding } from '../src/model/finding.ts';
import type { Report } from '../src/model/report.ts';
import { gate } from './gate-source.ts';
import { placesOf } from './specimens.ts';
import { folderWith } from './temporary.ts';

/** A failure in a few words: SQLite's, and the keys of the rows at fault. */
function told({ message, faults }: Pick<Finding, 'message' | 'faults'>): string {
  return `${message}: ${faults.flatMap(({ keys }) => keys.rows.map((row) => row.join())).join(' ')}`;
}

function failuresOf({ findings }: Report): string[] {
  return findings
    .filter(({ code }) => code === 'fails-on-rows')
    .flatMap(placesOf)
    .map(told)
    .sort();
}

async function checked(schema: string, rows: string, migration: string): Promise<Report> {
  const folder = folderWith({ 'm/1_a.sql': schema, 'm/2_b.sql': migration, 'seeds/1.sql': rows });
  return check({ migrations: join(folder, 'm'), seeds: join(folder, 'seeds'), dataset: ['fixture'] });
}

describe('a migration with several problems', () => {
  const schema = 'CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT, email TEXT, age INTEGER);';
  const rows = `INSERT INTO users VALUES (1, 'Ada', 'a@x', 30), (2, NULL, 'b@x', 31), (3, 'Cy', 'c@x', 32), (4, 'Di', 'c@x', 33),
    (5, 'Ed', 'e@x', -5), (6, 'Flo', 'f@x', 40);`;
  const rebuild = `CREATE TABLE users_new (id INTEGER PRIMARY KEY, name TEXT NOT NULL, email TEXT, age INTEGER CHECK (age > 0));
    INSERT INTO users_new SELECT * FROM users; DROP TABLE users; ALTER TABLE users_new RENAME TO users;
    CREATE UNIQUE INDEX users_email ON users (email);`;

  test('reports each of them with its own rows', async () => {
    const report = await checked(schema, rows, rebuild);
    expect(failuresOf(report)).toEqual([
      'CHECK constraint failed: age > 0: 5',
      'NOT NULL constraint failed: users_new.name: 2',
      'UNIQUE constraint failed: users.email: 3 4',
    ]);
    const behind = report.findings.filter(({ details }) =>
      details.includes('It shows once the rows that stop the migration before are set aside.'),
    );
    expect(behind).toHaveLength(2);
  });

  test('does not say that a table waits for rows that were set aside to look on', async () => {
    const { findings } = await checked(
      `CREATE TABLE ships (id INTEGER PRIMARY KEY, flag TEXT);
       CREATE TABLE logs (id INTEGER PRIMARY KEY, watch TEXT, entry TEXT);`,
      `INSERT INTO ships VALUES (1, NULL), (2, NULL); INSERT INTO logs VALUES (1, 'dog', 'calm'), (2, 'first', 'fog');`,
      `CREATE TABLE vessels (id INTEGER PRIMARY KEY, flag TEXT NOT NULL, watch TEXT, entry TEXT);
       INSERT INTO vessels SELECT s.id, s.flag, l.watch, l.entry FROM ships s LEFT JOIN logs l ON l.id = s.id;
       DROP TABLE ships; DROP TABLE logs;`,
    );
    expect(findings.map(({ code, cause, severity }) => [code, cause, severity])).toEqual([
      ['fails-on-rows', 'not-null-meets-null', 'error'],
      ['rows-lost', 'dropped', 'note'],
    ]);
  });

  test('says that a table waits for others, behind the failure of another copy', async () => {
    const { findings } = await checked(
      `CREATE TABLE ships (id INTEGER PRIMARY KEY, flag TEXT);
       CREATE TABLE logs (id INTEGER PRIMARY KEY, watch TEXT, entry TEXT);`,
      `INSERT INTO ships VALUES (1, NULL), (2, 'x'); INSERT INTO logs VALUES (1, 'dog', 'calm'), (2, 'first', 'fog');`,
      `CREATE TABLE vessels (id INTEGER PRIMARY KEY, flag TEXT NOT NULL);
       CREATE TABLE journals (id INTEGER PRIMARY KEY, watch TEXT, entry TEXT);
       INSERT INTO vessels SELECT id, flag FROM ships; DROP TABLE ships; DROP TABLE logs;`,
    );
    expect(findings.map(({ code, cause, severity }) => [code, cause, severity])).toEqual([
      ['fails-on-rows', 'not-null-meets-null', 'error'],
      ['rows-lost', 'not-carried', 'warning'],
    ]);
  });

  test('reports the loss that a failure hides', async () => {
    const report = await checked(
      `${schema} CREATE TABLE posts (id INTEGER PRIMARY KEY, author INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE);`,
      `${rows} INSERT INTO posts VALUES (1, 1), (2, 2), (3, 6);`,
      `CREATE TABLE users_new (id INTEGER PRIMARY KEY, name TEXT NOT NULL, email TEXT, age INTEGER);
       INSERT INTO users_new SELECT * FROM users; DROP TABLE users; ALTER TABLE users_new RENAME TO users;`,
    );
    expect(failuresOf(report)).toEqual(['NOT NULL constraint failed: users_new.name: 2']);
    // The post of the user without a name is out of the way too.
    expect(report.findings.find(({ code }) => code === 'rows-lost')?.facts).toMatchObject({
      tables: [{ table: 'posts', before: 2, after: 0 }],
    });
  });

  test('two columns of one statement are two problems', async () => {
    const report = await checked(
      schema,
      "INSERT INTO users VALUES (1, NULL, 'a', 1), (2, 'b', NULL, 1), (3, 'c', 'c', 1);",
      `CREATE TABLE u (id INTEGER PRIMARY KEY, name TEXT NOT NULL, email TEXT NOT NULL, age INTEGER);
       INSERT INTO u SELECT * FROM users; DROP TABLE users; ALTER TABLE u RENAME TO users;`,
    );
    expect(failuresOf(report)).toEqual([
      'NOT NULL constraint failed: u.email: 2',
      'NOT NULL constraint failed: u.name: 1',
    ]);
  });

  test('one problem stays one finding', async () => {
    const report = await checked(schema, rows, 'CREATE UNIQUE INDEX users_email ON users (email);');
    expect(failuresOf(report)).toEqual(['UNIQUE constraint failed: users.email: 3 4']);
  });

  test('rows that nothing lists end the search', async () => {
    const report = await checked(
      schema,
      rows,
      `CREATE TABLE log (name TEXT NOT NULL);
       CREATE TRIGGER logged AFTER UPDATE ON users BEGIN INSERT INTO log VALUES (old.name); END;
       UPDATE users SET name = name || '!'; CREATE UNIQUE INDEX users_email ON users (email);`,
    );
    expect(report.findings.filter(({ code }) => code === 'fails-on-rows').map(({ message }) => message)).toEqual([
      'NOT NULL constraint failed: log.name',
    ]);
  });

  test('the gate reports each of them, and the production file stays as it was', async () => {
    const folder = folderWith({ 'm/1_a.sql': schema });
    const file = join(folder, 'app.db');
    await migrate({ migrations: join(folder, 'm') }, { file });
    const db = new Sqlite(file);
    db.exec(rows);
    const { migrations } = { migrations: join(folderWith({ 'm/1_a.sql': schema, 'm/2_b.sql': rebuild }), 'm') };
    const report = await gate({ migrations }, { file });
    const failures = report.findings.filter(({ code }) => code === 'fails-on-rows');
    expect(failures.map(({ faults }) => faults.map(({ rows: count }) => count)).sort()).toEqual([[1], [1], [2]]);
    expect(db.prepare('SELECT count(*) FROM users').pluck().get()).toBe(6);
    db.close();
  });
});
