import type { Comparison } from '../model/comparison.ts';
import type { HazardLabel } from '../model/hazard.ts';

/** What hazards show, without what is known to be nowhere in production. */
export interface Believed {
  readonly comparisons: readonly Comparison[];
  /** How many comparisons had no other hazard. */
  readonly leftOut: number;
}

/** Leaves out the hazards that production is known not to have. @param isRuledOut whether one of them is. */
export function believe(comparisons: readonly Comparison[], isRuledOut: (hazard: HazardLabel) => boolean): Believed {
  const believed = comparisons.flatMap((comparison): Comparison[] => {
    const { hazards } = comparison;
    // What took no hazard needs nobody to believe in one.
    if (hazards === undefined) return [comparison];
    const left = hazards.filter((hazard) => ![hazard, ...(hazard.and ?? [])].some(isRuledOut));
    return left.length > 0 ? [{ ...comparison, hazards: left }] : [];
  });
  return { comparisons: believed, leftOut: comparisons.length - believed.length };
}
