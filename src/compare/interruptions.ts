import type { Comparison, Difference } from '../model/comparison.ts';
import type { Side } from '../model/dataset.ts';
import type { Migration } from '../model/history.ts';
import type { Interruption } from '../model/outcome.ts';
import { readLineage } from '../sql/lineage.ts';
import { failureTable } from './failure.ts';

/**
 * What the interruptions of a step came to. All whose second run fails are one difference, told by the first of them, and
 * so are all whose second run ends well and leaves something else.
 */
export function compareInterruptions(
  migration: Migration,
  side: Side,
  interruptions: readonly Interruption[],
): Comparison {
  return { migration, side, differences: [...findFailing(migration, interruptions), ...findDiffering(interruptions)] };
}

function findFailing(migration: Migration, interruptions: readonly Interruption[]): Difference[] {
  const failing = interruptions.filter(({ failure }) => failure !== null);
  const failure = failing[0]?.failure ?? null;
  const after = statementsOf(failing);
  if (failure === null || after === null) return [];
  const table = failureTable(migration, failure, readLineage(migration));
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
