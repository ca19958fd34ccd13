import type { Comparison, Difference } from '../model/comparison.ts';
import type { Side } from '../model/dataset.ts';
import type { Migration } from '../model/history.ts';
import type { Applied, Interruption } from '../model/outcome.ts';
import { readLineage } from '../sql/lineage.ts';
import { type FailedTable, failureTable, siteOf } from './failure.ts';

/**
 * The differences that interruptions of a step show. All whose second run fails are one difference, reported by the first of
 * them, and so are all whose second run ends well and leaves another state.
 */
export function compareInterruptions(
  migration: Migration,
  side: Side,
  interruptions: readonly Interruption[],
  outcome: Applied,
): Comparison {
  const site = siteOf(migration, readLineage(migration), outcome.before, outcome);
  return { migration, side, differences: [...findFailing(interruptions, site), ...findDiffering(interruptions)] };
}

function findFailing(interruptions: readonly Interruption[], site: FailedTable): Difference[] {
  const failing = interruptions.filter(({ failure }) => failure !== null);
  const failure = failing[0]?.failure ?? null;
  const after = statementsOf(failing);
  if (failure === null || after === null) return [];
  const table = failureTable(failure, site);
  return [{ kind: 'interrupted', failure, table, changed: [], after }];
}

function findDiffering(interruptions: readonly Interruption[]): Difference[] {
  const differing = interruptions.filter(({ changed }) => changed.length > 0);
  const after = statementsOf(differing);
  if (after === null) return [];
  const changed = [...new Set(differing.flatMap((each) => each.changed))];
  return [{ kind: 'interrupted', failure: null, table: changed[0] ?? null, changed, after }];
}

function statementsOf(interruptions: readonly Interruption[]): [number, ...number[]] | null {
  const [first, ...others] = interruptions.map(({ after }) => after);
  return first === undefined ? null : [first, ...others];
}
