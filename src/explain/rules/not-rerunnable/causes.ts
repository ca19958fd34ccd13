import type { RepeatCause } from '../../../model/finding.ts';
import { oneTransaction } from '../../keys-off.ts';
import type { Topic } from '../../topic.ts';

const topic: Topic = {
  title: 'cannot be run again after it failed',
  severity: 'warning',
  why: 'Without a transaction the statements before the failure stay applied. After the rows are corrected, the second run meets objects that the first run created.',
  instead: `${oneTransaction} Or write statements that can run twice: DROP TABLE IF EXISTS before CREATE TABLE, INSERT OR IGNORE.`,
  bad: 'CREATE TABLE notes_new (id INTEGER PRIMARY KEY, body TEXT NOT NULL);\nINSERT INTO notes_new SELECT id, body FROM notes;',
  good: 'DROP TABLE IF EXISTS notes_new;\nCREATE TABLE notes_new (id INTEGER PRIMARY KEY, body TEXT NOT NULL);\nINSERT INTO notes_new SELECT id, body FROM notes;',
  link: 'https://sqlite.org/lang_transaction.html',
};
const { link } = topic;

/** The reasons why a migration cannot run a second time. */
export const repeatCauses = {
  'not-rerunnable': topic,
  interrupted: {
    title: 'cannot be run again after it was interrupted',
    severity: 'warning',
    why: 'Without a transaction each statement commits by itself. A killed process leaves some of them applied, and the next run begins at the first.',
    instead: `${oneTransaction} CREATE TABLE IF NOT EXISTS and INSERT OR IGNORE can run twice. A rebuild cannot: after the old table is dropped, DROP TABLE IF EXISTS destroys the only copy of its rows.`,
    bad: 'CREATE TABLE tags (name TEXT);\nINSERT INTO tags SELECT DISTINCT tag FROM posts;',
    good: 'CREATE TABLE IF NOT EXISTS tags (name TEXT PRIMARY KEY);\nINSERT OR IGNORE INTO tags SELECT DISTINCT tag FROM posts;',
    link,
  },
  'done-twice': {
    title: 'does something twice when it is run again',
    severity: 'warning',
    why: 'Without a transaction each statement commits by itself. The next run after an interruption repeats the finished statements without an error.',
    instead: `${oneTransaction} Or write statements that do nothing the second time: INSERT OR IGNORE, or UPDATE … WHERE with a condition that only the old rows meet.`,
    bad: "UPDATE prices SET amount = amount * 100;\nUPDATE shops SET unit = 'cent';",
    good: "BEGIN;\nUPDATE prices SET amount = amount * 100;\nUPDATE shops SET unit = 'cent';\nCOMMIT;",
    link,
  },
} satisfies Record<RepeatCause, Topic>;
