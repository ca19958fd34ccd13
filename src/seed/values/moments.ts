import type { SqlValue } from '../../model/connection.ts';
import type { Column } from '../../model/schema.ts';
import { contentOf } from './affinity.ts';
import type { Draw } from './draw.ts';

const day = 86_400_000;

const momentWords =
  'at date time timestamp datetime ts since until when expires expiry expiration created updated modified birthday ' +
  'birthdate dob at_ms at_utc starts ends started ended period_start period_end';
const momentNames = new RegExp(`(?:^|_)(?:${momentWords.replaceAll(' ', '|')})$|_(?:on|seen)$|^date_`);

/** Defaults that tell the time. https://sqlite.org/lang_datefunc.html */
const clocks = /\b(?:current_(?:timestamp|date|time)|(?:date|time|datetime|julianday|unixepoch|strftime)\s*\()/i;

/** Days after the first moment of a row, by words of the name, so that a row begins before it ends. */
const offsets: readonly (readonly [RegExp, number])[] = [
  [/birth|dob|born/, -12_000],
  [/expir|valid_until/, 365],
  [/(?:^|_)(?:end|ends|ended|until|due|closes|finish|finishes|next|to|deadline|stop)(?:_|$)/, 30],
  [/updated|modified|changed|edited|last|seen|accessed|refreshed|synced|finished|completed|closed/, 2],
];

/** Whether a column holds a moment, by its name (words joined by `_`) or its default. */
export function isMoment(column: Column, name: string): boolean {
  return momentNames.test(name) || clocks.test(column.default ?? '');
}

/** A moment in the form that the column's default, declared type and name ask for: ISO 8601 text or seconds. */
export function moment(column: Column, name: string, draw: Draw): SqlValue {
  const base = Date.UTC(2025, 0, 6) + draw.integer(0, 300) * day + draw.integer(8 * 3600, 17 * 3600) * 1000;
  const offset = offsets.find(([pattern]) => pattern.test(name))?.[1] ?? 0;
  return inForm(new Date(base + offset * day), formOf(column, name));
}

type Form = 'seconds' | 'milliseconds' | 'date' | 'time' | 'sql' | 'iso' | 'iso-seconds';

/** The default tells it best, for it is what the application's own rows hold. https://sqlite.org/lang_datefunc.html */
function formOf(column: Column, name: string): Form {
  const expression = (column.default ?? '').toLowerCase();
  const type = column.type.toUpperCase();
  if (/unixepoch|%s|julianday/.test(expression)) return /1000/.test(expression) ? 'milliseconds' : 'seconds';
  if (/\dt%h|dt%h/.test(expression)) return expression.includes('%f') ? 'iso' : 'iso-seconds';
  if (/^\(*\s*(?:current_date|date\s*\()/.test(expression)) return 'date';
  if (/^\(*\s*(?:current_time\b|time\s*\()/.test(expression)) return 'time';
  if (/current_timestamp|datetime\s*\(/.test(expression)) return 'sql';
  const content = contentOf(column.type);
  if (content === 'integer' || content === 'real') return /_ms$|milli/.test(name) ? 'milliseconds' : 'seconds';
  if (type === 'DATE') return 'date';
  if (type === 'TIME') return 'time';
  if (content === 'moment') return 'sql';
  return /_on$|date$|day$|dob$/.test(name) ? 'date' : 'iso';
}

function inForm(date: Date, form: Form): SqlValue {
  const iso = date.toISOString();
  switch (form) {
    case 'seconds':
      return date.getTime() / 1000;
    case 'milliseconds':
      return date.getTime();
    case 'date':
      return iso.slice(0, 10);
    case 'time':
      return iso.slice(11, 19);
    case 'sql':
      return iso.slice(0, 19).replace('T', ' ');
    case 'iso-seconds':
      return `${iso.slice(0, 19)}Z`;
    case 'iso':
      return iso;
  }
}
