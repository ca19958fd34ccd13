import type { Trial, TrialRun } from '../apply/trial.ts';
import type { Difference } from '../model/comparison.ts';
import type { Hazard, HazardLabel, HazardRow } from '../model/hazard.ts';

/** How often a step is run again to find the hazards that it trips over. */
export const tryLimit = 200;

/** What a difference is the difference of, whatever its numbers. */
export type Cause = string;

/** The differences of one run that plain rows do not show. */
export type Shown = ReadonlyMap<Cause, Difference>;

/** A run with some rows, and what it showed. */
export interface Made {
  readonly run: TrialRun;
  readonly shown: Shown;
}

/** Some hazards that show a difference together, most often one. */
export interface Culprit extends Made {
  readonly hazards: readonly (Hazard | HazardLabel)[];
}

/** Runs of a step that are counted. */
export interface Tries {
  readonly run: (rows: readonly HazardRow[]) => Made;
  readonly areUsedUp: () => boolean;
}

/** Counts the runs of a trial. @param known what plain rows show. */
export function countTries({ run }: Trial, known: Shown, differencesOf: (run: TrialRun) => Shown): Tries {
  let tries = 0;
  return {
    run: (rows) => {
      tries += 1;
      const made = run(rows);
      return { run: made, shown: beyond(known, differencesOf(made)) };
    },
    areUsedUp: () => tries >= tryLimit,
  };
}

/**
 * What `shown` has beyond `known`, but for what the text of the migration means to do. A counter that goes back with the
 * rows that are lost is no second matter.
 */
export function beyond(known: Shown, shown: Shown): Shown {
  const unmeant = [...shown].filter(([, difference]) => !isIntended(difference));
  const lost = new Set(unmeant.flatMap(([, each]) => (each.kind === 'fewer-rows' ? [each.table] : [])));
  return new Map(
    unmeant.filter(([cause, each]) => !known.has(cause) && !(each.kind === 'sequence-reset' && lost.has(each.table))),
  );
}

/** What a migration says itself: its numbers are those of hazards, which mean nothing. */
function isIntended(difference: Difference): boolean {
  if (difference.kind === 'dropped-values') return true;
  return (
    difference.kind === 'fewer-rows' && (difference.treatment === 'deleted-from' || difference.treatment === 'dropped')
  );
}
