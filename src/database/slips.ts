import type { Statement } from '../model/history.ts';
import type { Slip } from '../model/outcome.ts';
import { readConditionQuestions } from '../sql/row-condition.ts';
import type { Database } from './connection.ts';
import { readRows } from './reading.ts';

/** Asks, before an UPDATE or DELETE runs, whether its WHERE is about other rows than its author can have meant. */
export function slipsOf(db: Database, { index, head, sql }: Statement): Slip[] {
  const { verb, target } = head;
  if ((verb !== 'update' && verb !== 'delete') || target === null || !/[<>=]|like/i.test(sql)) return [];
  const ask = (query: string): number => {
    const counted = readRows(db, () => db.prepare<[], number>(query).pluck().get() ?? 0);
    return 'value' in counted ? counted.value : 0;
  };
  return readConditionQuestions(sql).flatMap(({ kind, rows: query, compared, holds }): Slip[] => {
    const rows = ask(query);
    // One value of the same kind shows that the comparison is about something.
    if (rows === 0 || (compared !== query && ask(compared) !== rows)) return [];
    return [{ statement: index, kind, rows, holds }];
  });
}
