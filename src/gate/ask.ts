import { openMemory } from '../database/connection.ts';
import { readRows } from '../database/reading.ts';
import type { Snapshot } from '../database/snapshot.ts';
import type { SqlValue } from '../model/connection.ts';
import type { HazardLabel } from '../model/hazard.ts';
import type { Settings } from '../model/settings.ts';
import { asStep, onDataset } from '../watch/activity.ts';

/**
 * Counts the rows of a hazard in the copy as it was at a moment.
 * @returns null where they cannot be counted, as when somebody has changed the schema by hand.
 */
export function countInCopy(copy: Snapshot, hazard: HazardLabel, settings: Settings): number | null {
  const db = openMemory(settings);
  try {
    const count = (): number => {
      let rows = 0;
      for (const row of db.prepare<[], SqlValue[]>(hazard.query).raw().iterate()) rows += rowsIn(hazard, row);
      return rows;
    };
    // The database beside it is empty, so that every name leads to the copy, which need not be copied once more.
    const ask = () => copy.attach(db, () => readRows(db, count));
    const reading = onDataset('copy', () => asStep('Asking for awkward rows', ask));
    return 'value' in reading ? reading.value : null;
  } finally {
    db.close();
  }
}

/** How many rows of a hazard a row of its query's result stands for: it ends with their number, by themselves or by group. */
function rowsIn({ kind }: HazardLabel, row: readonly SqlValue[]): number {
  const last = Number(row.at(-1) ?? 0);
  // The largest number that was given out, and the largest that is there.
  if (kind === 'deleted-last-row') return Number(row[0] ?? 0) > last ? 1 : 0;
  return last;
}
