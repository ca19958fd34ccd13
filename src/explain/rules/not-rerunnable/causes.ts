import type { RepeatCause } from '../../../model/finding.ts';
import { oneTransaction } from '../../keys-off.ts';
import type { Topic } from '../../topic.ts';

const topic: Topic = {
  title: 'cannot be run again after it failed',
  severity: 'warning',
  why: 'Without a transaction the statements before the failure stay done. Once the rows are put right the file is run again, and meets what it made itself.',
  instead: `${oneTransaction} Or write statements that may be run twice: DROP TABLE IF EXISTS before CREATE TABLE, INSERT OR IGNORE.`,
  bad: 'CREATE TABLE notes_new (id INTEGER PRIMARY KEY, body TEXT NOT NULL);\nINSERT INTO notes_new SELECT id, body FROM notes;',
  good: 'DROP TABLE IF EXISTS notes_new;\nCREATE TABLE notes_new (id INTEGER PRIMARY KEY, body TEXT NOT NULL);\nINSERT INTO notes_new SELECT id, body FROM notes;',
  link: 'https://sqlite.org/lang_transaction.html',
};
const { link } = topic;

/** Why a migration cannot be run a second time. */
export const repeatCauses = {
  'not-rerunnable': topic,
  interrupted: {
    title: 'cannot be run again after it was interrupted',
    severity: 'warning',
    why: 'Without a transaction each statement stays done by itself. A process that is killed on the way leaves some of them, and the next run begins at the first.',
    instead: `${oneTransaction} CREATE TABLE IF NOT EXISTS and INSERT OR IGNORE may be run twice; a rebuild may not: once the old table is dropped, DROP TABLE IF EXISTS takes the only copy of its rows.`,
    bad: 'CREATE TABLE tags (name TEXT);\nINSERT INTO tags SELECT DISTINCT tag FROM posts;',
    good: 'CREATE TABLE IF NOT EXISTS tags (name TEXT PRIMARY KEY);\nINSERT OR IGNORE INTO tags SELECT DISTINCT tag FROM posts;',
    link,
  },
  'done-twice': {
    title: 'does something twice when it is run again',
    severity: 'warning',
    why: 'Without a transaction each statement stays done by itself. When the file is run again after an interruption, what it had done already is done once more, and nothing complains.',
    instead: `${oneTransaction} Or write statements that do nothing the second time: INSERT OR IGNORE, UPDATE … WHERE with what only the old rows hold.`,
    bad: "UPDATE prices SET amount = amount * 100;\nUPDATE shops SET unit = 'cent';",
    good: "BEGIN;\nUPDATE prices SET amount = amount * 100;\nUPDATE shops SET unit = 'cent';\nCOMMIT;",
    link,
  },
} satisfies Record<RepeatCause, Topic>;
