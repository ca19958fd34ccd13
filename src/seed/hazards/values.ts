import type { SqlValue } from '../../model/connection.ts';
import type { HazardKind } from '../../model/hazard.ts';
import type { Column, Table } from '../../model/schema.ts';
import { quoteName } from '../../sql/quote.ts';
import { words } from '../reading/names.ts';
import { affinityOf } from '../values/affinity.ts';
import { isCountName } from '../values/numbers.ts';
import { streamKey } from '../values/streams.ts';
import { isHandle } from './handles.ts';
import type { Role } from './roles.ts';

/** An awkward value of one column, with the words and the condition that tell it from others. */
export interface AwkwardValue {
  readonly kind: HazardKind;
  /** The columns that can hold it, by what they are made for. */
  readonly roles: readonly Role[];
  /** Whether the row carries all else of the plain row too, because it is the likeness that is awkward. */
  readonly twin?: boolean;
  /** @returns the value, or undefined where the column has none of the kind. */
  readonly value: (plain: SqlValue, column: Column, table: Table) => SqlValue | undefined;
  /** What the column does in such a row: `is NULL`. */
  readonly words: string;
  /** The condition that production's rows are asked for; `?` stands for the column. */
  readonly condition: string;
}

/** Longer than what 16 bits count and than a LIKE pattern may be (https://sqlite.org/limits.html). */
const long = 65_536;

/** The awkward values, the most believable first. */
export const awkwardValues: readonly AwkwardValue[] = [
  {
    kind: 'malformed-json',
    roles: ['document'],
    value: (plain) => (typeof plain === 'string' ? plain.slice(0, Math.max(1, plain.length - 1)) : '{"a":'),
    words: 'is not JSON',
    condition: 'NOT json_valid(?)',
  },
  {
    kind: 'text-in-number',
    roles: ['number', 'list'],
    value: (_, { type }, { strict }) =>
      strict || affinityOf(type) === 'text' || affinityOf(type) === 'blob' ? undefined : 'unknown',
    words: 'is a text',
    condition: "typeof(?) = 'text'",
  },
  {
    kind: 'empty-text',
    roles: ['text', 'list', 'document', 'moment'],
    value: (plain, column) =>
      affinityOf(column.type) === 'integer' || affinityOf(column.type) === 'real' || isNeverEmpty(column, plain)
        ? undefined
        : '',
    words: 'is an empty text',
    condition: "? = ''",
  },
  {
    kind: 'empty-json',
    roles: ['document'],
    value: (plain) => (typeof plain === 'string' && plain.trimStart().startsWith('[') ? '[]' : '{}'),
    words: 'is an empty document',
    condition: "? IN ('{}', '[]')",
  },
  {
    kind: 'padded-text',
    roles: ['text'],
    value: (plain) => (typeof plain === 'string' ? ` ${plain} ` : undefined),
    words: 'has white space round it',
    condition: '? <> trim(?)',
  },
  {
    kind: 'leading-zeros',
    roles: ['text'],
    value: (_, column, table) => `00${tagOf(column, table)}`,
    words: 'is a number with zeros before it',
    condition: "? GLOB '0[0-9]*'",
  },
  {
    kind: 'long-text',
    roles: ['text'],
    value: (plain, column, table) => `${plain ?? tagOf(column, table)}`.padEnd(long, ' and so on'),
    words: 'is very long',
    condition: `length(?) >= ${long}`,
  },
  {
    kind: 'unicode-text',
    roles: ['text'],
    // Letters with combining marks, an emoji of several code points, Hebrew.
    value: (_, column, table) =>
      `Zoe\u0308 n\u0303 \u{1f469}\u200d\u{1f680} \u05e9\u05dc\u05d5\u05dd ${tagOf(column, table)}`,
    words: 'has letters beyond ASCII',
    condition: "? GLOB '*[^ -~]*'",
  },
  {
    kind: 'zero',
    roles: ['number'],
    value: (plain) => (plain === 0 ? undefined : 0),
    words: 'is 0',
    condition: '? = 0',
  },
  { kind: 'negative', roles: ['number'], value: () => -1, words: 'is negative', condition: '? < 0' },
  {
    kind: 'big-integer',
    roles: ['number'],
    value: (_, column) => (affinityOf(column.type) === 'real' || counts(column) ? undefined : 9_007_199_254_740_993n),
    words: 'is an integer beyond 2^53',
    condition: "typeof(?) = 'integer' AND ? > 9007199254740992",
  },
  {
    kind: 'zero-date',
    roles: ['moment'],
    // An application that writes a moment takes it from a clock; days are typed in, or come from another database.
    value: (plain, column, table) => (isDay(plain) ? likeMoment('0000-00-00')(plain, column, table) : undefined),
    words: 'is the date 0000-00-00',
    condition: "? LIKE '0000-%'",
  },
  {
    kind: 'leap-day',
    roles: ['moment'],
    value: likeMoment('2024-02-29'),
    words: 'is a 29 February',
    condition: "? LIKE '%-02-29%'",
  },
  {
    kind: 'zoned-time',
    roles: ['moment'],
    value: (plain) => (typeof plain === 'string' ? `${plain.slice(0, 10)}T23:30:00+05:30` : undefined),
    words: 'names a time zone',
    condition: "? GLOB '*[+-][0-9][0-9]:[0-9][0-9]'",
  },
  {
    kind: 'far-past',
    roles: ['moment'],
    value: likeMoment('1752-09-14'),
    words: 'lies before 1900',
    condition: "? GLOB '[0-9][0-9][0-9][0-9]-*' AND ? < '1900'",
  },
  {
    kind: 'far-future',
    roles: ['moment'],
    value: likeMoment('9999-12-31'),
    words: 'lies after 2100',
    condition: "? GLOB '[0-9][0-9][0-9][0-9]-*' AND ? >= '2100'",
  },
  {
    kind: 'epoch-date',
    roles: ['moment'],
    value: (plain) => (typeof plain === 'string' ? '1760000000' : undefined),
    words: 'is a number of seconds where others are dates',
    condition: "? <> '' AND ? NOT GLOB '*[^0-9]*'",
  },
  {
    kind: 'case-variant',
    roles: ['text'],
    twin: true,
    value: (plain) => (typeof plain === 'string' ? otherCase(plain) : undefined),
    words: '',
    condition: '',
  },
];

