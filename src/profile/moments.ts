import type { TimeSpan } from '../model/column-profile.ts';

/** Months outside of these are put there, so that an odd year, which may be anything, is not told. */
const [earliest, latest] = ['1900-01', '2100-12'];

/** The span between two moments, each given by anything that begins with its year and month. */
export function toSpan(oldest: string, newest: string): TimeSpan {
  return { oldest: monthOf(oldest), newest: monthOf(newest) };
}

/** The month of a moment in milliseconds since 1970, in UTC. */
export function monthOfEpoch(milliseconds: number): string {
  return new Date(milliseconds).toISOString().slice(0, 7);
}

function monthOf(moment: string): string {
  const month = moment.slice(0, 7);
  if (month < earliest) return earliest;
  if (month > latest) return latest;
  return month;
}
