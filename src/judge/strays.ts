import type { Step } from '../apply/walk.ts';
import { compareSide } from '../compare/compare.ts';
import { locate } from '../locate/locate.ts';
import type { Comparison, Difference } from '../model/comparison.ts';
import type { HazardLabel } from '../model/hazard.ts';
import type { Settings } from '../model/settings.ts';

/**
 * Compares the runs of a step with rows that have no parent under a declared key; what else such a run shows is a consequence.
 * @param settings those of the run, for finding the statement that left what COMMIT refuses.
 * @param isRuledOut whether production is known to have no such row.
 */
export function compareStrays(
  { migration, baseline, strays = new Map() }: Step,
  settings: Settings,
  isRuledOut: (hazard: HazardLabel) => boolean,
): Comparison[] {
  return [...strays].flatMap(([dataset, runs]) =>
    runs.flatMap(({ outcome, snapshot, hazards }): Comparison[] => {
      const possible = hazards.filter((hazard) => !isRuledOut(hazard));
      const differences = compareSide(migration, dataset, outcome, baseline).differences.flatMap(
        (difference): Difference[] =>
          difference.kind === 'failed-on-rows' ? [{ ...difference, isUnderDeclaredKey: true }] : [],
      );
      const located = locate(differences, migration, snapshot, settings);
      return possible.length === 0 ? [] : [{ migration, side: dataset, differences: located, hazards: possible }];
    }),
  );
}
