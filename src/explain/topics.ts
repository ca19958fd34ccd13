import type { FindingCode, Severity } from '../model/finding.ts';

/** What there is to know about a code or a cause, for reports, `rowproof explain` and the README alike. */
export interface Topic {
  /** What happened, in a few words. */
  readonly title: string;
  readonly severity: Severity;
  /** Why SQLite does that. */
  readonly why: string;
  /** What to write instead. */
  readonly instead: string;
  readonly bad: string;
  readonly good: string;
  /** The page of SQLite's documentation that the rule comes from. */
  readonly link: string;
}

/** One topic for each code. A code without a topic does not compile. */
export const codeTopics: { readonly [C in FindingCode]: Topic } = {
  'fails-on-rows': {
    title: 'fails on rows, passes when empty',
    severity: 'error',
    why: 'The statement checks the rows that are there, and an empty table has none to object to.',
    instead: 'Bring the rows into the shape that the statement asks for first, in the same migration.',
    bad: 'CREATE UNIQUE INDEX users_email ON users(email);',
    good: 'DELETE FROM users WHERE rowid NOT IN (SELECT min(rowid) FROM users GROUP BY email);\nCREATE UNIQUE INDEX users_email ON users(email);',
    link: 'https://sqlite.org/lang_altertable.html',
  },
  'fails-on-empty': {
    title: 'fails on an empty database',
    severity: 'error',
    why: 'No rows are needed for it: the migration cannot run after those before it.',
    instead: 'Correct the statement, or name with --base the database that version 0 starts from.',
    bad: 'ALTER TABLE users ADD COLUMN email TEXT UNIQUE;',
    good: 'ALTER TABLE users ADD COLUMN email TEXT;\nCREATE UNIQUE INDEX users_email ON users(email);',
    link: 'https://sqlite.org/lang_altertable.html#alter_table_add_column',
  },
  'schema-differs': {
    title: 'leaves another schema behind when there are rows',
    severity: 'error',
    why: 'The same migration made different objects on the two sides, so what the tests run against is not what production has.',
    instead: 'Drop or rename what is in the way before IF NOT EXISTS passes over it.',
    bad: 'CREATE TABLE IF NOT EXISTS reports (id INTEGER PRIMARY KEY, body TEXT);',
    good: 'DROP TABLE IF EXISTS reports;\nCREATE TABLE reports (id INTEGER PRIMARY KEY, body TEXT);',
    link: 'https://sqlite.org/lang_createtable.html',
  },
  'rows-lost': {
    title: 'loses rows without an error',
    severity: 'error',
    why: 'Rows are gone from a table that no statement of the migration deletes from.',
    instead: 'Copy every row, or switch foreign keys off around the migration while a parent table is rebuilt.',
    bad: 'CREATE TABLE users_new (id INTEGER PRIMARY KEY, name TEXT);\nINSERT INTO users_new SELECT id, name FROM users;\nDROP TABLE users;  -- fires ON DELETE CASCADE\nALTER TABLE users_new RENAME TO users;',
    good: '-- rowproof: foreign_keys=off\nCREATE TABLE users_new (id INTEGER PRIMARY KEY, name TEXT);\nINSERT INTO users_new SELECT id, name FROM users;\nDROP TABLE users;\nALTER TABLE users_new RENAME TO users;',
    link: 'https://sqlite.org/lang_altertable.html#making_other_kinds_of_table_schema_changes',
  },
  'orphans-created': {
    title: 'leaves rows without a parent',
    severity: 'error',
    why: 'Foreign keys were not enforced while the migration ran, so nothing stopped it from taking the parents away.',
    instead: 'Keep the parents, move the children to others first, or delete the children on purpose.',
    bad: 'PRAGMA foreign_keys = OFF;\nDELETE FROM teams WHERE archived = 1;',
    good: 'UPDATE members SET team_id = NULL WHERE team_id IN (SELECT id FROM teams WHERE archived = 1);\nDELETE FROM teams WHERE archived = 1;',
    link: 'https://sqlite.org/pragma.html#pragma_foreign_key_check',
  },
  'not-atomic': {
    title: 'leaves half of itself behind when it fails',
    severity: 'error',
    why: 'Part of the migration was committed before the statement that failed, so the database is neither old nor new.',
    instead:
      'Let one transaction go round the whole file: leave BEGIN and COMMIT out of it and let the migrator begin and commit.',
    bad: 'CREATE TABLE a (id INTEGER);\nCOMMIT;\nBEGIN;\nCREATE UNIQUE INDEX b ON c(d);',
    good: 'CREATE TABLE a (id INTEGER);\nCREATE UNIQUE INDEX b ON c(d);',
    link: 'https://sqlite.org/lang_transaction.html',
  },
  'not-rerunnable': {
    title: 'cannot be run again after it failed',
    severity: 'warning',
    why: 'Without a transaction the statements before the failure stay done. Once the rows are put right the file is run again, and meets what it made itself.',
    instead:
      'Let one transaction go round the whole file, so that a failure leaves nothing; or write statements that may be run twice: DROP TABLE IF EXISTS before CREATE TABLE, INSERT OR IGNORE.',
    bad: 'CREATE TABLE notes_new (id INTEGER PRIMARY KEY, body TEXT NOT NULL);\nINSERT INTO notes_new SELECT id, body FROM notes;',
    good: 'DROP TABLE IF EXISTS notes_new;\nCREATE TABLE notes_new (id INTEGER PRIMARY KEY, body TEXT NOT NULL);\nINSERT INTO notes_new SELECT id, body FROM notes;',
    link: 'https://sqlite.org/lang_transaction.html',
  },
  'history-edited': {
    title: 'does not match what the database has applied',
    severity: 'error',
    why: 'A new database runs the files as they are now; this one ran them as they were. The two are not the same any more.',
    instead: 'Put an applied file back as it was, and give a late one a number above the newest that is applied.',
    bad: '0003_users.sql  -- edited after production ran it',
    good: '0007_correct_users.sql  -- the correction, as a migration of its own',
    link: 'https://sqlite.org/lang_altertable.html',
  },
  'invariant-broken': {
    title: 'breaks an invariant',
    severity: 'error',
    why: 'After the migration the query of the invariant returns rows that it did not return before.',
    instead: 'Write the missing values in the same migration, for example by an UPDATE after ADD COLUMN.',
    bad: 'ALTER TABLE pipelines ADD COLUMN publisher_id TEXT REFERENCES publishers(id);',
    good: "ALTER TABLE pipelines ADD COLUMN publisher_id TEXT REFERENCES publishers(id);\nUPDATE pipelines SET publisher_id = 'pub_demo_seed';",
    link: 'https://sqlite.org/lang_altertable.html#alter_table_add_column',
  },
};
