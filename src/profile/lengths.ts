import type { Lengths } from '../model/column-profile.ts';
import { beyond, twoDigits } from './round.ts';

/** Lengths that were met, with how often; no more entries than rows of a sample. */
export type LengthTally = Map<number, number>;

/** Adds one length to a tally. */
export function addLength(tally: LengthTally, length: number): void {
  tally.set(length, (tally.get(length) ?? 0) + 1);
}

/**
 * Lengths between bounds beyond those of all values, with the quantiles of those that were looked at. A quantile that
 * fewer than `atLeast` values are above or below is put between the bounds, or at the upper one.
 */
export function toLengths(
  bounds: { readonly min: number; readonly max: number },
  tally: LengthTally,
  atLeast: number,
): Lengths {
  const [min, max] = [Math.max(0, beyond(bounds.min, 'down', true)), beyond(bounds.max, 'up', true)];
  const total = [...tally.values()].reduce((sum, count) => sum + count, 0);
  const told = (part: number, instead: number): number =>
    (1 - part) * total < atLeast ? instead : Math.min(quantile(tally, part) ?? instead, max);
  return { min, p50: told(0.5, Math.ceil((min + max) / 2)), p95: told(0.95, max), max };
}

/** The smallest length that the given share of the values does not exceed, rounded up; undefined of nothing. */
function quantile(tally: LengthTally, part: number): number | undefined {
  const sorted = [...tally].sort(([a], [b]) => a - b);
  const total = sorted.reduce((sum, [, count]) => sum + count, 0);
  let seen = 0;
  for (const [length, count] of sorted) {
    seen += count;
    if (seen >= part * total) return twoDigits(length, 'up');
  }
  return undefined;
}
