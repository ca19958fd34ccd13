import type { Table } from '../../model/schema.ts';
import { foldName, unquote } from '../../sql/quote.ts';
import { significantTokens } from '../../sql/tokens.ts';
import { shuffledPlaces, streamKey } from '../values/streams.ts';

/** The rank of each row among the values of a column: NULL stands behind the last one. */
export type Order = (index: number) => number;

/** A column whose order is chosen. */
export interface Ordered {
  readonly column: string;
  /** The share of rows that are not NULL. */
  readonly filled: number;
}

/**
 * Chooses the orders of the columns of a table. Each has its own, but for those that a CHECK names together: they are in
 * one order, so that small goes with small; and where one of several has to be filled, each is filled where the
 * others are not.
 */
export function chooseOrders(
  table: Table,
  seed: number,
  rows: number,
  columns: readonly Ordered[],
): ReadonlyMap<string, Order> {
  const leaders = new Map(columns.map(({ column }) => [column, column]));
  const offsets = new Map<string, number>();
  for (const check of table.checks) {
    const names = new Set(significantTokens(check).map(({ text }) => foldName(unquote(text))));
    const together = columns.filter(({ column }) => names.has(foldName(column)));
    const leader = leaders.get(together[0]?.column ?? '') ?? '';
    const merged = together.map(({ column }) => leaders.get(column));
    for (const [column, old] of leaders) if (merged.includes(old)) leaders.set(column, leader);
    const arms = together.filter(({ filled }) => filled < 1);
    const filled = arms.reduce((sum, arm) => sum + arm.filled, 0);
    if (arms.length < 2 || filled > 1 + tolerance || !isChoice(check)) continue;
    let start = 0;
    for (const arm of arms) {
      offsets.set(arm.column, Math.round(start * rows));
      start += arm.filled;
    }
  }
  return new Map(
    columns.map(({ column }) => {
      const place = shuffledPlaces(streamKey(seed, table.name, leaders.get(column) ?? column, 'rank'), rows);
      const offset = offsets.get(column) ?? 0;
      return [column, offset === 0 ? place : (index: number) => (place(index) + rows - offset) % rows];
    }),
  );
}

/** Whether a CHECK tells which columns are NULL, and not that they are so together. */
function isChoice(check: string): boolean {
  const words = new Set(significantTokens(check).map(({ text }) => text.toUpperCase()));
  return words.has('NULL') && (words.has('+') || !(words.has('=') || words.has('==')));
}

/** Shares are rounded to four digits. */
const tolerance = 0.002;
