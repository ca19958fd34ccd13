import type { TimeSpan } from '../../model/column-profile.ts';
import type { TimestampStyle } from '../../text/kinds/timestamps.ts';
import { orderedPart, type Part } from './parts.ts';

/**
 * The first and the last second that timestamps of a span may have, in seconds since 1970. Its own months lie beyond
 * them, as long as there is one between.
 */
export function secondsOf({ oldest, newest }: TimeSpan): { readonly from: number; readonly to: number } {
  const [first, last] = [monthsOf(oldest), monthsOf(newest)];
  const inside = last - first >= 2 ? 1 : 0;
  return { from: startOf(first + inside), to: startOf(last - inside + 1) - 1 };
}

function monthsOf(text: string): number {
  const [year = 0, month = 1] = text.split('-').map(Number);
  return year * 12 + month - 1;
}

function startOf(months: number): number {
  return Date.UTC(Math.floor(months / 12), months % 12, 1) / 1000;
}

/** Timestamps in a span from the oldest on. */
export function timestampPart(share: number, { step, write }: TimestampStyle, span: TimeSpan): Part {
  const { from, to } = secondsOf(span);
  return orderedPart(share, Math.floor((to - from) / step) + 1, (place) => write(from + place * step));
}
