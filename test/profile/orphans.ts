import { openMemory } from '../../src/database/connection.ts';
import { buildSettings } from '../build.ts';

/** The number of rows of a table that `PRAGMA foreign_key_check` names. */
export function countOrphansBySqlite(sql: string, table: string): number {
  const db = openMemory(buildSettings({ foreignKeys: false }));
  try {
    db.exec(sql);
    return db.prepare('SELECT * FROM pragma_foreign_key_check(?)').all(table).length;
  } finally {
    db.close();
  }
}
