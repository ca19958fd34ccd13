import { memoized } from '../../memoized.ts';
import type { Migration, Statement } from '../../model/history.ts';
import type { Schema } from '../../model/schema.ts';
import { foldName } from '../../sql/quote.ts';
import { type Feed, readFeeds } from './feeds.ts';
import { keysOf, wayOf } from './ways.ts';

/** A key of several columns that the rows of a table will share with those of another one. */
export interface Rival {
  /** The columns of the table itself. */
  readonly columns: readonly string[];
  /** The other table. */
  readonly table: string;
  /** The columns there, in the same order. */
  readonly tableColumns: readonly string[];
}

/**
 * Reads which pairs a migration to come brings out of two tables into one, where a key of several columns takes each
 * once:
 * rows that nobody would be surprised to meet do not stand in both. A key of one column is another matter, for numbers of
 * two tables begin at 1 in both.
 * @returns by the folded name of a table of `schema`.
 */
export function readRivals(migrations: readonly Migration[], schema: Schema): ReadonlyMap<string, readonly Rival[]> {
  const rivals = new Map<string, Rival[]>();
  for (const migration of migrations) {
    if (feedsOf(migration).length < 2) continue;
    for (const [target, feeds] of Map.groupBy(feedsOf(migration), (feed) => foldName(feed.target))) {
      if (new Set(feeds.map(({ source }) => foldName(source))).size < 2) continue;
      const ways = feeds.flatMap((feed) => wayOf(feed, migration, schema) ?? []);
      for (const key of keysOf(target, migration, schema).filter(({ length }) => length > 1)) {
        for (const way of ways) {
          for (const other of ways.filter(({ table }) => table !== way.table)) {
            const columns = key.flatMap((name) => way.columns.get(foldName(name)) ?? []);
            const tableColumns = key.flatMap((name) => other.columns.get(foldName(name)) ?? []);
            if (columns.length < key.length || tableColumns.length < key.length) continue;
            const name = foldName(way.table.name);
            rivals.set(name, [...(rivals.get(name) ?? []), { columns, table: other.table.name, tableColumns }]);
          }
        }
      }
    }
  }
  return rivals;
}

const feedsOf = memoized(({ statements }: Migration): readonly Feed[] =>
  statements.filter(isStrict).flatMap(readFeeds),
);

/** Whether an INSERT says nothing of what to do about a row that is there already. */
function isStrict({ sql, head }: Statement): boolean {
  return head.verb === 'insert' && !/^\s*INSERT\s+OR\b|\bON\s+CONFLICT\b/i.test(sql);
}
