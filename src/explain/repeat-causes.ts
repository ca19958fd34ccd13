import type { RepeatCause } from '../model/finding.ts';
import { oneTransaction } from './keys-off.ts';
import { codeTopics, type Topic } from './topics.ts';

const { link } = codeTopics['not-rerunnable'];

/** Why a migration cannot be run a second time. */
export const repeatCauses = {
  'not-rerunnable': codeTopics['not-rerunnable'],
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
