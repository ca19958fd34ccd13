import type { Comparison } from '../model/comparison.ts';
import type { Migration } from '../model/history.ts';
import { foldName, sameName } from '../sql/quote.ts';
import { claimOn } from './claims.ts';

/** Removes counters from a step that were reported before. */
export type CountersToldOnce = (migration: Migration, comparisons: readonly Comparison[]) => Comparison[];

/**
 * Reports a table's counter once in a history, because a table is often rebuilt again. A history that writes
 * `sqlite_sequence` itself sets its counters.
 * @param applied the places of the migrations that are applied and not told of.
 */
export function tellCountersOnce(migrations: readonly Migration[], applied: ReadonlySet<number>): CountersToldOnce {
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
    // An applied migration is not shown, so it does not count as reported.
    if (applied.has(migration.position)) return kept;
    for (const { differences } of kept) {
      for (const each of differences) if (each.kind === 'sequence-reset') told.add(foldName(each.table));
    }
    return kept;
  };
}
