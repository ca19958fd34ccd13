import { memoized } from '../../memoized.ts';
import type { Migration } from '../../model/history.ts';
import type { Schema } from '../../model/schema.ts';
import { foldName, sameName } from '../../sql/quote.ts';
import { type ReferencesClause, readReferencesClauses } from '../../sql/references-clauses.ts';
import { tableNamed } from '../../sql/tables.ts';
import { type Feed, readFeeds } from './feeds.ts';
import { makersOf, wayOf } from './ways.ts';

/** A SELECT that brings rows into another table, with the references that the migration declares for that table. */
interface FeedWithLinks {
  readonly feed: Feed;
  readonly made: readonly ReferencesClause[];
}

/**
 * Reads the references that the columns of a table get on the way into another table: what a migration to come copies into a column
 * that refers to a parent is a key of that parent today, declared or not.
 * @returns by the folded name of the table that the rows come from; only references to tables that are there.
 */
export function readFedLinks(migrations: readonly Migration[], schema: Schema): Map<string, ReferencesClause[]> {
  const found = new Map<string, ReferencesClause[]>();
  const feeds = migrations.flatMap(feedsOf).map(({ feed }) => feed);
  // Rows that are copied into the parent too are not there yet.
  const comesFrom = (parent: string, source: string): boolean =>
    feeds.some((feed) => sameName(feed.target, parent) && sameName(feed.source, source));
  for (const migration of migrations) {
    for (const { feed, made } of feedsOf(migration)) {
      const way = wayOf(feed, migration, schema);
      if (way === null) continue;
      const there = made.length > 0 ? [] : (tableNamed(schema, feed.target)?.foreignKeys ?? []);
      for (const link of [...made, ...there]) {
        const columns = link.columns.flatMap((name) => way.columns.get(foldName(name)) ?? []);
        const parent = tableNamed(schema, link.parent);
        if (columns.length < link.columns.length || parent === undefined || parent === way.table) continue;
        if (comesFrom(parent.name, way.table.name)) continue;
        const name = foldName(way.table.name);
        found.set(name, [...(found.get(name) ?? []), { ...link, columns }]);
      }
    }
  }
  return found;
}

const feedsOf = memoized((migration: Migration): readonly FeedWithLinks[] =>
  migration.statements.flatMap(readFeeds).map((feed) => {
    const made = makersOf(feed.target, migration).flatMap(({ sql }) => readReferencesClauses(sql));
    return { feed, made };
  }),
);
