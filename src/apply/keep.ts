import type { Database } from '../database/connection.ts';
import { snapshotLate } from '../database/late-snapshot.ts';
import { type Snapshot, snapshotMemory } from '../database/snapshot.ts';
import type { Migration } from '../model/history.ts';
import type { Settings } from '../model/settings.ts';
import { addsOnly } from '../sql/adds-only.ts';

/** Keeps the state of an in-memory database before a step, until the next one, at the least cost. */
export function keep(db: Database, migration: Migration, settings: Settings): Snapshot {
  return addsOnly(migration) ? snapshotLate(db, settings) : snapshotMemory(db);
}
