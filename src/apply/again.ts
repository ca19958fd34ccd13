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
export interface Surroundings {
  readonly from: number;
  readonly settings: Settings;
  readonly invariants: readonly Invariant[];
  readonly datasets: readonly Dataset[];
}

/**
 * Runs another text of a step's migration on all sides, with the same rows before it and with hazards of its own. The
 * databases of the walk stay where they are.
 */
export function applyAgain(
  step: Step,
  migration: Migration,
  { from, settings, invariants, datasets }: Surroundings,
): Step {
  const application = { migration, from, settings, invariants, isLast: true };
  const run = (side: Side): Outcome | null => {
    const snapshot = step.snapshots.get(side);
    if (snapshot === undefined) return null;
    const db = snapshot.open(settings);
    try {
      return onDataset(side, () => applyStep({ ...application, db, snapshot }));
    } finally {
      db.close();
    }
  };
  const baseline = run('empty');
  if (baseline === null) return { ...step, migration };
  const candidates = new Map<DatasetName, Outcome>();
  const trials = new Map<DatasetName, Trial>();
  const strays = new Map<DatasetName, readonly StrayRun[]>();
  for (const dataset of baseline.status === 'applied' ? datasets : []) {
    const { name } = dataset;
    const snapshot = step.snapshots.get(name);
    const outcome = run(name);
    if (snapshot === undefined || outcome === null) continue;
    candidates.set(name, outcome);
    if (!hasHazards(dataset)) continue;
    const trial = onDataset(name, () => tryHazards(dataset, application, snapshot, outcome));
    if (trial !== null) trials.set(name, trial);
    const runs = onDataset(name, () => tryStrays(dataset, application, snapshot, outcome));
    if (runs.length > 0) strays.set(name, runs);
  }
  return { migration, baseline, candidates, snapshots: step.snapshots, restarted: [], trials, strays };
}
