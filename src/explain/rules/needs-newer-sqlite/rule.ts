import type { FindingOf } from '../../../model/finding.ts';
import type { Migration } from '../../../model/history.ts';
import { newerThan } from '../../../sql/introduced.ts';
import { finding, placeOf } from '../../context.ts';
import type { Rule } from '../../rule.ts';
import type { Topic } from '../../topic.ts';

/**
 * The features of a migration that production's SQLite does not know: the newest one of each statement.
 * @param production its version, such as `3.45`
 */
export function needsNewerSqlite(migration: Migration, production: string): FindingOf<'needs-newer-sqlite'>[] {
  return migration.statements.flatMap((statement) => {
    const [newest] = newerThan(production, statement);
    if (newest === undefined) return [];
    return finding(placeOf(migration, statement, null), 'empty', {
      code: 'needs-newer-sqlite',
      cause: 'needs-newer-sqlite',
      topic,
      message: `${newest.what} came with SQLite ${newest.version}; production has ${production}`,
      details: [],
      facts: { what: newest.what, since: newest.version, production },
    });
  });
}

const topic: Topic = {
  title: 'needs a newer SQLite than production has',
  severity: 'error',
  why: 'The SQLite under the driver of production is too old for the statement, so the statement is a syntax error or an unknown function there.',
  instead: 'Write it in the syntax of the older version, or upgrade the driver first.',
  bad: 'ALTER TABLE users DROP COLUMN nickname;  -- production has SQLite 3.34',
  good: 'CREATE TABLE users_new (id INTEGER PRIMARY KEY, name TEXT);\nINSERT INTO users_new SELECT id, name FROM users;\nDROP TABLE users;\nALTER TABLE users_new RENAME TO users;',
  link: 'https://sqlite.org/changes.html',
};

/** The rule of `needs-newer-sqlite`, which no difference becomes. */
export const needsNewerSqliteRule = {
  code: 'needs-newer-sqlite',
  topic,
  causes: {},
  dependsOnRows: false,
  objects: ({ facts: { what } }) => [what],
  readings: {},
} satisfies Rule<'needs-newer-sqlite'>;
