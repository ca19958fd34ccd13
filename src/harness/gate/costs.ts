import { excessesOf, totalOf } from '../../cost/budgets.ts';
import { withDifferences } from '../../judge/added.ts';
import type { Judgement, JudgementTerms } from '../../judge/judge.ts';
import type { Budgets, Cost, StepCost } from '../../model/cost.ts';
import type { Migration } from '../../model/history.ts';

/** Collects what the pending migrations take, and holds it against the budgets. */
export interface CostWatch {
  /** Adds to a judgement the budgets that are exceeded from its migration on. @param cost null where it did not run on the copy. */
  readonly tell: (migration: Migration, cost: StepCost | null, judgement: Judgement) => Judgement;
  /** Null where nothing ran on the copy. */
  readonly cost: () => Cost | null;
}

/** Starts to collect. */
export function watchCosts(terms: JudgementTerms, budgets: Budgets): CostWatch {
  const steps: StepCost[] = [];
  const told = new Set<keyof Budgets>();
  const total = (): Cost['total'] => totalOf(steps, terms.settings.transaction === 'all-pending');
  return {
    tell: (migration, cost, judgement) => {
      if (cost === null) return judgement;
      steps.push(cost);
      const excesses = excessesOf(total(), budgets).filter(({ budget }) => !told.has(budget));
      for (const { budget } of excesses) told.add(budget);
      const differences = excesses.map((excess) => ({ kind: 'over-budget' as const, ...excess }));
      return withDifferences(judgement, [{ migration, side: 'copy', differences }], terms);
    },
    cost: () => (steps.length === 0 ? null : { steps, total: total() }),
  };
}
