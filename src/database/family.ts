import type { Settings } from '../model/settings.ts';
import type { Database } from './engine.ts';

const families = new WeakMap<Database, Settings>();

/** Notes with which settings a connection was opened. Connections that were opened with the same ones are a family. */
export function joinFamily(db: Database, settings: Settings): void {
  families.set(db, settings);
}

/**
 * Makes what the connections of a family have in common, once for each family. The text of a schema does not say by itself
 * what SQLite makes of it: its version, double-quoted strings and the functions that `connect` registers decide as well,
 * and all of these stand in the settings. What is remembered goes with them at the end of a run. A connection that was
 * opened without settings has no family but itself.
 */
export function perFamily<T>(make: () => T): (db: Database) => T {
  const made = new WeakMap<object, T>();
  return (db) => {
    const family = families.get(db) ?? db;
    const known = made.get(family);
    if (known !== undefined) return known;
    const own = make();
    made.set(family, own);
    return own;
  };
}

/** The tables that a tool keeps for itself in the databases of a connection's family. */
export function toolTablesOf(db: Database): readonly string[] {
  return families.get(db)?.toolTables ?? [];
}