/** Whether a text points at something or is drawn at random, so that no application leaves it empty. */
function isNeverEmpty({ name }: Column, plain: SqlValue): boolean {
  return /(?:^|_)(?:path|file|filename|url|uri|href|id|slug|key)$/.test(words(name).join('_')) || isHandle(name, plain);
}

/** Whether a number counts or orders something: it does not come to 2^53. */
function counts({ name }: Column): boolean {
  return isCountName(words(name).join('_'));
}

function isDay(plain: SqlValue): boolean {
  return typeof plain === 'string' && plain.length === 10;
}

/** The condition with the name of the column in it. */
export function conditionOn(condition: string, column: string): string {
  return condition.replaceAll('?', () => quoteName(column));
}

/** A number of three digits that other columns hardly have: a value that is awkward is not to be a duplicate besides. */
function tagOf({ name }: Column, table: Table): number {
  return 100 + (streamKey(0, table.name, name) % 900);
}

/** A moment of another day in the form of the plain one. */
function likeMoment(day: string): AwkwardValue['value'] {
  return (plain) => (typeof plain === 'string' ? day + plain.slice(10) : undefined);
}

function otherCase(text: string): string | undefined {
  const upper = text.charAt(0).toUpperCase() + text.slice(1);
  const other = upper === text ? text.toUpperCase() : upper;
  if (other !== text) return other;
  return text.toLowerCase() === text ? undefined : text.toLowerCase();
}
