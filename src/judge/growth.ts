import { explain } from '../explain/explain.ts';
import type { Side } from '../model/dataset.ts';
import type { Growth } from '../model/growth.ts';
import type { Migration } from '../model/history.ts';
import type { Judgement, Terms } from './judge.ts';

/** The statements of a migration whose work was measured to grow faster than the rows of a side. */
export interface GrowthOnSide {
  readonly side: Side;
  readonly growths: readonly Growth[];
}

/** Adds to a judgement that the work of statements grows faster than the rows, or that the authors accept that. */
export function tellGrowth(
  judgement: Judgement,
  migration: Migration,
  sides: readonly GrowthOnSide[],
  terms: Terms,
): Judgement {
  const comparisons = sides.map(({ side, growths }) => ({
    ...{ migration, side },
    differences: growths.map((growth) => ({ kind: 'slow-growth' as const, ...growth })),
  }));
  const { findings, accepted, claims } = explain(comparisons, terms, terms.runner);
  return {
    ...judgement,
    findings: [...judgement.findings, ...findings],
    accepted: [...judgement.accepted, ...accepted],
    claims: new Set([...judgement.claims, ...claims]),
    notes: [
      ...judgement.notes,
      ...accepted.map(({ finding, reason }) => ({
        code: 'accepted' as const,
        facts: { migration: migration.name, message: finding.message, reason },
      })),
    ],
  };
}
