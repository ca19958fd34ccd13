import type { Database } from '../database/connection.ts';
import type { Hazard, Hazards } from '../model/hazard.ts';
import type { Migration } from '../model/history.ts';
import type { Dataset } from './dataset.ts';

/** A dataset of plain rows that knows what awkward rows could stand beside them. */
export interface HazardDataset extends Dataset {
  /**
   * Makes the hazards for a step and puts all of them in.
   * @param db a copy of the database before the step
   * @param position the place in the history that it has reached
   */
  readonly insertHazards: (db: Database, migration: Migration, position: number) => Hazards;
  /**
   * Puts a row without a parent in for each declared key of a step that the connection enforces, and returns them.
   * @param told those of keys that are left out.
   */
  readonly plantStrays: (
    db: Database,
    migration: Migration,
    position: number,
    told: readonly Hazard[],
  ) => readonly Hazard[];
}

/** Whether a dataset has hazards; its plain rows are then only what they stand on. */
export function hasHazards(dataset: Dataset): dataset is HazardDataset {
  return 'insertHazards' in dataset;
}
