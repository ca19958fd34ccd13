import type { TextFormat } from '../../model/column-profile.ts';
import type { TextKind } from './kind.ts';

/** The forms of timestamps that a profile tells apart: formats that begin with year and month. */
export const timestampForms = ['iso-datetime', 'sqlite-datetime', 'iso-date'] as const satisfies TextFormat[];

/** The form of a timestamp in a text. */
export type TimestampForm = (typeof timestampForms)[number];

/** Seconds of a day. */
export const day = 86_400;

const date = String.raw`\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])`;
const time = String.raw`(?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.\d{1,9})?)?`;

/** The columns that hold timestamps by their names, words joined by `_`. */
export const timestampNames = new RegExp(
  `(?:^|_)(?:${(
    'at date time timestamp datetime ts since until when expires expiry expiration created updated modified birthday ' +
      'birthdate dob at_ms at_utc starts ends started ended period_start period_end'
  ).replaceAll(' ', '|')})$|_(?:on|seen)$|^date_`,
);

/** `2024-03-09T12:00:00`, with or without a fraction and a zone. https://www.rfc-editor.org/rfc/rfc3339 */
export const isoDatetime = kindOf(new RegExp(String.raw`^${date}T${time}(?:Z|[+-]\d\d:?\d\d)?$`));

/** `2024-03-09 12:00:00`, as CURRENT_TIMESTAMP and `datetime()` write it. */
export const sqliteDatetime = kindOf(new RegExp(`^${date} ${time}$`));

/** `2024-03-09`. */
export const isoDate = kindOf(new RegExp(`^${date}$`));

function kindOf(pattern: RegExp): TextKind {
  return {
    names: timestampNames,
    recognises: (text) => pattern.test(text),
    write: ({ number }) => dateText(number),
    vary: earlier,
    letters: [],
  };
}

const parts = /^(\d{4}-\d\d-\d\d)(?:([T ])(\d\d:\d\d)(:\d\d)?(.*))?$/s;

/**
 * An earlier timestamp in the same form. One number moves all by the same time, so that a beginning still comes
 * before its end.
 */
function earlier(text: string, number: number): string {
  const [, start = '', between, clock, seconds, rest = ''] = parts.exec(text) ?? [];
  const milliseconds = Date.parse(`${start}T${clock ?? '00:00'}${seconds ?? ':00'}Z`);
  if (Number.isNaN(milliseconds)) return text;
  const back = (1 + (number % 997)) * day;
  // A day without a time is moved by whole days.
  const moved = milliseconds / 1000 - back - (clock === undefined ? 0 : number % 3_571);
  if (between === undefined || clock === undefined) return dateText(Math.floor(moved / day));
  return timestampStyle(between, seconds === undefined ? null : '').write(moved) + rest;
}

/**
 * Dates by days since 1970. They are kept, for making one takes longer than all the rest; there are some 60,000 at
 * most.
 */
const dates = new Map<number, string>();

/** `YYYY-MM-DD` of a number of days since 1970. */
export function dateText(days: number): string {
  const known = dates.get(days);
  if (known !== undefined) return known;
  const text = new Date(days * day * 1000).toISOString().slice(0, 10);
  dates.set(days, text);
  return text;
}

const twoDigits = Array.from({ length: 60 }, (_, number) => String(number).padStart(2, '0'));
const minutes = twoDigits.slice(0, 24).flatMap((hour) => twoDigits.map((minute) => `${hour}:${minute}:`));

/** `hh:mm:ss` of a second of the day. */
export function timeText(second: number): string {
  const minute = Math.floor(second / 60);
  return `${minutes[minute]}${twoDigits[second - minute * 60]}`;
}

/** A way to write a time in a text. */
export interface TimestampStyle {
  readonly length: number;
  /** The seconds from one text to the next. */
  readonly step: number;
  /** Writes seconds since 1970. */
  readonly write: (seconds: number) => string;
}

/** A date and a time. @param ending the fraction and the zone; null for a time without its seconds */
export function timestampStyle(between: string, ending: string | null): TimestampStyle {
  const width = ending === null ? 5 : 8;
  const write = (seconds: number): string => {
    const days = Math.floor(seconds / day);
    const clock = timeText(seconds - days * day);
    return dateText(days) + between + (width === 8 ? clock : clock.slice(0, width)) + (ending ?? '');
  };
  return { length: write(0).length, step: ending === null ? 60 : 1, write };
}

/** The styles of each form, the usual first. */
export const timestampStyles: Readonly<Record<TimestampForm, readonly [TimestampStyle, ...TimestampStyle[]]>> = {
  'iso-datetime': [
    timestampStyle('T', 'Z'),
    ...['.000Z', '', '+00:00', '.000', '.000000Z', null].map((ending) => timestampStyle('T', ending)),
  ],
  'sqlite-datetime': [
    timestampStyle(' ', ''),
    ...['.000', '.000000', null].map((ending) => timestampStyle(' ', ending)),
  ],
  'iso-date': [{ length: 10, step: day, write: (seconds) => dateText(Math.floor(seconds / day)) }],
};
