import type { Database } from '../database/connection.ts';
import { execute } from '../database/execute.ts';
import type { Snapshot } from '../database/snapshot.ts';
import { isUnreadable } from '../database/unreadable.ts';
import type { Difference } from '../model/comparison.ts';
import type { Migration } from '../model/history.ts';
import type { Settings } from '../model/settings.ts';
import { readLineage } from '../sql/lineage.ts';
import { sameName } from '../sql/quote.ts';

type UnreadableRows = Extract<Difference, { kind: 'unreadable-rows' }>;

/**
 * Finds the statement from which on a generated column cannot be computed for every row: the one that adds it, or that
 * writes a value from which it cannot be computed.
 * @returns the difference with its statement, or unchanged where no column of the table is to blame.
 */
export function locateUnreadable(
  difference: UnreadableRows,
  migration: Migration,
  before: Snapshot,
  settings: Settings,
): UnreadableRows {
  const { table, column } = difference;
  if (column === null) return difference;
  const { nameAtEnd } = readLineage(migration);
  const db = before.open(settings);
  try {
    const seen: { readonly statement: number; readonly unreadable: boolean }[] = [];
    execute(db, migration, settings, {
      after: ({ index }) => {
        const now = tableNames(db).find((name) => sameName(nameAtEnd(name, index + 1) ?? '', table));
        const unreadable = now === undefined ? null : isUnreadable(db, now, column);
        seen.push({ statement: index, unreadable: unreadable === true });
      },
    });
    const lastGood = seen.findLastIndex(({ unreadable }) => !unreadable);
    return { ...difference, statement: seen[lastGood + 1]?.statement ?? null };
  } finally {
    db.close();
  }
}

function tableNames(db: Database): string[] {
  return db.prepare<[], string>("SELECT name FROM main.sqlite_schema WHERE type = 'table'").pluck().all();
}
