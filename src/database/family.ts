import { memoized } from '../memoized.ts';
import type { Settings } from '../model/settings.ts';
import type { Database } from './engine.ts';

const families = new WeakMap<Database, Settings>();

/** Notes with which settings a connection was opened. Connections that were opened with the same ones are a family. */
export function joinFamily(db: Database, settings: Settings): void {
  families.set(db, settings);
}

/**
 * Makes the common data of a family of connections, once for each family. SQLite's reading of a schema depends on more
 * than the text: on its version, double-quoted strings and the functions that `connect` registers, and all of these
 * belong to the settings. The data is released with the settings at the end of a run. A connection that was opened
 * without settings is a family of its own.
 */
export function perFamily<T extends NonNullable<unknown>>(make: () => T): (db: Database) => T {
  const dataOf = memoized((_family: object) => make());
  return (db) => dataOf(families.get(db) ?? db);
}

/** The tables that a tool keeps for itself in the databases of a connection's family. */
export function toolTablesOf(db: Database): readonly string[] {
  return families.get(db)?.toolTables ?? [];
}
