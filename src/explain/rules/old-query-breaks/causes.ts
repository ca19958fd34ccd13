import type { QueryCause } from '../../../model/finding.ts';
import type { Topic } from '../../topic.ts';

const link = 'https://sqlite.org/lang_altertable.html';

/** The effects of a migration on the queries of the versions around a deploy. */
export const queryCauses = {
  'old-query-breaks': {
    title: 'breaks queries of the version that is still running',
    severity: 'error',
    why: 'During a rolling deploy, and after a rollback of the application, the old version runs on the new schema. Its statement worked before the migration.',
    instead:
      'Add the new column or table first, have a version of the application use it, and drop or rename the old one in a later deploy.',
    bad: 'ALTER TABLE users RENAME COLUMN nickname TO handle;  -- the old version reads nickname',
    good: 'ALTER TABLE users ADD COLUMN handle TEXT;\nUPDATE users SET handle = nickname;  -- nickname goes in a later deploy',
    link,
  },
  'old-write-refused': {
    title: 'refuses writes of the version that is still running',
    severity: 'error',
    why: 'A new constraint or trigger refuses rows that the old version still writes during a rolling deploy: it leaves out the new column, or writes a value that was valid before.',
    instead:
      'Give the new column a default that is valid for every row, or leave it nullable until no process of the old version runs, and add the constraint in a later deploy.',
    bad: 'CREATE TABLE users_new (id INTEGER PRIMARY KEY, email TEXT NOT NULL);  -- the old version writes no email',
    good: "CREATE TABLE users_new (id INTEGER PRIMARY KEY, email TEXT NOT NULL DEFAULT '');",
    link: 'https://sqlite.org/lang_createtable.html#constraint_enforcement',
  },
  'new-query-fails': {
    title: 'is needed by queries of the new version',
    severity: 'error',
    why: 'The statement works after the migration and fails before it. A process of the new version that starts first, or that stays when the migration fails, runs into that.',
    instead:
      'Start the new version only after the migration was applied, or have it work on both schemas until then. Without --both-ways this is not asked.',
    bad: 'SELECT handle FROM users;  -- the migration adds handle',
    good: 'SELECT * FROM users;  -- and read handle where it is there',
    link,
  },
  'result-columns-differ': {
    title: 'changes the columns of queries',
    severity: 'note',
    why: 'The query works, but SELECT * gives other columns than before. Code that reads rows by place, or by a name that is gone, gets something else.',
    instead: 'Name the columns in the query.',
    bad: 'SELECT * FROM users;',
    good: 'SELECT id, email FROM users;',
    link: 'https://sqlite.org/lang_select.html',
  },
} satisfies Record<QueryCause, Topic>;
