import { type ProfileMaterial, versionOf } from '../datasets/profile.ts';
import { positionUpTo } from '../identity/find.ts';
import type { Comparison } from '../model/comparison.ts';
import type { Migration } from '../model/history.ts';
import { rulesOut } from '../profile/rules-out.ts';

/** What hazards show, without what a profile shows to be nowhere in production. */
export interface Believed {
  readonly comparisons: readonly Comparison[];
  /** How many comparisons had no other hazard. */
  readonly leftOut: number;
}

/**
 * Leaves out the hazards that a profile rules out, from the migration on that it was captured at; before it, rows were other
 * ones.
 */
export function believe(
  comparisons: readonly Comparison[],
  { position }: Migration,
  migrations: readonly Migration[],
  material: ProfileMaterial | null,
): Believed {
  if (material === null || position <= capturedAt(migrations, material)) return { comparisons, leftOut: 0 };
  const believed = comparisons.flatMap((comparison): Comparison[] => {
    const hazards = (comparison.hazards ?? []).filter(
      (hazard) => ![hazard, ...(hazard.and ?? [])].some((each) => rulesOut(material.profile, each)),
    );
    return hazards.length > 0 ? [{ ...comparison, hazards }] : [];
  });
  return { comparisons: believed, leftOut: comparisons.length - believed.length };
}

/** A profile that tells no migration was captured from a database whose ledger is not ours: it speaks of the whole history. */
function capturedAt(migrations: readonly Migration[], { profile }: ProfileMaterial): number {
  const told = versionOf(profile);
  return told === null ? 0 : (positionUpTo(migrations, told) ?? migrations.length);
}
