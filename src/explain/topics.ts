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
  'rows-duplicated': {
    title: 'copies rows more than once',
    severity: 'error',
    why: 'A row comes out of the copy once for each partner that the join finds, or once for each statement that copies it, and the new table has no key that refuses it.',
    instead:
      'Look the other value up in a subquery instead of a join, or give the new table the key that rows are known by.',
    bad: 'INSERT INTO trips_new SELECT t.day, t.km, s.name FROM trips t JOIN stops s ON s.trip = t.id;',
    good: 'INSERT INTO trips_new SELECT day, km, (SELECT min(name) FROM stops WHERE trip = trips.id) FROM trips;',
    link: 'https://sqlite.org/lang_select.html',
  },
  'values-changed': {
    title: 'changes values that no statement means to change',
    severity: 'error',
    why: 'No UPDATE sets the column and no expression feeds it, and yet rows hold something else than before.',
    instead:
      'Copy the column as it is. If the change is meant, say so: -- rowproof: allow values-changed TABLE.COLUMN -- reason.',
    bad: 'INSERT INTO seats_new SELECT * FROM seats;',
    good: 'INSERT INTO seats_new (id, row, number) SELECT id, row, number FROM seats;',
    link: 'https://sqlite.org/lang_altertable.html#making_other_kinds_of_table_schema_changes',
  },
  'autoincrement-reset': {
    title: 'gives out numbers of deleted rows again',
    severity: 'note',
    why: 'AUTOINCREMENT keeps its counter in sqlite_sequence, by table. The new table counts from the largest number that was copied, and DROP TABLE forgets the old counter.',
    instead:
      'Carry the counter over: UPDATE sqlite_sequence SET seq = (the old one) WHERE name = the new table, before the drop.',
    bad: 'INSERT INTO bills_new SELECT * FROM bills;\nDROP TABLE bills;\nALTER TABLE bills_new RENAME TO bills;',
    good: "INSERT INTO bills_new SELECT * FROM bills;\nUPDATE sqlite_sequence SET seq = (SELECT seq FROM sqlite_sequence WHERE name = 'bills') WHERE name = 'bills_new';\nDROP TABLE bills;\nALTER TABLE bills_new RENAME TO bills;",
    link: 'https://sqlite.org/autoinc.html',
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
  'rows-unreadable': {
    title: 'leaves rows that cannot be read',
    severity: 'error',
    why: 'ADD COLUMN does not compute a virtual generated column for the rows that are there. Whoever reads such a row later, be it by SELECT *, or changes it, gets the error of its expression.',
    instead:
      'Write an expression that has a value for every row: CASE WHEN … END around what may raise an error; or set the rows right first.',
    bad: 'ALTER TABLE soundings ADD COLUMN metres AS (abs(depth)) VIRTUAL;',
    good: 'ALTER TABLE soundings ADD COLUMN metres AS (CASE WHEN depth > -9223372036854775808 THEN abs(depth) END) VIRTUAL;',
    link: 'https://sqlite.org/gencol.html#virtual_versus_stored_columns',
  },
  'object-broken': {
    title: 'breaks a view, a trigger or a table',
    severity: 'error',
    why: 'It names something that the migration took away. SQLite looks at views and triggers only when they are used, so the next query or write fails.',
    instead: 'Drop the view or trigger before the statement and make it anew, in terms of what is there now, after it.',
    bad: 'DROP TABLE prices;  -- the view price_list reads it',
    good: 'DROP VIEW price_list;\nDROP TABLE prices;\nCREATE VIEW price_list AS SELECT id, price FROM products;',
    link: 'https://sqlite.org/lang_altertable.html#making_other_kinds_of_table_schema_changes',
  },
  'constraint-dropped': {
    title: 'loses a constraint while it rebuilds a table',
    severity: 'warning',
    why: 'The new table has only what its text says. What the old one declared besides is gone, and rows that it kept out come in.',
    instead:
      'Write it into the new table too. If it may go, say so: -- rowproof: allow constraint-dropped TABLE -- reason.',
    bad: 'CREATE TABLE members_new AS SELECT id, email FROM members;  -- email was UNIQUE',
    good: 'CREATE TABLE members_new (id INTEGER PRIMARY KEY, email TEXT UNIQUE);\nINSERT INTO members_new SELECT id, email FROM members;',
    link: 'https://sqlite.org/lang_createtable.html#create_table_as_select_statements',
  },
  'index-dropped': {
    title: 'loses an index while it rebuilds a table',
    severity: 'warning',
    why: 'DROP TABLE takes the indexes of the table along, and no statement makes them anew.',
    instead:
      'Repeat CREATE INDEX after the rename. If it may go, write DROP INDEX before the rebuild, or say so: -- rowproof: allow index-dropped TABLE -- reason.',
    bad: 'DROP TABLE visits;  -- with the index visits_by_day\nALTER TABLE visits_new RENAME TO visits;',
    good: 'DROP TABLE visits;\nALTER TABLE visits_new RENAME TO visits;\nCREATE INDEX visits_by_day ON visits(day);',
    link: 'https://sqlite.org/lang_droptable.html',
  },
  'trigger-dropped': {
    title: 'loses a trigger while it rebuilds a table',
    severity: 'warning',
    why: 'DROP TABLE takes the triggers of the table along, and DROP VIEW those of the view; no statement makes them anew.',
    instead:
      'Repeat CREATE TRIGGER after the rename. If it may go, write DROP TRIGGER before the rebuild, or say so: -- rowproof: allow trigger-dropped TABLE -- reason.',
    bad: 'DROP TABLE loans;  -- with the trigger that counts them\nALTER TABLE loans_new RENAME TO loans;',
    good: 'DROP TABLE loans;\nALTER TABLE loans_new RENAME TO loans;\nCREATE TRIGGER loans_counted AFTER INSERT ON loans BEGIN … END;',
    link: 'https://sqlite.org/lang_droptable.html',
  },
  'refused-by-tool': {
    title: 'holds a statement that its tool does not run',
    severity: 'error',
    why: 'The tool that runs the migration, or the driver under it, refuses the statement or runs only a part of it.',
    instead: 'Write the statement in the form that the tool takes.',
    bad: '-- a migration of D1\nCREATE TEMP TABLE saved AS SELECT * FROM posts;',
    good: '-- a migration of D1\nCREATE TABLE saved AS SELECT * FROM posts;',
    link: 'https://developers.cloudflare.com/d1/sql-api/sql-statements/',
  },
  'needs-newer-sqlite': {
    title: 'needs a newer SQLite than production has',
    severity: 'error',
    why: 'The SQLite under the driver of production is older than the one that knows the statement, so it is a syntax error or an unknown function there.',
    instead: 'Write it in the words of the older version, or upgrade the driver first.',
    bad: 'ALTER TABLE users DROP COLUMN nickname;  -- production has SQLite 3.34',
    good: 'CREATE TABLE users_new (id INTEGER PRIMARY KEY, name TEXT);\nINSERT INTO users_new SELECT id, name FROM users;\nDROP TABLE users;\nALTER TABLE users_new RENAME TO users;',
    link: 'https://sqlite.org/changes.html',
  },
  'directive-unused': {
    title: 'says a directive that has no effect',
    severity: 'warning',
    why: 'Nothing that it accepts happens, or the schema rules out what it assumes; whoever reads it believes otherwise.',
    instead: 'Take it out, or correct the table, the column or the code that it names.',
    bad: '-- rowproof: allow rows-lost sesions -- sessions are short',
    good: '-- rowproof: allow rows-lost sessions -- sessions are short',
    link: 'https://sqlite.org/lang_comment.html',
  },
};
