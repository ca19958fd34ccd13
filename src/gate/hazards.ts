import type { Application } from '../apply/application.ts';
import { applyStep } from '../apply/apply.ts';
import type { HazardDataset } from '../apply/hazard-dataset.ts';
import { type StrayRun, tryStrays } from '../apply/strays.ts';
import { type Trial, tryHazards } from '../apply/trial.ts';
import type { Snapshot } from '../database/snapshot.ts';
import { asStep, onDataset } from '../watch/activity.ts';

/** The runs of a pending step on generated rows. */
export interface PendingTrials {
  /** Null if no hazard can matter. */
  readonly trial: Trial | null;
  /** The runs with rows that have no parent under keys that were declared before. */
  readonly strays: readonly StrayRun[];
}

/**
 * Runs a pending step on generated rows with hazards, like `check`, from the schema of production.
 * @param empty the empty database before the step.
 */
export function tryPending(
  dataset: HazardDataset,
  step: Omit<Application, 'db' | 'snapshot' | 'before'>,
  empty: Snapshot,
): PendingTrials {
  const { from: position, settings, migration } = step;
  const run = (): PendingTrials => {
    const db = empty.open(settings);
    try {
      const fill = () => dataset.fill(db, { position, restarted: false, state: null });
      asStep(`Making awkward rows for ${migration.name}`, fill);
      const snapshot = empty.keep(db);
      const plain = applyStep({ ...step, db, snapshot });
      const trial = tryHazards(dataset, step, snapshot, plain);
      return { trial, strays: tryStrays(dataset, step, snapshot, plain) };
    } finally {
      db.close();
    }
  };
  return onDataset(dataset.name, run);
}
