import type { Database } from '../database/connection.ts';
import { searchIndexes, staleIndexes } from '../database/search-indexes.ts';
import type { Snapshot } from '../database/snapshot.ts';
import type { StaleIndex, State } from '../model/outcome.ts';
import type { Settings } from '../model/settings.ts';
import { foldName, sameName } from '../sql/quote.ts';
import { tableNamed } from '../sql/tables.ts';

/**
 * The full-text indexes that a step has put out of step with their content. Those that it cannot have touched are not
 * checked, and those that were so before are not its doing.
 */
export function findStaleIndexes(
  db: Database,
  snapshot: Snapshot,
  settings: Settings,
  before: State,
  after: State,
  mayHaveWritten: (table: string) => boolean,
): StaleIndex[] {
  const indexes = searchIndexes(after.schema);
  if (indexes.length === 0) return [];
  const isChanged = (name: string): boolean =>
    mayHaveWritten(name) || tableNamed(before.schema, name)?.sql !== tableNamed(after.schema, name)?.sql;
  const suspects = indexes.filter(({ name, content }) => {
    const shadows = after.schema.tables.filter(
      (table) => table.kind === 'shadow' && foldName(table.name).startsWith(`${foldName(name)}_`),
    );
    // The content may be a view, which reads who knows what.
    const isView = tableNamed(after.schema, content) === undefined;
    return isView || [name, content, ...shadows.map((table) => table.name)].some(isChanged);
  });
  const stale = staleIndexes(db, suspects);
  if (stale.length === 0) return [];
  const old = snapshot.open(settings);
  try {
    const known = staleIndexes(old, searchIndexes(before.schema));
    return stale.filter(({ name }) => !known.some((each) => sameName(each.name, name)));
  } finally {
    old.close();
  }
}
