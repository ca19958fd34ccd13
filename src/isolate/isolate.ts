// This room finds the hazards that a difference needs: it runs the step again with fewer and fewer of them.
import type { Trial, TrialRun } from '../apply/trial.ts';
import type { Step } from '../apply/walk.ts';
import type { Comparison, Difference } from '../model/comparison.ts';
import type { DatasetName } from '../model/dataset.ts';
import type { Migration } from '../model/history.ts';
import type { Outcome } from '../model/outcome.ts';
import { asStep, onDataset } from '../watch/activity.ts';
import { beyond, createBudget, type HazardSet, type NewDifferences } from './budget.ts';
import { asOne, refine } from './minimise.ts';
import { type Listed, narrow } from './narrow.ts';
import { findHazardSets, isApart } from './search.ts';

/** The differences that hazards show beyond the plain rows of a step. */
export interface Isolation {
  readonly dataset: DatasetName;
  /** One for each difference, with the hazards that show it by themselves. */
  readonly comparisons: readonly Comparison[];
  /** Whether the limit of runs came before everything was found. */
  readonly exhausted: boolean;
}

/** The functions that the search calls. */
export interface Means {
  /** The differences on one side of a migration, whose outcome without hazards is `plain`. */
  readonly compare: (
    migration: Migration,
    dataset: DatasetName,
    outcome: Outcome,
    baseline: Outcome,
    plain: Outcome,
  ) => readonly Difference[];
  /** The key that two equal differences share, without their numbers. */
  readonly keyOf: (difference: Difference) => string;
  /** The same differences of one run with the statements that made them, as far as running the migration again tells. */
  readonly locate: (
    differences: readonly Difference[],
    migration: Migration,
    before: TrialRun['snapshot'],
  ) => readonly Difference[];
  /** Whether a SELECT has rows in a database. */
  readonly hasRows: (query: string, snapshot: TrialRun['snapshot']) => boolean;
}

/** The hazards of a trial that were isolated already, for one baseline: a corrected form is judged on some sides and then on all. */
const isolated = new WeakMap<Trial, { readonly baseline: Outcome; readonly isolation: Isolation }>();

/**
 * Finds what the hazards of a step show that its plain rows do not, for each dataset that has hazards. The means are the same for each
 * step of a trial.
 */
export function isolateHazards(step: Step, means: Means): Isolation[] {
  return [...(step.trials?.values() ?? [])].map((trial) => {
    const known = isolated.get(trial);
    if (known?.baseline === step.baseline) return known.isolation;
    const isolation = onDataset(trial.dataset, () => isolate(trial, step, means));
    isolated.set(trial, { baseline: step.baseline, isolation });
    return isolation;
  });
}

function isolate(trial: Trial, { migration, baseline }: Step, means: Means): Isolation {
  const { compare, keyOf, locate } = means;
  const { dataset, plain, together } = trial;
  const differencesOf = ({ outcome }: { readonly outcome: Outcome }): NewDifferences =>
    new Map(compare(migration, dataset, outcome, baseline, plain).map((difference) => [keyOf(difference), difference]));
  const known = differencesOf({ outcome: plain });
  const shown = beyond(known, differencesOf(together));
  if (shown.size === 0 && !trial.hazards.all.some(isApart)) return { dataset, comparisons: [], exhausted: false };

  const budget = createBudget(trial, known, differencesOf);
  const sets = findHazardSets(trial.hazards, shown, budget);
  const exhausted = budget.isSpent();
  const causes = new Set(sets.flatMap(({ shown }) => [...shown.keys()]));
  const blames = [...causes].flatMap((cause): Blame[] => {
    const suspects = sets.filter(({ shown }) => shown.has(cause));
    const guilty = suspects.flatMap((set) => {
      const label = refine(set, cause, trial.hazards.controls, budget);
      return label === null ? [] : [{ set, label }];
    });
    // If the mere existence of another row is to blame, any maker of one will do.
    const blamed =
      guilty.length > 0
        ? guilty
        : suspects.flatMap((set) => {
            const label = isMeasured(set) ? null : asOne(set.hazards);
            return label === null ? [] : [{ set, label }];
          });
    const first = blamed[0]?.set;
    const difference = first?.shown.get(cause);
    if (first === undefined || difference === undefined) return [];
    return [{ difference, run: first.run, suspects: blamed }];
  });
  const located = new Map<Blame, Difference>();
  for (const [run, own] of Map.groupBy(blames, (blame) => blame.run)) {
    const ran = ranAs(run.outcome) ?? migration;
    const differences = own.map(({ difference }) => difference);
    const found = asStep(`Looking for what ${migration.name} did`, () => locate(differences, ran, run.snapshot));
    for (const [i, blame] of own.entries()) located.set(blame, found[i] ?? blame.difference);
  }
  const comparisons = blames.map((blame): Comparison => {
    const ran = ranAs(blame.run.outcome) ?? migration;
    const difference = located.get(blame) ?? blame.difference;
    const listed = blame.suspects.map(({ set, label }) => ({ label, query: listingOf(difference, set, trial, means) }));
    const hazards = narrow(listed, difference, ran);
    return { migration: ran, side: dataset, differences: [difference], hazards };
  });
  return { dataset, comparisons, exhausted };
}

/** Whether a set is one hazard that has been run without what is awkward about it. */
function isMeasured({ hazards: [hazard] }: HazardSet): boolean {
  return hazard !== undefined && 'without' in hazard && hazard.without !== undefined;
}

/**
 * The SELECT of the rows at fault, if it finds those of these hazards and no plain row; else null. Beside all other hazards it
 * finds them too: a function may raise an error on another row.
 */
function listingOf(
  difference: Difference,
  { run, hazards }: HazardSet,
  { before, together }: Trial,
  { hasRows }: Means,
): Listed['query'] {
  const query = ('fault' in difference ? difference.fault?.query : null) ?? null;
  if (query === null || hasRows(query, before)) return null;
  const runs = hazards.some(isApart) ? [run] : [run, together];
  return runs.every(({ snapshot }) => hasRows(query, snapshot)) ? query : null;
}

/** A difference with a run that shows it, and the hazards that it needs. */
interface Blame {
  readonly difference: Difference;
  readonly run: TrialRun;
  readonly suspects: readonly { readonly set: HazardSet; readonly label: Listed['label'] }[];
}

/** The statements that a program executed on one side; null for SQL files, and where it did not run. */
function ranAs(outcome: Outcome): Migration | null {
  return ('ran' in outcome ? outcome.ran : null) ?? null;
}
