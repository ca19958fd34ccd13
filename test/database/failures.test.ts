import { describe, expect, test } from 'vitest';
import type { Connection } from '../../src/model/connection.ts';
import type { Failure } from '../../src/model/outcome.ts';
import { appliedBy, fingerprint, project, refusal, rows, run } from './migrating.ts';

const init = `
  CREATE TABLE authors (id INTEGER PRIMARY KEY, name TEXT);
  CREATE TABLE books (id INTEGER PRIMARY KEY, title TEXT,
    author_id INTEGER REFERENCES authors (id) ON DELETE CASCADE);
  CREATE TABLE notes (book_id INTEGER REFERENCES books (id) DEFERRABLE INITIALLY DEFERRED, body TEXT);
  INSERT INTO authors VALUES (1, 'Ada'), (2, 'Eve');
  INSERT INTO books VALUES (10, 'One', 1), (20, 'Two', 2);
  INSERT INTO notes VALUES (10, 'good');`;

/** More rows than the page cache holds, so that some have reached the file by the time the migration fails. */
const spill = `PRAGMA cache_size = 2;
  WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 500)
  INSERT INTO notes (body) SELECT hex(zeroblob(500)) FROM n;`;

const good = 'ALTER TABLE books ADD COLUMN pages INTEGER;';

interface Case {
  readonly what: string;
  readonly sql: string;
  readonly failure: Omit<Failure, 'message' | 'harmless'>;
  readonly message: RegExp;
}

