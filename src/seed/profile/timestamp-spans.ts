import type { TimeSpan } from '../../model/column-profile.ts';
import { dateText, day, type TimestampForm, timestampText } from '../../text/kinds/timestamps.ts';
import type { Values } from './parts.ts';

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

/** In seconds, as all times here. */
const minute = 60;

/** Ends of a timestamp that is written out, by the length of the text. */
const endings: Readonly<Record<TimestampForm, readonly (readonly [length: number, ending: string])[]>> = {
  'iso-datetime': [
    [20, 'Z'],
    [24, '.000Z'],
    [19, ''],
    [25, '+00:00'],
    [23, '.000'],
    [27, '.000000Z'],
    [16, 'short'],
  ],
  'sqlite-datetime': [
    [19, ''],
    [23, '.000'],
    [16, 'short'],
    [26, '.000000'],
  ],
  'iso-date': [[10, '']],
};

/** The lengths that timestamps of a form may have. */
export function timestampLengths(form: TimestampForm): readonly number[] {
  return endings[form].map(([length]) => length);
}

/** How many different timestamps of a form lie in a span. */
export function timestampCapacity(form: TimestampForm, length: number, span: TimeSpan): number {
  const { from, to } = secondsOf(span);
  return Math.floor((to - from) / resolution(form, length)) + 1;
}

/** Timestamps in a span from the oldest on, in texts of a length that the form may have. */
export function timestamps(form: TimestampForm, length: number, span: TimeSpan, groups: number): Values {
  const ending = endings[form].find(([candidate]) => candidate === length)?.[1] ?? '';
  const step = resolution(form, length);
  const places = timestampCapacity(form, length, span);
  const { from } = secondsOf(span);
  return (group) => {
    // Those beyond the last one come after the span.
    const place = group < groups ? spread(group, groups, places) : places + group - groups;
    const seconds = from + place * step;
    if (form === 'iso-date') return dateText(Math.floor(seconds / day));
    const isShort = ending === 'short';
    return timestampText(seconds, form === 'iso-datetime' ? 'T' : ' ', isShort ? 5 : 8, isShort ? '' : ending);
  };
}

/** Puts `group` of `groups` among more `places`, the first first and the last last. */
export function spread(group: number, groups: number, places: number): number {
  if (groups < 2) return places - 1;
  return Math.floor((group / (groups - 1)) * Math.max(0, places - groups)) + group;
}

function resolution(form: TimestampForm, length: number): number {
  if (form === 'iso-date') return day;
  return length === 16 ? minute : 1;
}
