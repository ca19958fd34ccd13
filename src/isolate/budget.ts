import type { Trial, TrialRun } from '../apply/trial.ts';
import type { Difference } from '../model/comparison.ts';
import type { Hazard, HazardLabel, HazardRow } from '../model/hazard.ts';

/** The number of times that a step runs again to find the hazards that it trips over. */
export const tryLimit = 200;

/** The identity of a difference, without its numbers. */
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
 * The part of `shown` beyond `known`, except intended changes of the migration. A counter that goes back with lost
 * rows does not count separately.
 */
export function beyond(known: Shown, shown: Shown): Shown {
  const unmeant = [...shown].filter(([, difference]) => !isIntended(difference));
  const lost = new Set(unmeant.flatMap(([, each]) => (each.kind === 'fewer-rows' ? [each.table] : [])));
  return new Map(
    unmeant.filter(([cause, each]) => !known.has(cause) && !(each.kind === 'sequence-reset' && lost.has(each.table))),
  );
}

/** Whether the text of a migration states a difference: its numbers are those of hazards, which mean nothing. */
function isIntended(difference: Difference): boolean {
  if (difference.kind === 'dropped-values') return true;
  return (
    difference.kind === 'fewer-rows' && (difference.treatment === 'deleted-from' || difference.treatment === 'dropped')
  );
}
