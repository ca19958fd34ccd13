import type { Budgets, Cost, CostForecast, Excess, Range, StepCost, StepForecast } from '../model/cost.ts';
import { sumOf } from './step-forecast.ts';

/**
 * Adds up what migrations took. @param isOneTransaction whether one transaction goes round all of them, so that other writers wait
 * for all, and the journal of all stays until its end.
 */
export function totalOf(steps: readonly StepCost[], isOneTransaction: boolean): Cost['total'] {
  const add = (of: (step: StepCost) => number): number => steps.reduce((sum, step) => sum + of(step), 0);
  const locks = steps.map(({ lockMilliseconds }) => lockMilliseconds);
  const isMeasured = steps.every(({ temporaryBytes }) => temporaryBytes !== null);
  const sizes = totalSizes(steps, isOneTransaction);
  return {
    milliseconds: add(({ milliseconds }) => milliseconds),
    lockMilliseconds: isOneTransaction ? add(({ lockMilliseconds }) => lockMilliseconds) : Math.max(0, ...locks),
    rows: add(({ rows }) => rows),
    ...sizes,
    temporaryBytes: isMeasured ? sizes.temporaryBytes : null,
  };
}

/** The bytes of a migration, measured or forecast. */
type Sizes = Pick<
  StepCost,
  'bytesBefore' | 'bytesAfter' | 'journal' | 'journalBytes' | 'temporaryBytes' | 'grownBytes' | 'freeBytes'
>;

function totalSizes(steps: readonly Sizes[], isOneTransaction: boolean): Sizes & { readonly temporaryBytes: number } {
  const add = (of: (step: Sizes) => number): number => steps.reduce((sum, step) => sum + of(step), 0);
  const most = (of: (step: Sizes) => number): number => Math.max(0, ...steps.map(of));
  const bytesBefore = steps[0]?.bytesBefore ?? 0;
  const worst = (of: (step: Sizes) => number): number =>
    isOneTransaction ? add(of) : most((step) => step.bytesBefore - bytesBefore + of(step));
  // Temporary files go with their statement.
  const temporary = most(({ temporaryBytes }) => temporaryBytes ?? 0);
  return {
    bytesBefore,
    bytesAfter: steps.at(-1)?.bytesAfter ?? 0,
    journal: steps[0]?.journal ?? 'rollback',
    journalBytes: (isOneTransaction ? add : most)(({ journalBytes }) => journalBytes),
    temporaryBytes: temporary,
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
  return namesOfBudgets.flatMap((budget) => {
    const limit = budgets[budget];
    return limit !== null && measured[budget] > limit
      ? [{ budget, limit, measured: measured[budget], forecast: null }]
      : [];
  });
}

/** Adds up what migrations are forecast to take. @param isOneTransaction as in `totalOf`. */
export function totalForecast(steps: readonly StepForecast[], isOneTransaction: boolean): CostForecast['total'] {
  const locks = steps.map(({ lockMilliseconds }) => lockMilliseconds);
  const longest = locks.toSorted((one, other) => other.about - one.about)[0];
  return {
    milliseconds: sumOf(steps.map(({ milliseconds }) => milliseconds)),
    lockMilliseconds: isOneTransaction || longest === undefined ? sumOf(locks) : longest,
    rows: steps.reduce((sum, { rows }) => sum + rows, 0),
    ...totalSizes(steps, isOneTransaction),
  };
}

/** The budgets that a forecast exceeds. */
export function excessesOfForecast(total: CostForecast['total'], budgets: Budgets): Excess[] {
  const { milliseconds, lockMilliseconds, bytesBefore, grownBytes } = total;
  const growth = bytesBefore === 0 ? 0 : (bytesBefore + grownBytes) / bytesBefore;
  const ranges: Readonly<Record<keyof Budgets, Range>> = {
    lock: lockMilliseconds,
    time: milliseconds,
    sizeGrowth: { low: growth, about: growth, high: growth },
  };
  return namesOfBudgets.flatMap((budget) => {
    const [limit, forecast] = [budgets[budget], ranges[budget]];
    return limit !== null && forecast.about > limit ? [{ budget, limit, measured: forecast.about, forecast }] : [];
  });
}

const namesOfBudgets = ['lock', 'time', 'sizeGrowth'] as const;
