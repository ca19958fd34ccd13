import type { Database } from './connection.ts';

/**
 * A text that is another one after every row changed (https://sqlite.org/lang_corefunc.html#total_changes) and every
 * change of the schema. It is to be compared on one connection alone.
 */
export function revisionOf(db: Database): string {
  return `${db.prepare('SELECT total_changes()').pluck().get()} ${db.pragma('schema_version', { simple: true })}`;
}
