import { type Application, applyStep } from '../apply/apply.ts';
import type { HazardDataset } from '../apply/hazard-dataset.ts';
import { type Trial, tryHazards } from '../apply/trial.ts';
import type { Snapshot } from '../database/snapshot.ts';
import { asStep, onDataset } from '../watch/activity.ts';

/**
 * Runs a pending step on generated rows with hazards, like `check`, from the schema of production.
 * @param empty the empty database before the step.
 * @returns null if no hazard can matter.
 */
export function tryPending(
  dataset: HazardDataset,
  step: Omit<Application, 'db' | 'snapshot' | 'before'>,
  empty: Snapshot,
): Trial | null {
  const { from: position, settings, migration } = step;
  const run = (): Trial | null => {
    const db = empty.open(settings);
    try {
      const fill = () => dataset.fill(db, { position, restarted: false, state: null });
      asStep(`Making awkward rows for ${migration.name}`, fill);
      const snapshot = empty.keep(db);
      return tryHazards(dataset, step, snapshot, applyStep({ ...step, db, snapshot }));
    } finally {
      db.close();
    }
  };
  return onDataset(dataset.name, run);
}
