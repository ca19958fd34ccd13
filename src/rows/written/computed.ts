import type { ColumnBefore, ColumnSource, Computation } from '../../model/change.ts';
import type { Column, Table } from '../../model/schema.ts';
import type { Flow, FlowTable } from '../../sql/flow.ts';
import { foldName, sameName } from '../../sql/quote.ts';

/** A column whose values the statements of a migration compute. */
export interface ComputedColumn {
  readonly column: Column;
  readonly computations: readonly (Computation & { readonly statement: number })[];
}

/** The columns of a table at the end that hold what expressions made, and whose every expression can be read. */
export function computedColumns({ columns }: Table, end: FlowTable): ComputedColumn[] {
  return columns.flatMap((column) => {
    if (column.generated !== 'no') return [];
    const meant = feedsOf(end, column.name).flatMap((feed) => (feed.kind === 'intended' ? [feed] : []));
    // An added column holds its default until something is put into it.
    const computations = meant.flatMap(({ by, statement }) => (by === undefined ? [] : [{ ...by, statement }]));
    return computations.length > 0 ? [{ column, computations }] : [];
  });
}

/** All that the rows of a column may come from. */
export function feedsOf({ feeds, replacing }: FlowTable, column: string): readonly ColumnSource[] {
  const name = foldName(column);
  return [...(feeds.get(name) ?? []), ...(replacing.get(name) ?? [])];
}

/**
 * Whether nothing at the end holds the values of a column of before, but for what is computed from them in `own`: no copy of
 * it, no table beside it that is filled from it, no part of it.
 */
export function isGone(source: ColumnBefore, { tables }: Flow, own: FlowTable, after: readonly Table[]): boolean {
  const isSource = ({ table, column }: ColumnBefore): boolean =>
    sameName(table, source.table) && sameName(column, source.column);
  const holds = (feed: ColumnSource, isOwn: boolean): boolean => {
    if (feed.kind === 'column') return isSource(feed);
    if (feed.kind !== 'intended' || feed.by === undefined) return false;
    const { reads, converts, choosesNull, looksUp, extracts } = feed.by;
    if (converts !== null && isSource(converts)) return true;
    return reads.some(isSource) && (!isOwn || choosesNull || looksUp || extracts);
  };
  return !tables.some((table) => {
    const isThere = after.some(({ name }) => sameName(name, table.name));
    const { feeds: held, replacing, added, united } = table;
    const all = [held, replacing, added, united].flatMap((each) => [...each.values()]);
    return isThere && all.some((feeds) => feeds.some((feed) => holds(feed, table.name === own.name)));
  });
}