const cases: readonly Case[] = [
  {
    what: 'at a statement',
    sql: `${good} DELETE FROM notes; INSERT INTO books (id) VALUES (10);`,
    failure: { at: 'statement', statement: 3, code: 'SQLITE_CONSTRAINT_PRIMARYKEY' },
    message: /books.id/,
  },
  {
    what: 'at a statement that is no SQL',
    sql: `${good} ALTER books;`,
    failure: { at: 'statement', statement: 2, code: 'SQLITE_ERROR' },
    message: /syntax error/,
  },
  {
    what: 'after pages reached the disk',
    sql: `${spill} INSERT INTO books (id) VALUES (10);`,
    failure: { at: 'statement', statement: 3, code: 'SQLITE_CONSTRAINT_PRIMARYKEY' },
    message: /books.id/,
  },
  {
    what: 'in its own BEGIN … COMMIT',
    sql: `BEGIN; ${good} ${spill} INSERT INTO books (id) VALUES (10); COMMIT;`,
    failure: { at: 'statement', statement: 5, code: 'SQLITE_CONSTRAINT_PRIMARYKEY' },
    message: /books.id/,
  },
  {
    what: 'in its own BEGIN … COMMIT without foreign keys',
    sql: `PRAGMA foreign_keys = OFF; BEGIN; ${good} DROP TABLE authors; INSERT INTO books (id) VALUES (10); COMMIT;
      PRAGMA foreign_keys = ON;`,
    failure: { at: 'statement', statement: 5, code: 'SQLITE_CONSTRAINT_PRIMARYKEY' },
    message: /books.id/,
  },
  {
    what: 'for want of a COMMIT',
    sql: `BEGIN; ${good}`,
    failure: { at: 'commit', statement: null, code: 'SQLITE_ERROR' },
    message: /does not end it/,
  },
  {
    what: 'at COMMIT, for a deferred key',
    sql: `${good} DELETE FROM books WHERE id = 10;`,
    failure: { at: 'commit', statement: null, code: 'SQLITE_CONSTRAINT_FOREIGNKEY' },
    message: /FOREIGN KEY/,
  },
  {
    what: 'at its own COMMIT, for a deferred key',
    sql: `BEGIN; ${good} DELETE FROM books WHERE id = 10; COMMIT;`,
    failure: { at: 'statement', statement: 4, code: 'SQLITE_CONSTRAINT_FOREIGNKEY' },
    message: /FOREIGN KEY/,
  },
  {
    what: 'with OR ROLLBACK, which ends the transaction',
    sql: `${good} INSERT OR ROLLBACK INTO books (id) VALUES (10);`,
    failure: { at: 'statement', statement: 2, code: 'SQLITE_CONSTRAINT_PRIMARYKEY' },
    message: /books.id/,
  },
  {
    what: 'with RAISE(ROLLBACK) in its own transaction',
    sql: `BEGIN; CREATE TRIGGER guard BEFORE DELETE ON books BEGIN SELECT RAISE(ROLLBACK, 'books stay'); END;
      DELETE FROM books; COMMIT;`,
    failure: { at: 'statement', statement: 3, code: 'SQLITE_CONSTRAINT_TRIGGER' },
    message: /books stay/,
  },
  {
    what: 'because the disk is full',
    sql: `PRAGMA max_page_count = 20; ${good} ${spill}`,
    failure: { at: 'statement', statement: 4, code: 'SQLITE_FULL' },
    message: /full/,
  },
  {
    what: 'because the disk is full, in its own transaction',
    sql: `PRAGMA max_page_count = 20; BEGIN; ${good} ${spill} COMMIT;`,
    failure: { at: 'statement', statement: 5, code: 'SQLITE_FULL' },
    message: /full/,
  },
  {
    what: 'because it dropped the ledger',
    sql: `${good} DROP TABLE _migrations;`,
    failure: { at: 'commit', statement: null, code: 'SQLITE_ERROR' },
    message: /no such table: main._migrations/,
  },
  {
    what: 'because it renamed the ledger',
    sql: `BEGIN; ${good} ALTER TABLE _migrations RENAME TO history; COMMIT;`,
    failure: { at: 'commit', statement: null, code: 'SQLITE_ERROR' },
    message: /no such table: main._migrations/,
  },
  {
    what: 'because it wrote its own entry in the ledger',
    sql: `${good} INSERT INTO _migrations (version, applied_at) VALUES (2, '');`,
    failure: { at: 'commit', statement: null, code: 'SQLITE_CONSTRAINT_PRIMARYKEY' },
    message: /_migrations.version/,
  },
  {
    what: 'because foreign keys that it switched off are broken at the end',
    sql: '-- rowproof: foreign_keys=off\nDELETE FROM authors;',
    failure: { at: 'foreign-key-check', statement: null, code: 'SQLITE_CONSTRAINT_FOREIGNKEY' },
    message: /2 rows of books\(author_id\) have no parent in authors/,
  },
  {
    what: 'because foreign keys that it switched off are broken before its own COMMIT',
    sql: '-- rowproof: foreign_keys=off\nBEGIN; DELETE FROM authors WHERE id = 1; COMMIT;',
    failure: { at: 'foreign-key-check', statement: null, code: 'SQLITE_CONSTRAINT_FOREIGNKEY' },
    message: /1 row of books\(author_id\) has no parent in authors/,
  },
];

describe.each(['delete', 'wal'])('with journal_mode %s', (mode) => {
  test.each(cases)(
    'a migration that fails $what leaves nothing behind, and can be corrected',
    ({ sql, ...expected }) => {
      const app = project({ '0001_init.sql': init });
      run(app.file, `PRAGMA journal_mode = ${mode};`);
      app.migrate();
      const before = fingerprint(app.file);
      app.write('0002_next.sql', sql);
      app.write('0003_last.sql', 'INSERT INTO notes (body) VALUES (3);');

      const { applied, failed } = app.migrate();
      expect(applied).toEqual([]);
      expect(failed?.migration.name).toBe('0002_next');
      expect(failed?.failure).toMatchObject(expected.failure);
      expect(failed?.failure.message).toMatch(expected.message);
      expect(fingerprint(app.file)).toEqual(before);

      app.write('0002_next.sql', good);
      expect(appliedBy(app.migrate())).toEqual(['0002_next', '0003_last']);
      expect(rows(app.file, 'SELECT id, pages FROM books')).toEqual([
        [10, null],
        [20, null],
      ]);
      expect(rows(app.file, 'PRAGMA journal_mode')).toEqual([[mode]]);
    },
  );
});

