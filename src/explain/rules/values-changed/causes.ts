import type { ValueCause } from '../../../model/comparison.ts';
import { keysOff } from '../../keys-off.ts';
import type { Topic } from '../../topic.ts';

const allow = 'If the change is intended, add: -- rowproof: allow values-changed TABLE.COLUMN -- reason.';

/** The reasons why values changed. */
export const valueCauses = {
  'values-changed': {
    title: 'changes values that no statement means to change',
    severity: 'error',
    why: 'No UPDATE sets the column and no expression feeds it, but rows hold different values than before.',
    instead:
      'Copy the column unchanged. If the change is intended, add: -- rowproof: allow values-changed TABLE.COLUMN -- reason.',
    bad: 'INSERT INTO seats_new SELECT * FROM seats;',
    good: 'INSERT INTO seats_new (id, row, number) SELECT id, row, number FROM seats;',
    link: 'https://sqlite.org/lang_altertable.html#making_other_kinds_of_table_schema_changes',
  },
  'columns-swapped': {
    title: 'copies values into another column',
    severity: 'error',
    why: 'INSERT … SELECT copies by position, not by name, so a column of the new table gets the values of a different column.',
    instead: `Name the columns on both sides, in the same order. ${allow}`,
    bad: 'CREATE TABLE seats_new (id INTEGER PRIMARY KEY, number TEXT, row TEXT);\nINSERT INTO seats_new SELECT * FROM seats;  -- id, row, number',
    good: 'CREATE TABLE seats_new (id INTEGER PRIMARY KEY, number TEXT, row TEXT);\nINSERT INTO seats_new (id, number, row) SELECT id, number, row FROM seats;',
    link: 'https://sqlite.org/lang_insert.html',
  },
  'default-instead-of-copy': {
    title: 'leaves a column out of the copy',
    severity: 'error',
    why: 'The column exists before and after, but the copying statement does not list it, so every row gets the default.',
    instead: `List the column on both sides. ${allow}`,
    bad: 'INSERT INTO boats_new (id, name) SELECT id, name FROM boats;  -- boats.berth stays behind',
    good: 'INSERT INTO boats_new (id, name, berth) SELECT id, name, berth FROM boats;',
    link: 'https://sqlite.org/lang_insert.html',
  },
  'literal-text': {
    title: 'writes the name of a column into it',
    severity: 'error',
    why: 'No table of the SELECT has the column. With double-quoted strings on, SQLite then reads "name" as text.',
    instead: 'Leave the new column out of the copy, or write the value that it should have, in single quotes.',
    bad: 'INSERT INTO shows_new (id, "aired") SELECT id, "aired" FROM shows;  -- shows has no column aired',
    good: 'INSERT INTO shows_new (id) SELECT id FROM shows;',
    link: 'https://sqlite.org/quirks.html#dblquote',
  },
  'set-null-by-action': {
    title: 'sets columns to NULL through a foreign key',
    severity: 'error',
    why: 'With foreign keys on, DROP TABLE first deletes the rows of the table, and ON DELETE SET NULL clears the columns that refer to them. PRAGMA defer_foreign_keys defers checks, not actions.',
    instead: `${keysOff} Or keep the values in another table and put them back. ${allow}`,
    bad: 'PRAGMA defer_foreign_keys = ON;\nCREATE TABLE orders_new (id TEXT PRIMARY KEY);\nINSERT INTO orders_new SELECT id FROM orders;\nDROP TABLE orders;  -- fires ON DELETE SET NULL\nALTER TABLE orders_new RENAME TO orders;',
    good: '-- rowproof: foreign_keys=off\nCREATE TABLE orders_new (id TEXT PRIMARY KEY);\nINSERT INTO orders_new SELECT id FROM orders;\nDROP TABLE orders;\nALTER TABLE orders_new RENAME TO orders;',
    link: 'https://sqlite.org/foreignkeys.html#fk_actions',
  },
  'set-default-by-action': {
    title: 'sets columns to their default through a foreign key',
    severity: 'error',
    why: 'With foreign keys on, DROP TABLE first deletes the rows of the table, and ON DELETE SET DEFAULT puts the default into the columns that refer to them, or NULL if they have no default.',
    instead: `${keysOff} Or keep the values in another table and put them back. ${allow}`,
    bad: 'CREATE TABLE tiers_new (id INTEGER PRIMARY KEY);\nINSERT INTO tiers_new SELECT id FROM tiers;\nDROP TABLE tiers;  -- fires ON DELETE SET DEFAULT\nALTER TABLE tiers_new RENAME TO tiers;',
    good: '-- rowproof: foreign_keys=off\nCREATE TABLE tiers_new (id INTEGER PRIMARY KEY);\nINSERT INTO tiers_new SELECT id FROM tiers;\nDROP TABLE tiers;\nALTER TABLE tiers_new RENAME TO tiers;',
    link: 'https://sqlite.org/foreignkeys.html#fk_actions',
  },
  'key-invented': {
    title: 'replaces NULL with a made-up number',
    severity: 'error',
    why: 'An INTEGER PRIMARY KEY is never NULL. If a copy puts NULL into it, SQLite chooses a number without an error.',
    instead: `Give the table a separate key and keep the column beside it, or choose the number for NULL in the copy. ${allow}`,
    bad: 'CREATE TABLE keys_new (number INTEGER PRIMARY KEY, room TEXT);  -- it was number INTEGER\nINSERT INTO keys_new SELECT number, room FROM keys;',
    good: 'CREATE TABLE keys_new (id INTEGER PRIMARY KEY, number INTEGER UNIQUE, room TEXT);\nINSERT INTO keys_new (number, room) SELECT number, room FROM keys;',
    link: 'https://sqlite.org/lang_createtable.html#rowid',
  },
  'set-by-trigger': {
    title: 'changes values through a trigger',
    severity: 'warning',
    why: 'A trigger updates the column when the statement writes to the table of the trigger.',
    instead: `Drop the trigger before the statement and create it again afterwards. ${allow}`,
    bad: 'UPDATE loans SET due = date(due);  -- a trigger counts every update in members.renewals',
    good: 'DROP TRIGGER loans_renewed;\nUPDATE loans SET due = date(due);\nCREATE TRIGGER loans_renewed …;',
    link: 'https://sqlite.org/lang_createtrigger.html',
  },
  'type-coerced': {
    title: 'converts values to the new type of their column',
    severity: 'error',
    why: "SQLite converts stored values to the affinity of the column, and the old values cannot be recovered: '007' becomes 7, and an integer beyond 2^53 loses digits as REAL.",
    instead: `Keep the type, or convert the value in an expression. ${allow}`,
    bad: "CREATE TABLE parcels_new (id INTEGER PRIMARY KEY, postcode INTEGER);  -- it was TEXT: '01067'\nINSERT INTO parcels_new SELECT id, postcode FROM parcels;",
    good: 'CREATE TABLE parcels_new (id INTEGER PRIMARY KEY, postcode TEXT);\nINSERT INTO parcels_new SELECT id, postcode FROM parcels;',
    link: 'https://sqlite.org/datatype3.html#type_affinity',
  },
} satisfies Record<ValueCause, Topic>;
