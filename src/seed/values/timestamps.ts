import type { Column } from '../../model/schema.ts';
import { day, timestampNames, timestampStyle, timestampStyles, timeText } from '../../text/kinds/timestamps.ts';
import { contentOf } from './affinity.ts';
import type { KindRequest, ValueKind } from './kind.ts';
import { distinct, repeating, type Series } from './series.ts';
import { shuffle } from './streams.ts';

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
 * How many seconds a column's timestamps lie after the place that its name gives them, since another column has it
 * already: a copy that takes one for the other is to show.
 * @param earlier the names of the columns of timestamps that stand before it in its table.
 */
function delayOf(earlier: readonly string[], name: string): number {
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

/** Timestamps by the declared type, the name or the default. */
export const timestampKinds: readonly ValueKind[] = [
  { names: null, contents: ['timestamp'], evident: true, series: timestamps },
  {
    ...{ names: timestampNames, defaults: clocks, contents: ['integer', 'real', 'text', 'anything'], evident: true },
    series: timestamps,
  },
];

/** When the newest rows began: some days before 2026, which is the present of all generated rows on whatever day. */
const newest = Date.UTC(2026, 0, 1) / 1000 - 4 * day;

/** 2^26 seconds are 777 days. */
const ageBits = 26;

/**
 * Timestamps in the form that the column's default, declared type and name ask for: ISO 8601 text or a number. Rows
 * are up to two years old, and no two began in the same second. Those of one row share their first one, so that what
 * begins it comes before what ends it.
 */
function timestamps({ column, name, rows, earlier }: KindRequest): Series<string | number> {
  const { days, stretch } = offsetOf(name);
  const form = formOf(column, name);
  const write = writers[form];
  const age = shuffle(rows, ageBits);
  const latest = newest + days * day + delayOf(earlier(), name);
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
  return timeText(index % day) + (round === 0 ? '' : `.${String(round).padStart(3, '0')}`);
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

/** Writes seconds since 1970 in a form. */
const writers: Readonly<Record<Form, (seconds: number) => string | number>> = {
  seconds: (seconds) => seconds,
  milliseconds: (seconds) => seconds * 1000,
  date: timestampStyles['iso-date'][0].write,
  time: (seconds) => timeText(seconds - Math.floor(seconds / day) * day),
  sql: timestampStyles['sqlite-datetime'][0].write,
  'iso-seconds': timestampStyles['iso-datetime'][0].write,
  iso: timestampStyle('T', '.000Z').write,
};
