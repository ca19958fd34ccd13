import { openMemory } from '../database/connection.ts';
import { readRows } from '../database/reading.ts';
import type { Snapshot } from '../database/snapshot.ts';
import type { Settings } from '../model/settings.ts';
import { subquery } from '../sql/subquery.ts';
import { asStep, onDataset } from '../watch/activity.ts';

/**
 * Counts the rows that a query finds in the copy as it was at a moment.
 * @returns null where they cannot be counted, as when somebody has changed the schema by hand.
 */
export function countInCopy(copy: Snapshot, query: string, settings: Settings): number | null {
  const db = openMemory(settings);
  try {
    // The database beside it is empty, so that every name leads to the copy, which need not be copied once more.
    const count = (): number =>
      db
        .prepare<[], number>(`SELECT count(*) FROM ${subquery(query)}`)
        .pluck()
        .get() ?? 0;
    const ask = () => copy.attach(db, () => readRows(db, count));
    const reading = onDataset('copy', () => asStep('Asking for awkward rows', ask));
    return 'value' in reading ? reading.value : null;
  } finally {
    db.close();
  }
}
