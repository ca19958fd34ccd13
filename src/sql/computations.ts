import type { ColumnName, Computation, Copy, Expression, Feed } from '../model/change.ts';
import type { Statement } from '../model/history.ts';
import type { Schema } from '../model/schema.ts';
import type { FollowedTables } from './followed-tables.ts';
import { foldName } from './quote.ts';

/**
 * Finds the columns of before behind the names of an expression, through what the statements before it did.
 * @param tables those that its names may be columns of.
 */
export function computationOf(
  moving: FollowedTables,
  tables: readonly string[],
  { names, converts, text, ...said }: Expression,
): Computation {
  const feedsOf = (name: string): readonly Feed[] =>
    tables.flatMap((table) => moving.get(foldName(table))?.feeds.get(name) ?? []);
  const reads = new Map(
    names
      .flatMap(feedsOf)
      .flatMap(originsOf)
      .map((origin) => [`${foldName(origin.table)}.${foldName(origin.column)}`, origin]),
  );
  const isColumn = text?.isName === true && feedsOf(foldName(text.value)).length > 0;
  return {
    ...said,
    reads: [...reads.values()],
    converts: converts === null ? null : onlyOrigin(feedsOf(converts)),
    text: isColumn ? null : (text?.value ?? null),
  };
}

function originsOf(feed: Feed): readonly ColumnName[] {
  if (feed.kind === 'column') return [{ table: feed.table, column: feed.column }];
  return feed.kind === 'intended' ? (feed.by?.reads ?? []) : [];
}

function onlyOrigin(feeds: readonly Feed[]): ColumnName | null {
  const [feed, second] = feeds;
  return feed?.kind === 'column' && second === undefined ? { table: feed.table, column: feed.column } : null;
}

/** The names, folded, of all columns that there are before a migration, or that its statements make. */
export function columnNamesOf(
  { tables }: Schema,
  copies: readonly Copy[],
  statements: readonly Statement[],
): ReadonlySet<string> {
  const names = [
    ...tables.flatMap(({ columns }) => columns.map(({ name }) => name)),
    ...copies.flatMap(({ columns }) => columns.map(({ column }) => column)),
    ...statements.flatMap(({ head }) => (head.verb === 'add-column' && head.column !== null ? [head.column] : [])),
  ];
  return new Set(names.map(foldName));
}
