import type { ColumnBefore, ColumnSource, Computation, Copy, Expression } from '../model/change.ts';
import type { Statement } from '../model/history.ts';
import type { Schema } from '../model/schema.ts';
import type { FollowedTables } from './followed-tables.ts';
import { foldName } from './quote.ts';

/**
 * Finds the columns of before behind the names of an expression, through what the statements before it did.
 * @param tables those that its names may be columns of.
 * @param outer those that names outside of a SELECT in it may be columns of.
 */
export function computationOf(
  moving: FollowedTables,
  tables: readonly string[],
  { names, converts, keeps, text, scales, lookup: _, ...said }: Expression,
  outer: readonly string[] = tables,
): Computation {
  const feedsOf = (name: string): readonly ColumnSource[] => feedsBehind(moving, tables, name);
  const scaled = scales === null ? null : onlyOrigin(feedsOf(scales.column));
  const isColumn = text?.isName === true && feedsOf(foldName(text.value)).length > 0;
  return {
    ...said,
    reads: originsBehind(moving, tables, names),
    scales: scales === null || scaled === null ? null : { ...scales, column: scaled },
    converts: converts === null ? null : onlyOrigin(feedsOf(converts)),
    keeps: keeps === null ? null : onlyOrigin(feedsBehind(moving, outer, keeps)),
    text: isColumn ? null : (text?.value ?? null),
  };
}

/**
 * Finds the columns of before behind some names.
 * @param tables those that the names may be columns of.
 */
export function originsBehind(
  moving: FollowedTables,
  tables: readonly string[],
  names: readonly string[],
): ColumnBefore[] {
  const origins = names.flatMap((name) => feedsBehind(moving, tables, name)).flatMap(originsOf);
  return [
    ...new Map(origins.map((origin) => [`${foldName(origin.table)}.${foldName(origin.column)}`, origin])).values(),
  ];
}

function feedsBehind(moving: FollowedTables, tables: readonly string[], name: string): readonly ColumnSource[] {
  return tables.flatMap((table) => moving.get(foldName(table))?.feeds.get(name) ?? []);
}

function originsOf(feed: ColumnSource): readonly ColumnBefore[] {
  if (feed.kind === 'column') return [{ table: feed.table, column: feed.column }];
  return feed.kind === 'intended' ? (feed.by?.reads ?? []) : [];
}

function onlyOrigin(feeds: readonly ColumnSource[]): ColumnBefore | null {
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
