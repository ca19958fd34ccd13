import type { Range } from '../model/cost.ts';

/**
 * Steps in a millisecond. better-sqlite3 was measured to take 130,000 to 230,000 of a file in the cache, and fewer where each looks up
 * a row elsewhere; the rows of production are wider and lie on a disk.
 */
export const stepsInMillisecond: Range = { low: 12_500, about: 50_000, high: 200_000 };

/** Milliseconds beyond the steps for a row or an entry of an index that is written: 0.0003 to 0.001 were measured in the cache. */
const forRow: Range = { low: 0.0002, about: 0.001, high: 0.006 };

/** The time that work takes, the same on every machine. */
export function timeOf(steps: Range, rows: Range): Range {
  return {
    low: rounded(steps.low / stepsInMillisecond.high + rows.low * forRow.low),
    about: rounded(steps.about / stepsInMillisecond.about + rows.about * forRow.about),
    high: rounded(steps.high / stepsInMillisecond.low + rows.high * forRow.high),
  };
}

/** To microseconds. */
function rounded(milliseconds: number): number {
  return Math.round(milliseconds * 1000) / 1000;
}
