import type { TimeSpan } from '../../model/column-profile.ts';
import { dateText, day, type TimestampForm, timestampText } from '../../text/kinds/timestamps.ts';
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

const withoutSeconds = '2024-03-09 12:00'.length;
const withSeconds = '2024-03-09 12:00:00'.length;

/** Texts behind the seconds of a timestamp, the usual first. */
const endings: Readonly<Record<TimestampForm, readonly string[]>> = {
  'iso-datetime': ['Z', '.000Z', '', '+00:00', '.000', '.000000Z'],
  'sqlite-datetime': ['', '.000', '.000000'],
  'iso-date': [],
};

/** The lengths that timestamps of a form may have. */
export function timestampLengths(form: TimestampForm): number[] {
  if (form === 'iso-date') return ['2024-03-09'.length];
  return [...endings[form].map(({ length }) => withSeconds + length), withoutSeconds];
}

/** Timestamps in a span from the oldest on, in texts of a length that the form may have. */
export function timestampPart(share: number, form: TimestampForm, length: number, span: TimeSpan): Part[] {
  const { from, to } = secondsOf(span);
  const step = form === 'iso-date' ? day : length === withoutSeconds ? 60 : 1;
  const between = form === 'iso-datetime' ? 'T' : ' ';
  const width = length === withoutSeconds ? 5 : 8;
  const ending = endings[form].find((each) => withSeconds + each.length === length) ?? '';
  return orderedPart(share, Math.floor((to - from) / step) + 1, (place) => {
    const seconds = from + place * step;
    return form === 'iso-date' ? dateText(seconds / day) : timestampText(seconds, between, width, ending);
  });
}
