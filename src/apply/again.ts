import type { Snapshot } from '../database/snapshot.ts';
import type { DatasetName, Side } from '../model/dataset.ts';
import type { Migration } from '../model/history.ts';
import type { Invariant } from '../model/invariant.ts';
import type { Outcome } from '../model/outcome.ts';
import type { Settings } from '../model/settings.ts';
import { onDataset } from '../watch/activity.ts';
import { applyStep } from './apply.ts';
import type { Dataset } from './dataset.ts';
import { hasHazards } from './hazard-dataset.ts';
import { type StrayRun, tryStrays } from './strays.ts';
import { type Trial, tryHazards } from './trial.ts';
import type { Step } from './walk.ts';

/** The surroundings of a step in its history. */
export interface StepSurroundings {
  readonly from: number;
  readonly settings: Settings;
  readonly invariants: readonly Invariant[];
  readonly datasets: readonly Dataset[];
}

/** The sides on which a text is run. */
export interface StepPart {
  /** The one dataset beside the empty database; null for that alone, all when left out. */
  readonly only?: DatasetName | null;
  /** The same text on some of the sides, which need not run again. */
  readonly known?: Step;
}

/**
 * Runs another text of a step's migration on all sides, with the same rows before it and with hazards of its own. The
 * databases of the walk stay where they are.
 */
export function applyAgain(
  step: Step,
  migration: Migration,
  { from, settings, invariants, datasets }: StepSurroundings,
  { only, known }: StepPart = {},
): Step {
  const application = { migration, from, settings, invariants, isLast: true };
  const ends = new Map<Side, () => Snapshot>(known?.ends);
  /** The sides that have run: datasets that share a database have the same snapshot. */
  const ran = new Map<Snapshot, { readonly side: Side; readonly outcome: Outcome }>();
  for (const [side, outcome] of known?.candidates ?? []) {
    const snapshot = step.snapshots.get(side);
    if (snapshot !== undefined) ran.set(snapshot, { side, outcome });
  }
  const run = (side: Side, isLarge = false): Outcome | null => {
    const snapshot = step.snapshots.get(side);
    if (snapshot === undefined) return null;
    const same = ran.get(snapshot);
    const end = same === undefined ? undefined : ends.get(same.side);
    if (end !== undefined) ends.set(side, end);
    if (same !== undefined) return same.outcome;
    const db = snapshot.open(settings);
    try {
      const outcome = onDataset(side, () => applyStep({ ...application, db, snapshot }));
      if (outcome.status === 'applied' && !isLarge) {
        const end = snapshot.keep(db);
        ends.set(side, () => end);
      }
      ran.set(snapshot, { side, outcome });
      return outcome;
    } finally {
      db.close();
    }
  };
  const baseline = known?.baseline ?? run('empty');
  if (baseline === null) return { ...step, migration };
  const candidates = new Map<DatasetName, Outcome>();
  const trials = new Map<DatasetName, Trial>();
  const strays = new Map<DatasetName, readonly StrayRun[]>();
  for (const dataset of baseline.status === 'applied' ? datasets : []) {
    const { name } = dataset;
    if (only !== undefined && name !== only) continue;
    const earlier = known?.candidates.get(name);
    const snapshot = step.snapshots.get(name);
    const outcome = earlier ?? run(name, dataset.isLarge);
    if (snapshot === undefined || outcome === null) continue;
    candidates.set(name, outcome);
    if (!hasHazards(dataset)) continue;
    const trial =
      earlier === undefined
        ? onDataset(name, () => tryHazards(dataset, application, snapshot, outcome))
        : (known?.trials?.get(name) ?? null);
    if (trial !== null) trials.set(name, trial);
    const runs =
      earlier === undefined
        ? onDataset(name, () => tryStrays(dataset, application, snapshot, outcome))
        : (known?.strays?.get(name) ?? []);
    if (runs.length > 0) strays.set(name, runs);
  }
  return { migration, baseline, candidates, snapshots: step.snapshots, restarted: [], trials, strays, ends };
}
