import type { Database } from './connection.ts';

/** From how many pages on it costs more to look at all rows than to ask which need a look. */
const largeDatabase = 1_000;

/** Whether a database is so large that finding out which rows need a look is cheaper than looking at all of them. */
export function isLarge(db: Database): boolean {
  return Number(db.pragma('page_count', { simple: true })) >= largeDatabase;
}
