import { ofValue } from '../of-value.ts';
import type { AwkwardValue } from '../sort.ts';

/** The day that MySQL's dumps have for no day; a timestamp with a time comes from a clock. */
export const zeroDate = ofValue({
  roles: ['timestamp'],
  of: (place) =>
    typeof place.plain === 'string' && place.plain.length === 10 ? likeTimestamp('0000-00-00')(place) : undefined,
  words: 'is the date 0000-00-00',
  condition: "? LIKE '0000-%'",
});

/** A day that most years do not have. */
export const leapDay = ofValue({
  roles: ['timestamp'],
  of: likeTimestamp('2024-02-29'),
  words: 'is a 29 February',
  condition: "? LIKE '%-02-29%'",
});

/** A timestamp of another time zone than UTC. */
export const zonedTime = ofValue({
  roles: ['timestamp'],
  of: ({ plain }) => (typeof plain === 'string' ? `${plain.slice(0, 10)}T23:30:00+05:30` : undefined),
  words: 'names a time zone',
  condition: "? GLOB '*[+-][0-9][0-9]:[0-9][0-9]'",
});

/** A day before 1900. */
export const farPast = ofValue({
  roles: ['timestamp'],
  of: likeTimestamp('1752-09-14'),
  words: 'lies before 1900',
  condition: "? GLOB '[0-9][0-9][0-9][0-9]-*' AND ? < '1900'",
});

/** A day after 2100. */
export const farFuture = ofValue({
  roles: ['timestamp'],
  of: likeTimestamp('9999-12-31'),
  words: 'lies after 2100',
  condition: "? GLOB '[0-9][0-9][0-9][0-9]-*' AND ? >= '2100'",
});

/** Seconds since 1970 among dates that are written out. */
export const epochDate = ofValue({
  roles: ['timestamp'],
  of: ({ plain }) => (typeof plain === 'string' ? '1760000000' : undefined),
  words: 'is a number of seconds where others are dates',
  condition: "? <> '' AND ? NOT GLOB '*[^0-9]*'",
});

/** A timestamp of another day in the form of the plain one. */
function likeTimestamp(day: string): AwkwardValue['of'] {
  return ({ plain }) => (typeof plain === 'string' ? day + plain.slice(10) : undefined);
}
