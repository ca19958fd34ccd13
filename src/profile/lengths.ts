import type { Lengths } from '../model/column-profile.ts';
import { twoDigits } from './round.ts';

/** Lengths that were met, rounded up, with how often: a few hundred entries whatever the number of values. */
export type LengthTally = Map<number, number>;

/** Adds one length to a tally. */
export function addLength(tally: LengthTally, length: number): void {
  const rounded = twoDigits(length, 'up');
  tally.set(rounded, (tally.get(rounded) ?? 0) + 1);
}

/** Lengths between the bounds, which come from all values, with the quantiles of those that were looked at. */
export function toLengths(bounds: { readonly min: number; readonly max: number }, tally: LengthTally): Lengths {
  const [min, max] = [twoDigits(bounds.min, 'down'), twoDigits(bounds.max, 'up')];
  const within = (length: number): number => Math.min(Math.max(length, min), max);
  return { min, p50: within(quantile(tally, 0.5) ?? min), p95: within(quantile(tally, 0.95) ?? max), max };
}

/** The smallest length that the given share of the values does not exceed; undefined of nothing. */
function quantile(tally: LengthTally, part: number): number | undefined {
  const sorted = [...tally].sort(([a], [b]) => a - b);
  const total = sorted.reduce((sum, [, count]) => sum + count, 0);
  let seen = 0;
  for (const [length, count] of sorted) {
    seen += count;
    if (seen >= part * total) return length;
  }
  return undefined;
}
