import type { Migration } from '../../model/history.ts';
import type { Schema } from '../../model/schema.ts';
import { foldName, sameName } from '../../sql/quote.ts';
import { tableNamed } from '../../sql/tables.ts';
import { type Feed, readFeeds } from './feeds.ts';
import { columnsOf, keysOf } from './ways.ts';

/** A history is asked at every step and read once. */
const feedsRead = new WeakMap<Migration, readonly Feed[]>();

/**
 * The tables, by their folded names, of which a migration to come says that they have one row: it writes the same constant into a key
 * for each of their rows (`SELECT 'theme', theme FROM settings`).
 */
export function readLoneRows(migrations: readonly Migration[], schema: Schema): ReadonlySet<string> {
  const lone = new Set<string>();
  for (const migration of migrations) {
    for (const feed of feedsOf(migration)) {
      const source = tableNamed(schema, feed.source);
      if (source !== undefined && writesOneKey(feed, migration, schema)) lone.add(foldName(source.name));
    }
  }
  return lone;
}

function writesOneKey({ target, into, constants }: Feed, migration: Migration, schema: Schema): boolean {
  const names = into ?? columnsOf(target, migration, schema);
  const keys = keysOf(target, migration, schema);
  return constants.some((place) => {
    const name = names[place];
    return name !== undefined && keys.some(([first, second]) => second === undefined && sameName(first ?? '', name));
  });
}

function feedsOf(migration: Migration): readonly Feed[] {
  const known = feedsRead.get(migration);
  if (known !== undefined) return known;
  const feeds = migration.statements
    .filter(({ head, sql }) => head.verb === 'insert' && !/\bOR\s+(?:IGNORE|REPLACE)\b|\bON\s+CONFLICT\b/i.test(sql))
    .flatMap(readFeeds)
    .filter(({ constants, isWhole }) => constants.length > 0 && isWhole);
  feedsRead.set(migration, feeds);
  return feeds;
}
