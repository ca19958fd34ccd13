import type { Migration } from '../model/history.ts';
import type { Settings } from '../model/settings.ts';
import type { Database } from './connection.ts';

/**
 * A text that is another one after every row changed (https://sqlite.org/lang_corefunc.html#total_changes) and every
 * change of the schema. It is to be compared on one connection alone.
 */
export function revisionOf(db: Database): string {
  return `${db.prepare('SELECT total_changes()').pluck().get()} ${db.pragma('schema_version', { simple: true })}`;
}

/**
 * Watches whether a migration changes anything.
 * @returns a function that tells, after the migration, whether every row and the schema are surely what they were.
 */
export function watchChanges(db: Database, { program }: Migration, settings: Settings): () => boolean {
  // They may run in another process, whose changes this connection does not count.
  if (program !== undefined || settings.lendsDatabases === true) return () => false;
  const before = revisionOf(db);
  return () => revisionOf(db) === before;
}
