import type { Schema } from '../model/schema.ts';
import { quoteName } from '../sql/quote.ts';
import { objectsOfType, tableNamed } from '../sql/tables.ts';
import type { Database } from './connection.ts';

/**
 * Runs `work` while the triggers of tables are not there, and makes them again in the order in which they stood: those of one
 * event fire in it. The database stands in no transaction.
 */
export function withoutTriggers<T>(db: Database, schema: Schema, work: () => T): T {
  const names = new Set(
    objectsOfType(schema, 'trigger').flatMap(({ name, table }) => (tableNamed(schema, table) ? [name] : [])),
  );
  const triggers = db
    .prepare<[], { name: string; sql: string }>(
      "SELECT name, sql FROM main.sqlite_schema WHERE type = 'trigger' ORDER BY rowid",
    )
    .all()
    .filter(({ name }) => names.has(name));
  for (const { name } of triggers) db.exec(`DROP TRIGGER main.${quoteName(name)}`);
  try {
    return work();
  } finally {
    for (const { sql } of triggers) db.exec(sql);
  }
}
