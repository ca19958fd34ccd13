import { execute } from '../database/execute.ts';
import { readSchema } from '../database/introspect.ts';
import { isStale, searchIndexes } from '../database/search-indexes.ts';
import type { Snapshot } from '../database/snapshot.ts';
import type { Difference } from '../model/comparison.ts';
import type { Migration } from '../model/history.ts';
import type { Settings } from '../model/settings.ts';
import { readLineage } from '../sql/lineage.ts';
import { sameName } from '../sql/quote.ts';

type Stale = Extract<Difference, { kind: 'stale-index' }>;

/**
 * Finds the statement from which on a full-text index is out of step with its content.
 * @returns the difference with its statement, or unchanged where none could be found.
 */
export function locateStale(difference: Stale, migration: Migration, before: Snapshot, settings: Settings): Stale {
  const db = before.open(settings);
  try {
    const seen: { readonly statement: number; readonly stale: boolean }[] = [];
    execute(db, migration, settings, {
      after: ({ index }) => {
        const own = searchIndexes(readSchema(db)).find(({ name }) => sameName(name, difference.table));
        seen.push({ statement: index, stale: own !== undefined && isStale(db, own) });
      },
    });
    const lastGood = seen.findLastIndex(({ stale }) => !stale);
    return { ...difference, statement: originOf(seen[lastGood + 1]?.statement ?? null, difference, migration) };
  } finally {
    db.close();
  }
}

/** If the content is made anew, its copy gives the rows other rowids, and not the RENAME at the end. */
function originOf(statement: number | null, { content }: Stale, migration: Migration): number | null {
  const renaming = migration.statements.find(({ index }) => index === statement)?.head.verb === 'rename-table';
  if (statement === null || !renaming) return statement;
  const copy = readLineage(migration)
    .writers(content)
    .findLast(({ head, index }) => index < statement && head.sources.length > 0);
  return copy?.index ?? statement;
}
