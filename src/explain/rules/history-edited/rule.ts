import type { FindingOf } from '../../../model/finding.ts';
import type { LedgerProblem, Reaction } from '../../../model/ledger.ts';
import type { Runner } from '../../../model/tool.ts';
import { finding } from '../../context.ts';
import type { Rule } from '../../rule.ts';
import type { Topic } from '../../topic.ts';

const complaints = {
  edited: 'the file was changed after it was applied',
  missing: 'it is applied, but its file is missing from the folder',
  late: 'the file came late: a newer migration is already applied',
  ahead: 'it is applied, but newer than every file in the folder',
} as const;

/** The tool's reaction. */
const reactions: Readonly<Record<keyof typeof complaints, Readonly<Record<Reaction, (title: string) => string>>>> = {
  edited: {
    refuses: (title) => `${title} refuses every deploy until the file is put back`,
    'goes-on': (title) => `${title} does not notice and never runs the new text`,
  },
  missing: {
    refuses: (title) => `${title} refuses every deploy until the file is back`,
    'goes-on': (title) => `${title} continues without it`,
  },
  late: {
    refuses: (title) => `${title} refuses every deploy unless an option allows files out of order`,
    'goes-on': (title) => `${title} runs it in the next deploy, after the newer one`,
  },
  ahead: {
    refuses: (title) => `${title} refuses every deploy`,
    'goes-on': (title) => `${title} continues without it`,
  },
};

/** The problems of a ledger other than migrations that are skipped. */
export type HistoryProblem = LedgerProblem & { readonly kind: keyof typeof complaints };

/**
 * An applied migration that was edited, is missing, or has a new migration before it. It is a note if the tool runs the
 * new migration anyway, and a warning if the tool does not notice: the rehearsal shows the consequences.
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
  title: 'differs from the migration that the database applied',
  severity: 'error',
  why: 'A new database runs the current files, but this one ran the earlier files. The two databases differ.',
  instead: 'Restore the original text of an applied file, and give a late file a number above the newest applied one.',
  bad: '0003_users.sql  -- edited after production ran it',
  good: '0007_correct_users.sql  -- the correction in a new migration',
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
