import type { FindingOf } from '../../model/finding.ts';
import type { LedgerProblem, Reaction } from '../../model/ledger.ts';
import type { Runner } from '../../model/tool.ts';
import { finding } from '../context.ts';

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
    message: reaction === null ? complaints[kind] : `${complaints[kind]}; ${reactions[kind][reaction](title)}`,
    ...(kind !== 'missing' && reaction === 'goes-on' && { severity: kind === 'late' ? 'note' : 'warning' }),
    details: [],
    facts: { problem: kind, version, position, id },
  });
}
