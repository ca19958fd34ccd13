import type { FindingOf } from '../../../model/finding.ts';
import type { LedgerProblem, Reaction } from '../../../model/ledger.ts';
import type { Runner } from '../../../model/tool.ts';
import { finding } from '../../context.ts';
import type { Rule } from '../../rule.ts';
import type { Topic } from '../../topic.ts';

const complaints = {
  edited: 'the file is not what was applied',
  missing: 'it is applied, and the folder has no such file',
  late: 'the file came late: a newer migration is applied already',
  ahead: 'it is applied, and newer than every file in the folder',
} as const;

/** What the tool does about it, by its title. */
const reactions: Readonly<Record<keyof typeof complaints, Readonly<Record<Reaction, (title: string) => string>>>> = {
  edited: {
    refuses: (title) => `${title} refuses every deploy until the file is put back`,
    'goes-on': (title) => `${title} does not notice, and never runs what the file says now`,
  },
  missing: {
    refuses: (title) => `${title} refuses every deploy until the file is back`,
    'goes-on': (title) => `${title} goes on without it`,
  },
  late: {
    refuses: (title) => `${title} refuses every deploy unless it is told to run files out of order`,
    'goes-on': (title) => `${title} runs it in the next deploy, after the newer one`,
  },
  ahead: {
    refuses: (title) => `${title} refuses every deploy`,
    'goes-on': (title) => `${title} goes on without it`,
  },
};

/** The problems of a ledger other than migrations that are skipped. */
export type HistoryProblem = LedgerProblem & { readonly kind: keyof typeof complaints };

/**
 * An applied migration that was edited, has gone, or has got a new one before it. What the tool runs in spite of it is a note,
 * and what it does not notice a warning: the rehearsal itself shows what comes of it.
 */
export function historyEdited(
  { kind, reaction, version, position, id, name, file }: HistoryProblem,
  { title }: Runner,
): FindingOf<'history-edited'> {
  const place = { migration: name, file, line: null, statement: null, statements: 0, sql: null, table: null };
  return finding(place, 'copy', {
    code: 'history-edited',
    cause: 'history-edited',
    topic,
    message: reaction === null ? complaints[kind] : `${complaints[kind]}; ${reactions[kind][reaction](title)}`,
    ...(kind !== 'missing' && reaction === 'goes-on' && { severity: kind === 'late' ? 'note' : 'warning' }),
    details: [],
    facts: { problem: kind, version, position, id },
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
