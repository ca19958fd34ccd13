import type { LossCause } from '../../../model/finding.ts';
import { keysOff } from '../../keys-off.ts';
import type { Topic } from '../../topic.ts';

const topic: Topic = {
  title: 'loses rows without an error',
  severity: 'error',
  why: 'Rows are missing from a table that no statement of the migration deletes from.',
  instead: 'Copy every row, or switch foreign keys off around a migration that rebuilds a parent table.',
  bad: 'CREATE TABLE users_new (id INTEGER PRIMARY KEY, name TEXT);\nINSERT INTO users_new SELECT id, name FROM users;\nDROP TABLE users;  -- fires ON DELETE CASCADE\nALTER TABLE users_new RENAME TO users;',
  good: '-- rowproof: foreign_keys=off\nCREATE TABLE users_new (id INTEGER PRIMARY KEY, name TEXT);\nINSERT INTO users_new SELECT id, name FROM users;\nDROP TABLE users;\nALTER TABLE users_new RENAME TO users;',
  link: 'https://sqlite.org/lang_altertable.html#making_other_kinds_of_table_schema_changes',
};
const { bad, good, link } = topic;

/** The reasons why rows are gone. The text of the migration declares the last four and none of the others. */
export const lossCauses = {
  'rows-lost': topic,
  'cascade-on-drop': {
    title: 'loses rows without an error: DROP TABLE cascades',
    severity: 'error',
    why: 'With foreign keys on, DROP TABLE first deletes the rows of the table, and ON DELETE CASCADE deletes the rows that refer to them. PRAGMA foreign_keys has no effect inside a transaction.',
    instead: `${keysOff} Check the keys before COMMIT.`,
    bad,
    good,
    link: 'https://sqlite.org/foreignkeys.html#fk_schemacommands',
  },
  'cascade-on-delete': {
    title: 'loses rows without an error: a delete cascades',
    severity: 'error',
    why: 'ON DELETE CASCADE deletes the rows that refer to the deleted or replaced rows.',
    instead: 'Move the children first, or delete them in a separate statement that shows the loss.',
    bad: "DELETE FROM teams WHERE name = '';",
    good: "UPDATE members SET team_id = 1 WHERE team_id IN (SELECT id FROM teams WHERE name = '');\nDELETE FROM teams WHERE name = '';",
    link: 'https://sqlite.org/foreignkeys.html#fk_actions',
  },
  'trigger-deletes': {
    title: 'loses rows without an error, through a trigger',
    severity: 'error',
    why: 'A trigger deletes rows of the table when the statement writes to another table.',
    instead:
      'If the loss is intended, add: -- rowproof: allow rows-lost TABLE -- reason. Otherwise drop the trigger before the statement and create it again afterwards.',
    bad: 'UPDATE products SET name = trim(name);  -- a trigger empties price_cache',
    good: 'DROP TRIGGER forget_prices;\nUPDATE products SET name = trim(name);\nCREATE TRIGGER forget_prices …;',
    link: 'https://sqlite.org/lang_createtrigger.html',
  },
  narrowed: {
    title: 'copies only some of the rows',
    severity: 'warning',
    why: 'The copy has a WHERE, JOIN, DISTINCT, GROUP BY, LIMIT, OR IGNORE, OR REPLACE or ON CONFLICT that leaves out existing rows.',
    instead: 'If the loss is intended, add: -- rowproof: allow rows-lost TABLE -- reason. Otherwise copy every row.',
    bad: 'INSERT INTO readings_new SELECT r.* FROM readings r JOIN devices d ON d.id = r.device_id;',
    good: 'INSERT INTO readings_new SELECT * FROM readings;',
    link,
  },
  'left-out': {
    title: 'moves rows under a key that keeps one of them and deletes the others',
    severity: 'error',
    why: 'OR IGNORE and DO NOTHING leave out a row that breaks a constraint, OR REPLACE and DO UPDATE replace the row that came before it, and the source table is dropped or loses the row afterwards. A row whose values already exist in the target does not count.',
    instead:
      'Insert without OR IGNORE and OR REPLACE, so the conflict shows, or delete only the rows that have arrived.',
    bad: "INSERT OR IGNORE INTO radio_feeds SELECT substr(id, 1, 8), url FROM feeds WHERE kind = 'radio';\nDELETE FROM feeds WHERE kind = 'radio';",
    good: "INSERT INTO radio_feeds SELECT id, url FROM feeds WHERE kind = 'radio';\nDELETE FROM feeds WHERE kind = 'radio';",
    link: 'https://sqlite.org/lang_conflict.html',
  },
  recreated: {
    title: 'drops and recreates a table without its rows',
    severity: 'warning',
    why: 'The table is dropped and created again, and no statement copies its rows.',
    instead:
      'If the loss is intended, add: -- rowproof: allow rows-lost TABLE -- reason. Otherwise copy them into the new table before the drop.',
    bad: 'DROP TABLE cache;\nCREATE TABLE cache (key TEXT PRIMARY KEY, value BLOB);',
    good: 'CREATE TABLE cache_new (key TEXT PRIMARY KEY, value BLOB);\nINSERT INTO cache_new SELECT key, value FROM cache;\nDROP TABLE cache;\nALTER TABLE cache_new RENAME TO cache;',
    link,
  },
  'not-carried': {
    title: 'drops a table while a new one with its columns stays empty',
    severity: 'warning',
    why: 'The migration makes a table that has all columns of the dropped one, and no statement copies the rows.',
    instead:
      'Copy the rows into the new table before the drop. If the loss is intended, add: -- rowproof: allow rows-lost TABLE -- reason.',
    bad: 'CREATE TABLE bookmarks (id INTEGER PRIMARY KEY, reader TEXT, url TEXT);\nDROP TABLE favourites;  -- reader, url',
    good: 'CREATE TABLE bookmarks (id INTEGER PRIMARY KEY, reader TEXT, url TEXT);\nINSERT INTO bookmarks (reader, url) SELECT reader, url FROM favourites;\nDROP TABLE favourites;',
    link: 'https://sqlite.org/lang_droptable.html',
  },
  'compares-kinds': {
    title: 'deletes rows by comparing numbers with a text',
    severity: 'error',
    why: 'SQLite sorts every number before every text, so the condition holds for all numbers: an INTEGER column of seconds is always less than datetime().',
    instead:
      "Compare with a number: unixepoch() for seconds, or convert the column with datetime(column, 'unixepoch').",
    bad: "DELETE FROM sessions WHERE expires_at < datetime('now');  -- expires_at holds seconds",
    good: 'DELETE FROM sessions WHERE expires_at < unixepoch();',
    link: 'https://sqlite.org/datatype3.html#comparison_expressions',
  },
  'underscore-matches': {
    title: 'deletes rows whose text has another character for the underscore',
    severity: 'warning',
    why: "In LIKE, _ stands for any one character: 'ui_%' also takes 'uikit'.",
    instead: 'Write the underscore with ESCAPE, or compare the beginning with substr().',
    bad: "DELETE FROM settings WHERE key LIKE 'ui_%';",
    good: "DELETE FROM settings WHERE key LIKE 'ui\\_%' ESCAPE '\\';",
    link: 'https://sqlite.org/lang_expr.html#like',
  },
  'deleted-from': {
    title: 'deletes rows, as written',
    severity: 'note',
    why: 'A statement of the migration deletes from the table or replaces rows of it.',
    instead: 'No change is needed if the number is right.',
    bad: 'DELETE FROM sessions;',
    good: 'DELETE FROM sessions WHERE expires_at < unixepoch();',
    link: 'https://sqlite.org/lang_delete.html',
  },
  dropped: {
    title: 'drops a table with its rows, as written',
    severity: 'note',
    why: 'The table is dropped and does not come back.',
    instead: 'No change is needed if the number is right.',
    bad: 'DROP TABLE old_sessions;',
    good: 'ALTER TABLE old_sessions RENAME TO old_sessions_until_2027;',
    link: 'https://sqlite.org/lang_droptable.html',
  },
} satisfies Record<LossCause, Topic>;
