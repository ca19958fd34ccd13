import type { Trial, TrialRun } from '../apply/trial.ts';
import type { Difference } from '../model/comparison.ts';
import type { Hazard, HazardLabel, HazardRow } from '../model/hazard.ts';

/** The number of times that a step runs again to find the hazards that it trips over. */
export const runLimit = 200;

/** The identity of a difference, without its numbers. */
export type Cause = string;

/** The differences of one run that plain rows do not show. */
export type NewDifferences = ReadonlyMap<Cause, Difference>;

/** A run with some rows, and what it showed. */
export interface TrialResult {
  readonly run: TrialRun;
  readonly shown: NewDifferences;
}

/** Some hazards that show a difference together, most often one. */
export interface HazardSet extends TrialResult {
  readonly hazards: readonly (Hazard | HazardLabel)[];
}

/** Runs of a step that are counted. */
export interface RunBudget {
  readonly run: (rows: readonly HazardRow[]) => TrialResult;
  /** Runs with a form of a hazard's rows, once for each name of a form: a cascade shows a difference in each table that it reaches. */
  readonly runForm: (hazard: Hazard, form: string, rows: readonly HazardRow[]) => TrialResult;
  readonly isSpent: () => boolean;
}

/** Counts the runs of a trial. @param known what plain rows show. */
export function createBudget(
  { run }: Trial,
  known: NewDifferences,
  differencesOf: (run: TrialRun) => NewDifferences,
): RunBudget {
  let runs = 0;
  const forms = new Map<Hazard, Map<string, TrialResult>>();
  const counted = (rows: readonly HazardRow[]): TrialResult => {
    runs += 1;
    const result = run(rows);
    return { run: result, shown: beyond(known, differencesOf(result)) };
  };
  return {
    run: counted,
    runForm: (hazard, form, rows) => {
      const own = forms.get(hazard) ?? new Map<string, TrialResult>();
      const result = own.get(form) ?? counted(rows);
      forms.set(hazard, own.set(form, result));
      return result;
    },
    isSpent: () => runs >= runLimit,
  };
}

/**
 * The part of `shown` beyond `known`, except intended changes of the migration. A counter that goes back with lost
 * rows does not count separately.
 */
export function beyond(known: NewDifferences, shown: NewDifferences): NewDifferences {
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
