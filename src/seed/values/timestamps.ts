import type { Column } from '../../model/schema.ts';
import { contentOf } from './affinity.ts';
import { distinct, repeating, type Series } from './series.ts';
import { shuffle } from './streams.ts';

/** In seconds, as all times here. */
const day = 86_400;

const timestampWords =
  'at date time timestamp datetime ts since until when expires expiry expiration created updated modified birthday ' +
  'birthdate dob at_ms at_utc starts ends started ended period_start period_end';
const timestampNames = new RegExp(`(?:^|_)(?:${timestampWords.replaceAll(' ', '|')})$|_(?:on|seen)$|^date_`);

/** Defaults that tell the time. https://sqlite.org/lang_datefunc.html */
const clocks = /\b(?:current_(?:timestamp|date|time)|(?:date|time|datetime|julianday|unixepoch|strftime)\s*\()/i;

/** Where a column's timestamps lie. */
interface Offset {
  /** Days after the first timestamp of the row. */
  readonly days: number;
  /** How many times as far apart as the rows' first timestamps: people are not born within two years. */
  readonly stretch: number;
}

/** By words of the name, so that a row begins before it ends. */
const offsets: readonly (readonly [RegExp, Offset])[] = [
  [/birth|dob|born/, { days: -18 * 365, stretch: 20 }],
  [/expir|valid_until/, { days: 365, stretch: 1 }],
  [/(?:^|_)(?:end|ends|ended|until|due|closes|finish|finishes|next|to|deadline|stop)(?:_|$)/, { days: 30, stretch: 1 }],
  [
    /deleted|removed|revoked|archived|cancel|disabled|suspended|banned|blocked|trashed|retired|withdrawn|left|dismissed/,
    { days: 3, stretch: 1 },
  ],
  [
    /updated|modified|changed|edited|last|seen|accessed|refreshed|synced|finished|completed|closed/,
    { days: 2, stretch: 1 },
  ],
];

function offsetOf(name: string): Offset {
  return offsets.find(([pattern]) => pattern.test(name))?.[1] ?? { days: 0, stretch: 1 };
}

/** A day and an hour, so that dates differ and times of the day too. */
const step = day + 3_600;

/**
 * How many seconds a column's timestamps lie after the place that its name gives them, since another column has it already: a copy
 * that takes one for the other is to show.
 * @param earlier the names of the columns of timestamps that stand before it in its table.
 */
export function delayOf(earlier: readonly string[], name: string): number {
  const taken = new Set<string>();
  const next = (each: string): number => {
    const { days, stretch } = offsetOf(each);
    let steps = 0;
    while (taken.has(`${days + steps} ${stretch}`)) steps += 1;
    taken.add(`${days + steps} ${stretch}`);
    return steps * step;
  };
  earlier.forEach(next);
  return next(name);
}

/** Whether a column holds a timestamp, by its name (words joined by `_`) or its default. */
export function isTimestamp(column: Column, name: string): boolean {
  return timestampNames.test(name) || clocks.test(column.default ?? '');
}

/** When the newest rows began: some days before 2026, which is the present of all generated rows on whatever day. */
const newest = Date.UTC(2026, 0, 1) / 1000 - 4 * day;

/** 2^26 seconds are 777 days. */
const ageBits = 26;

/**
 * Timestamps in the form that the column's default, declared type and name ask for: ISO 8601 text or a number. Rows are up to
 * two years old, and no two began in the same second.
 * @param rows the key of the table's rows: the timestamps of one row share their first one, so that what begins it comes
 * before what ends it.
 * @param delay in seconds, beside a column whose name asks for the same.
 */
export function believableTimestamps(
  column: Column,
  name: string,
  rows: number,
  delay: number,
): Series<string | number> {
  const { days, stretch } = offsetOf(name);
  const form = formOf(column, name);
  const write = writer(form);
  const age = shuffle(rows, ageBits);
  const latest = newest + days * day + delay;
  const at = (index: number): string | number => write(latest - age(index) * stretch);
  if (form === 'date') return repeating(at, (index) => write(everyDay(index)));
  return form === 'time' ? repeating(at, everySecond) : distinct(at);
}

/** Another day for each index: the last ones, back to 1900, and then those to come. */
function everyDay(index: number): number {
  const daysBack = 46_000;
  return newest + (index < daysBack ? -index : index - daysBack + 1) * day;
}

/** Every second of a day, then the same with a fraction. */
function everySecond(index: number): string {
  const round = Math.floor(index / day);
  return timeOf(index % day) + (round === 0 ? '' : `.${String(round).padStart(3, '0')}`);
}

type Form = 'seconds' | 'milliseconds' | 'date' | 'time' | 'sql' | 'iso' | 'iso-seconds';

/** The default tells it best, for it is what the application's own rows hold. https://sqlite.org/lang_datefunc.html */
function formOf(column: Column, name: string): Form {
  const expression = (column.default ?? '').toLowerCase();
  const type = column.type.toUpperCase();
  if (/unixepoch|julianday/.test(expression) || column.default?.includes('%s'))
    return /1000/.test(expression) ? 'milliseconds' : 'seconds';
  if (/\dt%h|dt%h/.test(expression)) return expression.includes('%f') ? 'iso' : 'iso-seconds';
  if (/^\(*\s*(?:current_date|date\s*\()/.test(expression)) return 'date';
  if (/^\(*\s*(?:current_time\b|time\s*\()/.test(expression)) return 'time';
  if (/current_timestamp|datetime\s*\(|%d %h/.test(expression)) return 'sql';
  const content = contentOf(column.type);
  if (content === 'integer' || content === 'real') return /_ms$|milli/.test(name) ? 'milliseconds' : 'seconds';
  if (type === 'DATE') return 'date';
  if (type === 'TIME') return 'time';
  if (content === 'timestamp') return 'sql';
  return /_on$|date$|day$|dob$/.test(name) ? 'date' : 'iso';
}

/** Dates by days since 1970. They are kept, for making one takes longer than all the rest; there are some 60,000 at most. */
const dates = new Map<number, string>();

/** `YYYY-MM-DD` of a number of days since 1970. */
function dateOf(date: number): string {
  const known = dates.get(date);
  if (known !== undefined) return known;
  const text = new Date(date * day * 1000).toISOString().slice(0, 10);
  dates.set(date, text);
  return text;
}

/** Writes seconds since 1970 in a form. */
function writer(form: Form): (seconds: number) => string | number {
  const joined = (seconds: number, between: string, end: string): string => {
    const date = Math.floor(seconds / day);
    return dateOf(date) + between + timeOf(seconds - date * day) + end;
  };
  switch (form) {
    case 'seconds':
      return (seconds) => seconds;
    case 'milliseconds':
      return (seconds) => seconds * 1000;
    case 'date':
      return (seconds) => dateOf(Math.floor(seconds / day));
    case 'time':
      return (seconds) => timeOf(seconds - Math.floor(seconds / day) * day);
    case 'sql':
      return (seconds) => joined(seconds, ' ', '');
    case 'iso-seconds':
      return (seconds) => joined(seconds, 'T', 'Z');
    case 'iso':
      return (seconds) => joined(seconds, 'T', '.000Z');
  }
}

const twoDigits = Array.from({ length: 60 }, (_, number) => String(number).padStart(2, '0'));

/** `hh:mm:ss` of a second of the day. */
function timeOf(second: number): string {
  const minute = Math.floor(second / 60);
  return `${twoDigits[Math.floor(minute / 60)]}:${twoDigits[minute % 60]}:${twoDigits[second % 60]}`;
}
