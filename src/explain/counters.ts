import type { Comparison } from '../model/comparison.ts';
import type { Migration } from '../model/history.ts';
import { foldName, sameName } from '../sql/quote.ts';
import { claimOn } from './claims.ts';

/** Leaves out of a step what was told of counters before. */
export type CountersToldOnce = (migration: Migration, comparisons: readonly Comparison[]) => Comparison[];

/**
 * Tells of a table's counter once in a history: whoever rebuilds a table rebuilds it again. A history that writes
 * `sqlite_sequence` itself knows of counters, and says what they are to be.
 * @param since the position up to which migrations are applied and not told of; null for none.
 */
export function tellCountersOnce(migrations: readonly Migration[], since: number | null): CountersToldOnce {
  const isMinded = migrations.some(({ statements }) =>
    statements.some(({ head }) => head.target !== null && sameName(head.target, 'sqlite_sequence')),
  );
  const told = new Set<string>();
  return (migration, comparisons) => {
    const kept = comparisons.map((comparison) => ({
      ...comparison,
      differences: comparison.differences.filter(
        (each) =>
          each.kind !== 'sequence-reset' ||
          claimOn(migration, each) !== undefined ||
          !(isMinded || told.has(foldName(each.table))),
      ),
    }));
    // What was applied long ago is not shown, so it is not told.
    if (since !== null && migration.position <= since) return kept;
    for (const { differences } of kept) {
      for (const each of differences) if (each.kind === 'sequence-reset') told.add(foldName(each.table));
    }
    return kept;
  };
}
