import type { Step } from '../apply/walk.ts';
import { compareSide } from '../compare/compare.ts';
import type { ProfileMaterial } from '../datasets/profile.ts';
import { keyOf } from '../explain/difference-key.ts';
import { type Isolation, isolateHazards } from '../isolate/isolate.ts';
import { believe } from '../isolate/ruled-out.ts';
import { locate } from '../locate/locate.ts';
import type { HazardLabel } from '../model/hazard.ts';
import type { Migration } from '../model/history.ts';
import type { Settings } from '../model/settings.ts';
import { rulesOut } from '../profile/rules-out.ts';

/** What the hazards of a step show, without what a profile rules out. */
export interface StepIsolation {
  readonly isolations: readonly Isolation[];
  /** How many comparisons the profile left nothing of. */
  readonly leftOut: number;
}

/** Finds what the hazards of a step show, by our own comparison. @param profile null where there is none. */
export function isolateStep(step: Step, settings: Settings, profile: ProfileMaterial | null): StepIsolation {
  const isRuledOut = ruledOutAfter(step.migration, profile);
  let leftOut = 0;
  const isolations = isolateHazards(step, {
    compare: (...side) => compareSide(...side).differences,
    keyOf,
    locate: (...difference) => locate(...difference, settings),
  }).map((isolation) => {
    const believed = believe(isolation.comparisons, isRuledOut);
    leftOut += believed.leftOut;
    return { ...isolation, comparisons: believed.comparisons };
  });
  return { isolations, leftOut };
}

/** A profile speaks from the version on that it was captured at; before it, rows were other ones. */
function ruledOutAfter({ version }: Migration, material: ProfileMaterial | null): (hazard: HazardLabel) => boolean {
  if (material === null || version <= versionOf(material)) return () => false;
  return (hazard) => rulesOut(material.profile, hazard);
}

/** A profile without a version was captured from a database whose ledger is not ours: it is taken to be the latest. */
function versionOf({ profile: { source } }: ProfileMaterial): number {
  return source.ledgerVersion ?? source.at ?? 0;
}
