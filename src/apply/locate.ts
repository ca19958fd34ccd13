import type { Database } from '../database/connection.ts';
import { execute } from '../database/execute.ts';
import { countOrphans } from '../database/orphans.ts';
import type { Snapshot } from '../database/snapshot.ts';
import type { Difference } from '../model/comparison.ts';
import type { Migration } from '../model/history.ts';
import type { Settings } from '../model/settings.ts';
import { quoteName, sameName } from '../sql/quote.ts';

/**
 * Finds the statement that a difference comes from, where its text does not tell: applies the migration once more to the
 * database as it was, and counts after each statement.
 * @returns the difference with its statement, or as it was where none could be found.
 */
export function locate(difference: Difference, migration: Migration, before: Snapshot, settings: Settings): Difference {
  if ((difference.kind !== 'fewer-rows' && difference.kind !== 'new-orphans') || difference.statement !== null)
    return difference;
  const db = before.open(settings);
  try {
    const count = counterOf(difference, db);
    const start = count() ?? 0;
    const counts: { statement: number; count: number }[] = [];
    const note = (statement: number): void => {
      const now = count();
      // While a table is dropped and not yet made anew there is nothing to count.
      if (now !== null) counts.push({ statement, count: now });
    };
    execute(db, migration, settings, { after: ({ index }) => note(index) });
    // The first statement after the last good count: what a later statement repairs is no loss.
    const isWorse = (now: number): boolean => (difference.kind === 'fewer-rows' ? now < start : now > start);
    const lastGood = counts.findLastIndex(({ count: now }) => !isWorse(now));
    return { ...difference, statement: counts[lastGood + 1]?.statement ?? null };
  } finally {
    db.close();
  }
}

type Countable = Extract<Difference, { kind: 'fewer-rows' | 'new-orphans' }>;

/** Counts what the difference counted; null while the table is not there. */
function counterOf(difference: Countable, db: Database): () => number | null {
  if (difference.kind === 'fewer-rows') {
    return () => {
      try {
        return (
          db
            .prepare<[], number>(`SELECT count(*) FROM main.${quoteName(difference.table)}`)
            .pluck()
            .get() ?? null
        );
      } catch {
        return null;
      }
    };
  }
  return () =>
    countOrphans(db)
      .filter(({ table, parent }) => sameName(table, difference.table) && sameName(parent, difference.parent))
      .reduce((sum, { rows }) => sum + rows, 0);
}
