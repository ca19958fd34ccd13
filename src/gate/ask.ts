import { openMemory } from '../database/connection.ts';
import { readRows } from '../database/reading.ts';
import type { Snapshot } from '../database/snapshot.ts';
import type { SqlValue } from '../model/connection.ts';
import type { HazardLabel } from '../model/hazard.ts';
import type { Settings } from '../model/settings.ts';
import { asStep, onDataset } from '../watch/activity.ts';

/**
 * Counts the rows of a hazard in the copy as it was at a moment.
 * @returns null if they cannot be counted, for example after a manual change of the schema.
 */
export function countInCopy(copy: Snapshot, hazard: HazardLabel, settings: Settings): number | null {
  const db = openMemory(settings);
  try {
    const count = (): number => {
      let rows = 0;
      for (const row of db.prepare<[], SqlValue[]>(hazard.query).raw().iterate()) rows += rowsIn(hazard, row);
      return rows;
    };
    // The database beside it is empty, so every name refers to the copy, which needs no second copy.
    const ask = () => copy.attach(db, () => readRows(db, count));
    const reading = onDataset('copy', () => asStep('Asking for awkward rows', ask));
    return 'value' in reading ? reading.value : null;
  } finally {
    db.close();
  }
}

/** The number of a hazard's rows behind one row of its query's result: the row ends with it, in total or per group. */
function rowsIn({ kind, listsRows }: HazardLabel, row: readonly SqlValue[]): number {
  if (listsRows === true) return 1;
  const last = Number(row.at(-1) ?? 0);
  // The largest assigned number, and the largest existing one.
  if (kind === 'deleted-last-row') return Number(row[0] ?? 0) > last ? 1 : 0;
  return last;
}
