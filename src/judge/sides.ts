import { interrupt } from '../apply/interruptions.ts';
import type { Step } from '../apply/walk.ts';
import { asRun, compareSide } from '../compare/compare.ts';
import { compareInterruptions } from '../compare/interruptions.ts';
import { findFaults } from '../fault/find.ts';
import type { Isolation } from '../isolate/isolate.ts';
import { locateBroken } from '../locate/broken.ts';
import { locate } from '../locate/locate.ts';
import type { Comparison } from '../model/comparison.ts';
import type { Side } from '../model/dataset.ts';
import type { Outcome } from '../model/outcome.ts';
import type { Settings } from '../model/settings.ts';
import { asStep, onDataset } from '../watch/activity.ts';

/**
 * The outcomes of a step, the baseline's first. A dataset with hazards has the outcome with all of them, if they show
 * more than its plain rows.
 */
export function outcomesOf(
  { baseline, candidates, trials = new Map() }: Step,
  isolations: readonly Isolation[] = [],
): ReadonlyMap<Side, Outcome> {
  const outcomes = new Map<Side, Outcome>([['empty', baseline], ...candidates]);
  for (const { dataset, comparisons } of isolations) {
    const trial = trials.get(dataset);
    if (trial !== undefined && comparisons.length > 0) outcomes.set(dataset, trial.together.outcome);
  }
  return outcomes;
}

/**
 * Compares every side of a step and finds the statements that differences come from.
 *
 * Candidates come first, so a finding quotes their numbers; the baseline shows differences that need no seeds.
 */
export function compareSides({ migration, baseline, candidates, snapshots }: Step, settings: Settings): Comparison[] {
  const sides: [Side, Outcome][] = [...candidates, ['empty', baseline]];
  /** By outcome: datasets that share a database have the same. */
  const known = new Map<Outcome, { readonly count: number; readonly located: Comparison }>();
  return sides.map(([side, outcome]) => {
    const comparison = compareSide(migration, side, outcome, baseline);
    const before = snapshots.get(side);
    if (before === undefined) return comparison;
    const same = known.get(outcome);
    // One of them may be told less, for what it is asked for.
    if (same?.count === comparison.differences.length) return { ...same.located, side };
    const find = (): Comparison['differences'] => {
      const ran = comparison.migration;
      const located = locate(comparison.differences, ran, before, settings);
      return findFaults(locateBroken(located, ran, before, settings), ran, before, settings);
    };
    const located = {
      ...comparison,
      differences: onDataset(side, () => asStep(`Looking for what ${migration.name} did`, find)),
    };
    known.set(outcome, { count: comparison.differences.length, located });
    return located;
  });
}

/**
 * Stops the migration of a step after each committing statement, on every side where it applies, and runs it again.
 * @returns a comparison for each of these sides, and the number of stops on all of them together.
 */
export function interruptSides(
  { migration, baseline, candidates, snapshots }: Step,
  settings: Settings,
): { readonly comparisons: readonly Comparison[]; readonly stops: number } {
  const sides: [Side, Outcome][] = [...candidates, ['empty', baseline]];
  const interrupted = sides.flatMap(([side, outcome]) => {
    const before = snapshots.get(side);
    if (before === undefined || outcome.status !== 'applied') return [];
    const ran = asRun(migration, outcome);
    const stop = () => interrupt(ran, before, settings);
    const interruptions = onDataset(side, () => asStep(`Interrupting ${migration.name}`, stop));
    return { side, outcome, ran, interruptions };
  });
  return {
    comparisons: interrupted.map(({ side, outcome, ran, interruptions }) =>
      compareInterruptions(ran, side, interruptions, outcome),
    ),
    stops: interrupted.reduce((sum, { interruptions }) => sum + interruptions.length, 0),
  };
}
