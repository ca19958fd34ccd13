import { affinityOf } from '../../sql/affinity.ts';
import { isCount, isMoment } from '../names.ts';
import { ofValue } from '../of-value.ts';
import { each, ofNumbers } from '../profile-rules.ts';

/** Text in a column made for numbers. */
export const textInNumber = ofValue({
  rank: 4,
  roles: ['number', 'list'],
  of: ({ column: { type }, table: { strict } }) =>
    strict || affinityOf(type) === 'text' || affinityOf(type) === 'blob' ? undefined : 'unknown',
  words: 'is a text',
  condition: "typeof(?) = 'text'",
  ruledOutBy: each(({ storage }) => storage.text === 0),
});

/** Text other than a number in a column whose texts are cast to numbers. */
export const wordForNumber = ofValue({
  rank: 4,
  roles: ['digits'],
  of: () => 'unknown',
  words: 'is text other than a number',
  condition: "? <> '' AND ? GLOB '*[^-+.0-9]*'",
});

/** Nothing, as a number. */
export const zero = ofValue({
  roles: ['number'],
  of: ({ plain }) => (plain === 0 ? undefined : 0),
  words: 'is 0',
  condition: '? = 0',
  ruledOutBy: each((column) => ofNumbers(column, (numbers) => numbers.zero === 0)),
});

/** A number below 0. */
export const negative = ofValue({
  roles: ['number'],
  of: () => -1,
  words: 'is negative',
  condition: '? < 0',
  ruledOutBy: each((column) => ofNumbers(column, (numbers) => numbers.negative === 0)),
});

/** An integer beyond 2^53. */
export const bigInteger = ofValue({
  roles: ['number'],
  of: ({ column: { name, type } }) =>
    affinityOf(type) === 'real' || isCount(name) || isMoment(name) ? undefined : 9_007_199_254_740_993n,
  words: 'is an integer beyond 2^53',
  condition: "typeof(?) = 'integer' AND ? > 9007199254740992",
  ruledOutBy: each((column) => ofNumbers(column, ({ unsafe }) => unsafe === 0)),
});
