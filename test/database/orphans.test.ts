import Sqlite from 'better-sqlite3';
import { expect, test } from 'vitest';
import { countOrphans, describeOrphans, missingParents, newOrphans } from '../../src/database/orphans.ts';

const schema = `
  CREATE TABLE authors (id INTEGER PRIMARY KEY, lang TEXT, name TEXT, UNIQUE (lang, name));
  CREATE TABLE books (id INTEGER PRIMARY KEY, author_id INTEGER REFERENCES authors);
  CREATE TABLE quotes (lang TEXT, name TEXT, FOREIGN KEY (lang, name) REFERENCES authors (lang, name));
  CREATE TABLE tags (tag TEXT PRIMARY KEY, author_id INTEGER REFERENCES authors) WITHOUT ROWID;
  CREATE TABLE odd (rowid TEXT, _rowid_ BLOB REFERENCES authors (id));
  INSERT INTO authors VALUES (1, 'en', 'Ada'), (2, 'de', 'Eva');`;

/** The orphans that `change` makes, in words, in a database that has had `rows` put in. */
function created(rows: string, change: string): string | null {
  const db = new Sqlite(':memory:');
  db.exec(`PRAGMA foreign_keys = OFF; ${schema} ${rows}`);
  const before = missingParents(db);
  db.exec(change);
  const found = newOrphans(before, missingParents(db));
  db.close();
  return found.length === 0 ? null : describeOrphans(found).replace('foreign key check failed: ', '');
}

test.each([
  ['nothing changed', 'INSERT INTO books VALUES (1, 9), (2, 9)', '', null],
  [
    'an orphan comes',
    'INSERT INTO books VALUES (1, 9)',
    'INSERT INTO books VALUES (2, 8)',
    '1 row of books(author_id) has no parent in authors',
  ],
  [
    'two miss one parent',
    'INSERT INTO books VALUES (1, 9)',
    'INSERT INTO books VALUES (2, 9), (3, 9)',
    '2 rows of books(author_id) have no parent in authors',
  ],
  ['an orphan is removed', 'INSERT INTO books VALUES (1, 9), (2, 8)', 'DELETE FROM books WHERE id = 1', null],
  [
    'one is removed and another is added',
    'INSERT INTO books VALUES (1, 9), (2, 8), (3, 1)',
    'DELETE FROM books WHERE id < 3; DELETE FROM authors WHERE id = 1',
    '1 row of books(author_id) has no parent in authors',
  ],
  ['the rows get other numbers', 'INSERT INTO books VALUES (1, 9)', 'UPDATE books SET id = id + 100', null],
  ['the child is renamed', 'INSERT INTO books VALUES (1, 9)', 'ALTER TABLE books RENAME TO works', null],
  [
    'the column is renamed',
    'INSERT INTO books VALUES (1, 9)',
    'ALTER TABLE books RENAME COLUMN author_id TO writer_id',
    null,
  ],
  ['the parent is renamed', 'INSERT INTO books VALUES (1, 9)', 'ALTER TABLE authors RENAME TO writers', null],
  [
    'the parent is dropped',
    'INSERT INTO books VALUES (1, 9), (2, 1)',
    'DROP TABLE authors',
    '1 row of books(author_id) has no parent in authors',
  ],
  [
    'the column becomes text',
    'INSERT INTO books VALUES (1, 9)',
    'CREATE TABLE b (id, author_id TEXT REFERENCES authors); INSERT INTO b SELECT * FROM books; DROP TABLE books; ALTER TABLE b RENAME TO Books',
    null,
  ],
  [
    'a key of two columns',
    "INSERT INTO quotes VALUES ('en', 'Eva')",
    "INSERT INTO quotes VALUES ('de', 'Ada'), ('de', 'Eva'), (NULL, 'Ada')",
    '1 row of quotes(lang, name) has no parent in authors',
  ],
  [
    'a table without rowid',
    "INSERT INTO tags VALUES ('a', 9)",
    "INSERT INTO tags VALUES ('b', 8)",
    '1 row of tags(author_id) has no parent in authors',
  ],
  [
    'columns by the names of the rowid',
    "INSERT INTO odd VALUES ('x', 9)",
    "INSERT INTO odd VALUES ('y', 8)",
    '1 row of odd(_rowid_) has no parent in authors',
  ],
  [
    'two keys',
    '',
    'INSERT INTO books VALUES (1, 9); INSERT INTO quotes VALUES (1, 1)',
    '1 row of books(author_id) has no parent in authors; 1 row of quotes(lang, name) has no parent in authors',
  ],
])('newOrphans: %s', (_, rows, change, expected) => {
  expect(created(rows, change)).toBe(expected);
});

test('a key whose parent columns are no key is omitted', () => {
  const db = new Sqlite(':memory:');
  db.exec(`PRAGMA foreign_keys = OFF; ${schema}
    CREATE TABLE broken (name TEXT REFERENCES authors (name)); INSERT INTO broken VALUES ('nobody');
    INSERT INTO books VALUES (1, 9);`);
  expect(countOrphans(db)).toEqual([{ table: 'books', columns: ['author_id'], parent: 'authors', rows: 1 }]);
  db.close();
});

test('temporary tables are omitted', () => {
  const db = new Sqlite(':memory:');
  db.exec(`PRAGMA foreign_keys = OFF; ${schema}
    INSERT INTO books VALUES (1, 9);
    CREATE TEMP TABLE books (other REFERENCES authors); INSERT INTO temp.books VALUES (7), (8);`);
  expect(missingParents(db)).toEqual([
    { table: 'books', columns: ['author_id'], parent: 'authors', rows: 1, missing: '["9"]' },
  ]);
  db.close();
});
