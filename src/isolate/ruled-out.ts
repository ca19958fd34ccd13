import type { Comparison } from '../model/comparison.ts';
import type { HazardLabel } from '../model/hazard.ts';
import type { Migration } from '../model/history.ts';

/** Tells whether production is known to have no such rows when a migration runs. */
export type Evidence = (hazard: HazardLabel, migration: Migration) => boolean;

/** What hazards show, without what production is known not to have. */
export interface Believed {
  readonly comparisons: readonly Comparison[];
  /** How many comparisons had no other hazard. */
  readonly leftOut: number;
}

/** Leaves out the hazards that production is known not to have. A hazard that takes several is ruled out with any of them. */
export function believe(comparisons: readonly Comparison[], migration: Migration, evidence: Evidence | null): Believed {
  if (evidence === null) return { comparisons, leftOut: 0 };
  const believed = comparisons.flatMap((comparison): Comparison[] => {
    const hazards = (comparison.hazards ?? []).filter(
      (hazard) => ![hazard, ...(hazard.and ?? [])].some((each) => evidence(each, migration)),
    );
    return hazards.length > 0 ? [{ ...comparison, hazards }] : [];
  });
  return { comparisons: believed, leftOut: comparisons.length - believed.length };
}
