import type { Comparison } from '../model/comparison.ts';
import type { HazardLabel } from '../model/hazard.ts';

/** The differences that remain without the hazards that production does not have. */
export interface NotRuledOut {
  readonly comparisons: readonly Comparison[];
  /** The number of comparisons without any other hazard. */
  readonly leftOut: number;
}

/** Leaves out the hazards that production is known not to have. @param isRuledOut whether one of them is. */
export function dropRuledOut(
  comparisons: readonly Comparison[],
  isRuledOut: (hazard: HazardLabel) => boolean,
): NotRuledOut {
  const kept = comparisons.flatMap((comparison): Comparison[] => {
    const { hazards } = comparison;
    // A difference without hazards does not depend on production.
    if (hazards === undefined) return [comparison];
    const left = hazards.filter((hazard) => ![hazard, ...(hazard.and ?? [])].some(isRuledOut));
    return left.length > 0 ? [{ ...comparison, hazards: left }] : [];
  });
  return { comparisons: kept, leftOut: comparisons.length - kept.length };
}
