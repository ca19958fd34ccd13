import type { Budgets, Cost, Excess, StepCost } from '../model/cost.ts';

/**
 * Adds up what migrations took. @param isOneTransaction whether one transaction goes round all of them, so that other writers wait
 * for all, and the journal of all stays until its end.
 */
export function totalOf(steps: readonly StepCost[], isOneTransaction: boolean): Cost['total'] {
  const add = (of: (step: StepCost) => number): number => steps.reduce((sum, step) => sum + of(step), 0);
  const most = (of: (step: StepCost) => number): number => Math.max(0, ...steps.map(of));
  const together = isOneTransaction ? add : most;
  const bytesBefore = steps[0]?.bytesBefore ?? 0;
  const worst = (of: (step: StepCost) => number): number =>
    isOneTransaction ? add(of) : most((step) => step.bytesBefore - bytesBefore + of(step));
  const isMeasured = steps.every(({ temporaryBytes }) => temporaryBytes !== null);
  // Temporary files go with their statement.
  const temporary = most(({ temporaryBytes }) => temporaryBytes ?? 0);
  return {
    milliseconds: add(({ milliseconds }) => milliseconds),
    lockMilliseconds: together(({ lockMilliseconds }) => lockMilliseconds),
    rows: add(({ rows }) => rows),
    bytesBefore,
    bytesAfter: steps.at(-1)?.bytesAfter ?? 0,
    journal: steps[0]?.journal ?? 'rollback',
    journalBytes: together(({ journalBytes }) => journalBytes),
    temporaryBytes: isMeasured ? temporary : null,
    grownBytes: worst(({ grownBytes }) => grownBytes),
    freeBytes: isOneTransaction
      ? worst(({ grownBytes }) => grownBytes) + temporary
      : worst(({ freeBytes }) => freeBytes),
  };
}

/** The budgets that a migration exceeds with those before it. @param total what they took together. */
export function excessesOf(total: Cost['total'], budgets: Budgets): Excess[] {
  const { milliseconds, lockMilliseconds, bytesBefore, grownBytes } = total;
  const measured: Readonly<Record<keyof Budgets, number>> = {
    lock: lockMilliseconds,
    time: milliseconds,
    sizeGrowth: bytesBefore === 0 ? 0 : (bytesBefore + grownBytes) / bytesBefore,
  };
  const names = ['lock', 'time', 'sizeGrowth'] as const;
  return names.flatMap((budget) => {
    const limit = budgets[budget];
    return limit !== null && measured[budget] > limit ? [{ budget, limit, measured: measured[budget] }] : [];
  });
}
