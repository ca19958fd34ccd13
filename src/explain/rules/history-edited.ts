import type { FindingOf } from '../../model/finding.ts';
import type { LedgerProblem } from '../../model/ledger.ts';
import { finding } from '../context.ts';

const complaints = {
  edited: 'the file is not what was applied',
  missing: 'it is applied, and the folder has no such file',
  late: 'the file came late: a newer migration is applied already',
  skipped: 'a newer migration is applied already, so its tool never runs it',
  ahead: 'it is applied, and newer than every file in the folder',
} as const;

/** An applied migration that was edited, has gone, or has got a new one before it. */
export function historyEdited({ kind, version, position, id, name, file }: LedgerProblem): FindingOf<'history-edited'> {
  const place = { migration: name, file, line: null, statement: null, statements: 0, sql: null, table: null };
  return finding(place, 'copy', {
    code: 'history-edited',
    cause: 'history-edited',
    message: complaints[kind],
    details: [],
    facts: { problem: kind, version, position, id },
  });
}