test('migrations before the one that failed stay applied', () => {
  const app = project({ '0001_init.sql': init, '0002_good.sql': good, '0003_bad.sql': good, '0004_last.sql': '' });
  const { applied, failed } = app.migrate();
  expect(applied.map(({ name }) => name)).toEqual(['0001_init', '0002_good']);
  expect(failed?.migration.name).toBe('0003_bad');
  expect(rows(app.file, 'SELECT version FROM _migrations')).toEqual([[1], [2]]);
});

test('a function that is not registered is named, and the migration that needs it leaves nothing behind', () => {
  const app = project({ '0001_init.sql': init, '0002_slugs.sql': `${good}\nUPDATE books SET title = slug(title);` });
  const error = refusal(() => app.migrate());
  expect(error.code).toBe('function-missing');
  expect(error.message).toContain('0002_slugs.sql:2 uses the function slug');
  expect(rows(app.file, 'SELECT version FROM _migrations')).toEqual([[1]]);
  expect(rows(app.file, "SELECT 1 FROM pragma_table_info('books') WHERE name = 'pages'")).toEqual([]);

  const slug = (title: unknown): string => String(title).toLowerCase();
  const connect = (db: Connection): void => void db.function('slug', {}, slug);
  expect(appliedBy(app.migrate({}, { connect }))).toEqual(['0002_slugs']);
  expect(rows(app.file, 'SELECT title FROM books')).toEqual([['one'], ['two']]);
});

describe('foreign_keys=off', () => {
  const directive = '-- rowproof: foreign_keys=off';
  const rebuild = `
    CREATE TABLE authors_new (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
    INSERT INTO authors_new SELECT id, name FROM authors;
    DROP TABLE authors;
    ALTER TABLE authors_new RENAME TO authors;`;
  const start = (next: string) => {
    const app = project({ '0001_init.sql': init });
    app.migrate();
    app.write('0002_next.sql', next);
    return app;
  };

  test('keeps the children of a table that is rebuilt', () => {
    const app = start(`${directive}${rebuild}`);
    expect(appliedBy(app.migrate())).toEqual(['0002_next']);
    expect(rows(app.file, 'SELECT id, author_id FROM books')).toEqual([
      [10, 1],
      [20, 2],
    ]);

    const enforced = start(`DELETE FROM notes; ${rebuild}`);
    expect(appliedBy(enforced.migrate())).toEqual(['0002_next']);
    expect(rows(enforced.file, 'SELECT id FROM books')).toEqual([]);
  });

  test('ends with the migration: the next one meets the keys', () => {
    const app = start(`${directive}${rebuild}`);
    app.write('0003_orphan.sql', 'INSERT INTO books VALUES (30, NULL, 99);');
    const { applied, failed } = app.migrate();
    expect(applied.map(({ name }) => name)).toEqual(['0002_next']);
    expect(failed?.failure).toMatchObject({ at: 'statement', code: 'SQLITE_CONSTRAINT_FOREIGNKEY' });
  });

  test('keeps rows that were orphans before', () => {
    const app = start(`${directive}${rebuild}`);
    run(app.file, "INSERT INTO books VALUES (30, 'Three', 99), (40, 'Four', 98)");
    expect(appliedBy(app.migrate())).toEqual(['0002_next']);
    expect(rows(app.file, 'SELECT id, author_id FROM books ORDER BY id')).toEqual([
      [10, 1],
      [20, 2],
      [30, 99],
      [40, 98],
    ]);
  });

  test('does nothing where production does not enforce keys', () => {
    const app = start(`${directive}\nDELETE FROM authors;`);
    expect(appliedBy(app.migrate({}, { foreignKeys: false }))).toEqual(['0002_next']);
  });
});
