import type { TimeSpan } from '../model/column-profile.ts';

/** Months outside of these are put there, so that an odd year, which may be anything, is not told. */
const [earliest, latest] = ['1900-01', '2100-12'];

/**
 * A span that is longer than that between two timestamps, each given by anything that begins with its year and month:
 * from the January before the one to the December after the other, so no row's month is revealed.
 */
export function toSpan(oldest: string, newest: string): TimeSpan {
  const [year, month] = partsOf(oldest);
  const [lastYear, lastMonth] = partsOf(newest);
  return {
    oldest: within(`${padded(month > 1 ? year : year - 1)}-01`),
    newest: within(`${padded(lastMonth < 12 ? lastYear : Math.min(9999, lastYear + 1))}-12`),
  };
}

/** The month of a timestamp in milliseconds since 1970, in UTC. */
export function monthOfEpoch(milliseconds: number): string {
  return new Date(milliseconds).toISOString().slice(0, 7);
}

function partsOf(timestamp: string): [year: number, month: number] {
  return [Number(timestamp.slice(0, 4)), Number(timestamp.slice(5, 7))];
}

function padded(year: number): string {
  return String(Math.max(0, year)).padStart(4, '0');
}

function within(month: string): string {
  if (month < earliest) return earliest;
  if (month > latest) return latest;
  return month;
}
