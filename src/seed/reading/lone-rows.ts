import { memoized } from '../../memoized.ts';
import type { Migration } from '../../model/history.ts';
import type { Schema, Table } from '../../model/schema.ts';
import { foldName, sameName } from '../../sql/quote.ts';
import { tableNamed } from '../../sql/tables.ts';
import { type Feed, readFeeds } from './feeds.ts';
import { columnsOf, keysOf } from './ways.ts';

/**
 * The tables, by their folded names, of which a migration to come says that they have one row: it writes the same constant into a key
 * for each of their rows (`SELECT 'theme', theme FROM settings`). A table of rows that belong to others has many.
 */
export function readLoneRows(migrations: readonly Migration[], schema: Schema): ReadonlySet<string> {
  const lone = new Set<string>();
  for (const migration of migrations) {
    for (const feed of feedsOf(migration)) {
      const source = tableNamed(schema, feed.source);
      if (source !== undefined && !isOfOwners(source) && writesOneKey(feed, migration, schema))
        lone.add(foldName(source.name));
    }
  }
  return lone;
}

/** Whether each row belongs to another one, such as the settings of each user, so that there are many. */
function isOfOwners({ columns, primaryKey, foreignKeys }: Table): boolean {
  const isOwn = (name: string): boolean => primaryKey.some((key) => sameName(key, name));
  return foreignKeys.length > 0 || columns.some(({ name }) => /(?:_id|[a-z]Id)$/.test(name) && !isOwn(name));
}

function writesOneKey({ target, into, constants }: Feed, migration: Migration, schema: Schema): boolean {
  const names = into ?? columnsOf(target, migration, schema);
  const keys = keysOf(target, migration, schema);
  return constants.some((place) => {
    const name = names[place];
    return name !== undefined && keys.some(([first, second]) => second === undefined && sameName(first ?? '', name));
  });
}

const feedsOf = memoized(({ statements }: Migration): readonly Feed[] =>
  statements
    .filter(({ head, sql }) => head.verb === 'insert' && !/\bOR\s+(?:IGNORE|REPLACE)\b|\bON\s+CONFLICT\b/i.test(sql))
    .flatMap(readFeeds)
    .filter(({ constants, isWhole }) => constants.length > 0 && isWhole),
);
