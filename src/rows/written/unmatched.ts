import type { ColumnBefore, ColumnSource, Lookup, Miswritten } from '../../model/change.ts';
import type { Column, Table } from '../../model/schema.ts';
import type { FlowTable } from '../../sql/flow.ts';
import { foldName, quoteName, sameName } from '../../sql/quote.ts';
import { anyOf } from '../column-diff.ts';
import type { ComparedTable } from '../identity.ts';
import type { ComparedColumn } from '../pairing.ts';
import type { Identity } from '../row-diff.ts';
import { computedColumns, feedsOf } from './computed.ts';
import { countRows, keysOf } from './counting.ts';

/** A column that is NULL where a statement knew no value for what the row held. */
interface Suspect {
  readonly how: Miswritten['how'];
  readonly column: Column;
  /** The columns of before whose values are gone; one of them has a value in a row at fault. */
  readonly sources: readonly string[];
  readonly statement: number;
}

/**
 * Rows in which a column is NULL because a lookup found nothing for a value that is gone at the end, or because a CASE
 * without ELSE has no branch for it; and rows that held a value which a lookup by other columns replaced by NULL.
 */
export function findUnmatched(
  each: ComparedTable,
  columns: readonly ComparedColumn[],
  identity: Identity,
): Miswritten[] {
  const open = each.after.columns.filter(({ generated, notNull }) => generated === 'no' && !notNull);
  const suspects = [...lookedUp(each, columns, open), ...mapped(each, columns, open)];
  return suspects.flatMap(({ how, column, sources, statement }) => {
    const value = `a.${quoteName(column.name)}`;
    const table = `main.${quoteName(each.after.name)} AS a`;
    if (each.db.prepare(`SELECT 1 FROM ${table} WHERE ${value} IS NULL LIMIT 1`).get() === undefined) return [];
    const had = anyOf(sources.map((name) => `b.${quoteName(name)} <> ''`));
    const test = `${value} IS NULL AND ${had}`;
    const rows = countRows(each, identity, test);
    if (rows === 0) return [];
    const right = countRows(each, identity, `${value} IS NOT NULL AND ${had}`);
    const keys = keysOf(each, identity, test);
    return [{ how, table: each.after.name, column: column.name, rows, of: each.has, statement, keys, right }];
  });
}

function lookedUp(each: ComparedTable, columns: readonly ComparedColumn[], open: readonly Column[]): Suspect[] {
  return open.flatMap((column): Suspect[] => {
    const lookups = (each.end.lookups.get(foldName(column.name)) ?? []).filter(
      ({ finds }) => !mayFindNull(finds, each),
    );
    const [first] = lookups;
    if (first === undefined || choosesNull(each.end, column)) return [];
    const own = ownOf(columns, column);
    const sources = namesOf(lookups, each, own);
    const { statement } = first;
    if (sources.length > 0) return [{ how: 'lookup-without-match', column, sources, statement }];
    if (own === null || !lookups.every(({ isPlain }) => isPlain)) return [];
    return [{ how: 'cleared-by-lookup', column, sources: [own], statement }];
  });
}

/** Whether a row that is found may hold NULL in the column, which is an answer then. */
function mayFindNull(finds: ColumnBefore | null, { known, referrers }: ComparedTable): boolean {
  const tables = [...referrers, ...known.tables].filter(({ name }) => finds !== null && sameName(name, finds.table));
  return tables.some(({ columns, primaryKey }) =>
    columns.some(
      ({ name, notNull }) =>
        sameName(name, finds?.column ?? '') && !notNull && !primaryKey.some((key) => sameName(key, name)),
    ),
  );
}

/** The columns that the lookups name and whose values the row does not have any more. */
function namesOf(lookups: readonly Lookup[], each: ComparedTable, own: string | null): string[] {
  const reads = lookups.flatMap((lookup) => lookup.reads).filter(({ table }) => sameName(table, each.before.name));
  const names = reads
    .filter((read) => (own !== null && sameName(read.column, own)) || !isHeld(read, each))
    .map(({ column }) => column);
  return [...new Set(names)];
}

function mapped(each: ComparedTable, columns: readonly ComparedColumn[], open: readonly Column[]): Suspect[] {
  const there = new Set(open.map(({ name }) => name));
  return computedColumns(each.after, each.end).flatMap(({ column, computations }): Suspect[] => {
    const [first] = computations;
    if (first === undefined || !there.has(column.name) || !computations.every(({ mapsWords }) => mapsWords)) return [];
    const own = ownOf(columns, column);
    const sources = computations
      .flatMap(({ reads }) => reads)
      .filter(({ table }) => sameName(table, each.before.name))
      .filter((read) => (own !== null && sameName(read.column, own)) || !isHeld(read, each))
      .map((read) => read.column);
    const { statement } = first;
    return sources.length > 0 ? [{ how: 'case-without-branch', column, sources, statement }] : [];
  });
}

/** Whether an expression says where the column is NULL. */
function choosesNull(end: FlowTable, { name }: Column): boolean {
  return feedsOf(end, name).some((feed) => feed.kind === 'intended' && feed.by?.choosesNull === true);
}

function ownOf(columns: readonly ComparedColumn[], { name }: Column): string | null {
  return columns.find(({ after }) => sameName(after, name))?.before ?? null;
}

/**
 * Whether a value of a row of before is still known of that row: a column of its table holds it or is computed from it, or a
 * table beside it holds it together with the key.
 */
function isHeld(source: ColumnBefore, { flow, end, before, referrers }: ComparedTable): boolean {
  const isSource = (feed: ColumnSource): boolean => {
    if (feed.kind === 'column') return isSame(feed, source);
    if (feed.kind !== 'intended' || feed.by === undefined) return false;
    return !feed.by.looksUp && !feed.by.mapsWords && feed.by.reads.some((read) => isSame(read, source));
  };
  // A lookup that is asked only where there is no value takes none away.
  const keeps = (feed: ColumnSource): boolean =>
    feed.kind === 'column'
      ? isSame(feed, source)
      : feed.kind === 'intended' && feed.by?.keeps != null && isSame(feed.by.keeps, source);
  return flow.tables.some((table) => {
    if (!referrers.some(({ name }) => sameName(name, table.name))) return false;
    const all = [...table.feeds, ...table.replacing, ...table.added];
    const holds = all.some(([name, feeds]) =>
      table.lookups.has(name) ? feeds.length > 0 && feeds.every(keeps) : feeds.some(isSource),
    );
    return holds && (table.name === end.name || knowsRows(all, before));
  });
}

function knowsRows(
  all: readonly (readonly [string, readonly ColumnSource[]])[],
  { name: table, primaryKey }: Table,
): boolean {
  const fed = all.flatMap(([, feeds]) => feeds);
  return primaryKey.every((column) => fed.some((feed) => feed.kind === 'column' && isSame(feed, { table, column })));
}

function isSame(a: ColumnBefore, b: ColumnBefore): boolean {
  return sameName(a.table, b.table) && sameName(a.column, b.column);
}
