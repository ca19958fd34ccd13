/** The gate takes a file that was checked for sound, and still finds what a migration breaks. */
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { expect, test } from 'vitest';
import { migrate } from '../src/api.ts';
import { gate } from './gate-source.ts';
import { folderWith } from './temporary.ts';

const first = `CREATE TABLE parents (id INTEGER PRIMARY KEY, name TEXT);
  CREATE TABLE children (id INTEGER PRIMARY KEY, parent_id INTEGER REFERENCES parents, age INTEGER CHECK (age > 0));
  CREATE INDEX children_adult ON children (age) WHERE age > 17;
  CREATE TABLE others (id INTEGER PRIMARY KEY, note TEXT NOT NULL);`;

/** Rows that break a CHECK and a foreign key already, and others. */
const rows = `PRAGMA ignore_check_constraints = ON; PRAGMA foreign_keys = OFF;
  INSERT INTO parents VALUES (1, 'a'), (2, 'b');
  INSERT INTO children VALUES (1, 1, 5), (2, 2, -7), (3, 99, 40);
  INSERT INTO others VALUES (1, 'n');`;

async function findIn(...pending: readonly string[]): Promise<unknown[]> {
  const later = Object.fromEntries(pending.map((sql, i) => [`m/${i + 2}_next.sql`, sql]));
  const folder = folderWith({ 'm/1_first.sql': first, ...later });
  const file = join(folderWith(), 'app.db');
  await migrate({ migrations: join(folder, 'm') }, { file, to: 1 });
  const db = new Sqlite(file);
  db.exec(rows);
  db.close();
  const { findings } = await gate({ migrations: join(folder, 'm'), tool: 'rowproof' }, { file });
  return findings
    .filter(({ severity }) => severity === 'error')
    .map(({ code, cause, table, migration }) => [code, cause, table, migration]);
}

const rebuild = (table: string, columns: string, where = ''): string =>
  `-- rowproof: foreign_keys=off\nCREATE TABLE n (${columns}); INSERT INTO n SELECT * FROM ${table} ${where}; DROP TABLE ${table}; ALTER TABLE n RENAME TO ${table};`;

test.each<[string, readonly string[]]>([
  ['a step that touches rows which broke a CHECK before', ['UPDATE children SET parent_id = 1 WHERE id = 1;']],
  [
    'a step that changes nothing, and one after it',
    ["UPDATE others SET note = '' WHERE id = 9;", 'ALTER TABLE others ADD COLUMN more;'],
  ],
  [
    'steps of one table after another',
    ["UPDATE others SET note = 'x';", "UPDATE parents SET name = 'x';", 'UPDATE children SET age = 41 WHERE id = 3;'],
  ],
  ['a rebuild of a parent that keeps its rows', [rebuild('parents', 'id INTEGER PRIMARY KEY, name TEXT')]],
])('no error: %s', async (_, pending) => {
  expect(await findIn(...pending)).toEqual([]);
});

test('a rebuild of a parent that leaves rows out fails at its check of foreign keys, whatever was counted before', async () => {
  const leaving = rebuild('parents', 'id INTEGER PRIMARY KEY, name TEXT', 'WHERE id = 1');
  expect(await findIn("UPDATE others SET note = 'x';", leaving)).toEqual([
    ['fails-on-rows', 'foreign-key-check-failed', 'children', '3_next'],
  ]);
});

test('a step that writes rows against a CHECK breaks the integrity, although others did before', async () => {
  const breaking =
    'PRAGMA ignore_check_constraints = ON; ALTER TABLE others ADD COLUMN n INTEGER CHECK (n > 0); UPDATE others SET n = -1;';
  expect(await findIn('UPDATE children SET age = 41 WHERE id = 3;', breaking)).toEqual([
    ['invariant-broken', 'integrity-check', null, '3_next'],
  ]);
});
