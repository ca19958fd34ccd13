import type { Statement } from '../model/history.ts';
import type { Effect } from '../model/outcome.ts';
import { readNotIn } from '../sql/not-in.ts';
import type { Database } from './connection.ts';
import { readRows } from './reading.ts';

/**
 * Counts the rows that an UPDATE or DELETE, which has just run, has touched; where it touched none, also those that it
 * would touch without a NULL in the list of its NOT IN.
 * @returns null for other statements.
 */
export function effectOf(db: Database, { index, head, sql }: Statement): Effect | null {
  if ((head.verb !== 'update' && head.verb !== 'delete') || head.target === null) return null;
  const count = (query: string): number => db.prepare<[], number>(query).pluck().get() ?? 0;
  // A list that reads the row it is compared with compiles only in its place, and an untouched row may make it fail.
  const ask = (query: string | null | undefined): number => {
    const counted = query == null ? null : readRows(db, () => count(query));
    return counted !== null && 'value' in counted ? counted.value : 0;
  };
  // https://sqlite.org/lang_corefunc.html#changes leaves out what triggers and cascades do.
  const rows = count('SELECT changes()');
  const lists = rows > 0 ? null : readNotIn(sql);
  return {
    ...{ statement: index, table: head.target, rows },
    withoutNulls: ask(lists?.withoutNulls),
    isNullInList: ask(lists?.holdsNull) > 0,
  };
}
