import type { Database } from '../database/connection.ts';
import { watchChanges } from '../database/revision.ts';
import { type Snapshot, snapshotFile } from '../database/snapshot.ts';
import type { Migration } from '../model/history.ts';
import { asStep, onDataset } from '../watch/activity.ts';
import type { Rehearsal } from './rehearsal.ts';

/**
 * Keeps the state of the copy before each step in one file, which is written again only where the step before has changed
 * something.
 * @param production the copy.
 * @returns a function that is called before each step; the state of before the last one is then gone.
 */
export function keepStates(
  { copy, scratch, settings }: Rehearsal,
  production: Database,
): (migration: Migration) => Snapshot {
  let last: { readonly snapshot: Snapshot; readonly isSame: () => boolean } | null = null;
  return (migration) => {
    const write = (): Snapshot =>
      asStep(`Copying the state before ${migration.name}`, () => snapshotFile(copy, scratch));
    const snapshot = last?.isSame() === true ? last.snapshot : onDataset('copy', write);
    last = { snapshot, isSame: watchChanges(production, migration, settings) };
    return snapshot;
  };
}
