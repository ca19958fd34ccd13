import type { Trial } from '../apply/trial.ts';
import type { Step } from '../apply/walk.ts';
import { asRun, compareSide } from '../compare/compare.ts';
import { locate } from '../locate/locate.ts';
import type { Comparison, Difference } from '../model/comparison.ts';
import type { DatasetName } from '../model/dataset.ts';
import type { Outcome } from '../model/outcome.ts';
import type { Settings } from '../model/settings.ts';
import { asStep, onDataset } from '../watch/activity.ts';
import { beyond, type Cause, countTries, type Shown } from './budget.ts';
import { asOne, refine } from './minimise.ts';
import { narrow } from './narrow.ts';
import { findCulprits } from './search.ts';

/** What hazards show of a step beyond its plain rows. */
export interface Isolation {
  readonly dataset: DatasetName;
  /** One for each difference, with the hazards that show it by themselves. */
  readonly comparisons: readonly Comparison[];
  /** Whether the tries ran out before all was found. */
  readonly exhausted: boolean;
}

/** Finds what the hazards of a step show that its plain rows do not, for each dataset that has hazards. */
export function isolateHazards(step: Step, settings: Settings): Isolation[] {
  return [...(step.trials?.values() ?? [])].map((trial) =>
    onDataset(trial.dataset, () => isolate(trial, step, settings)),
  );
}

function isolate(trial: Trial, { migration, baseline }: Step, settings: Settings): Isolation {
  const { dataset, plain, together } = trial;
  const differencesOf = ({ outcome }: { readonly outcome: Outcome }): Shown =>
    causesOf(compareSide(migration, dataset, outcome, baseline).differences);
  const known = differencesOf({ outcome: plain });
  if (beyond(known, differencesOf(together)).size === 0) return { dataset, comparisons: [], exhausted: false };

  const tries = countTries(trial, known, differencesOf);
  const culprits = findCulprits(trial.hazards, tries);
  const exhausted = tries.areUsedUp();
  const causes = new Set(culprits.flatMap(({ shown }) => [...shown.keys()]));
  const comparisons = [...causes].flatMap((cause): Comparison[] => {
    const suspects = culprits.filter(({ shown }) => shown.has(cause));
    const guilty = suspects.flatMap((culprit) => {
      const label = refine(culprit, cause, trial.hazards.controls, tries);
      return label === null ? [] : [{ culprit, label }];
    });
    // Where only there being another row is to blame, whatever makes one will do.
    const blamed =
      guilty.length > 0
        ? guilty
        : suspects.flatMap((culprit) => {
            const label = asOne(culprit.hazards);
            return label === null ? [] : [{ culprit, label }];
          });
    const first = blamed[0]?.culprit;
    const difference = first?.shown.get(cause);
    if (first === undefined || difference === undefined) return [];
    const ran = asRun(migration, first.run.outcome);
    const located = asStep(`Looking for what ${migration.name} did`, () =>
      locate(difference, ran, first.run.snapshot, settings),
    );
    const labels = blamed.map(({ label }) => label);
    return [{ migration: ran, side: dataset, differences: [located], hazards: narrow(labels, located, ran) }];
  });
  return { dataset, comparisons, exhausted };
}

function causesOf(differences: readonly Difference[]): Map<Cause, Difference> {
  return new Map(differences.map((difference) => [JSON.stringify(partsOf(difference)), difference]));
}

function partsOf(difference: Difference): readonly unknown[] {
  const { kind } = difference;
  switch (difference.kind) {
    case 'failed-on-rows':
    case 'failed-on-empty':
    case 'left-behind':
    case 'stuck': {
      const { failure, table } = difference;
      // Two columns may fail one statement in the same way; what a trigger says may be different for each row.
      const words = failure.harmless ? failure.message : null;
      // Hazards that stop a run at different statements may have it stumble over one thing the second time.
      const first = kind === 'stuck' ? difference.first : null;
      return [kind, failure.at, failure.statement, failure.code, table, words, first];
    }
    case 'fewer-rows':
      return [kind, difference.treatment, difference.table];
    case 'changed-values':
      return [kind, difference.cause, difference.table, difference.columns];
    case 'duplicate-rows':
    case 'sequence-reset':
      return [kind, difference.table];
    case 'new-orphans':
      return [kind, difference.table, difference.columns, difference.parent];
    case 'new-violations':
      return [kind, difference.invariant];
    case 'broken-object':
      return [kind, difference.type, difference.name];
    case 'lost-part':
      return [kind, difference.part, difference.table, difference.name];
    case 'interrupted':
      return [kind, difference.failure === null, difference.table];
    case 'unreadable-rows':
      return [
        kind,
        difference.table,
        difference.column,
        difference.code,
        difference.harmless ? difference.message : null,
      ];
    case 'integrity':
      return [kind, [...new Set(difference.lines.map((line) => line.replaceAll(/\d+/g, '')))]];
    case 'schema':
    case 'drift':
      return [kind, difference.objects.map(({ type, name }) => [type, name])];
  }
}
