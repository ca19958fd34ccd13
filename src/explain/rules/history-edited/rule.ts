import type { FindingOf } from '../../../model/finding.ts';
import type { LedgerProblem } from '../../../model/ledger.ts';
import { finding } from '../../context.ts';
import type { Rule } from '../../rule.ts';
import type { Topic } from '../../topic.ts';

const complaints = {
  edited: 'the file is not what was applied',
  missing: 'it is applied, and the folder has no such file',
  late: 'the file came late: a newer migration is applied already',
  skipped: 'a newer migration is applied already, so its tool never runs it',
  ahead: 'it is applied, and newer than every file in the folder',
} as const;

/** An applied migration that was edited, has gone, or has got a new one before it. */
export function historyEdited({ kind, version, name, file }: LedgerProblem): FindingOf<'history-edited'> {
  const place = { migration: name, file, line: null, statement: null, statements: 0, sql: null, table: null };
  return finding(place, 'copy', {
    code: 'history-edited',
    cause: 'history-edited',
    topic,
    message: complaints[kind],
    details: [],
    facts: { problem: kind, version },
  });
}

const topic: Topic = {
  title: 'does not match what the database has applied',
  severity: 'error',
  why: 'A new database runs the files as they are now; this one ran them as they were. The two are not the same any more.',
  instead: 'Put an applied file back as it was, and give a late one a number above the newest that is applied.',
  bad: '0003_users.sql  -- edited after production ran it',
  good: '0007_correct_users.sql  -- the correction, as a migration of its own',
  link: 'https://sqlite.org/lang_altertable.html',
};

/** The rule of `history-edited`, which no difference becomes. */
export const historyEditedRule = {
  code: 'history-edited',
  topic,
  causes: {},
  dependsOnRows: false,
  objects: ({ facts: { problem } }) => [problem],
  readings: {},
} satisfies Rule<'history-edited'>;
