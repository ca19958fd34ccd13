import { affinityOf } from '../../sql/affinity.ts';
import { quoteName } from '../../sql/quote.ts';
import { isNeverEmpty } from '../names.ts';
import { ofValue } from '../of-value.ts';
import { each, looked, ofTexts } from '../profile-rules.ts';
import type { HazardSort } from '../sort.ts';

/** A text of no letters. */
export const emptyText = ofValue({
  roles: ['text', 'digits', 'list', 'document', 'timestamp'],
  of: ({ plain, column: { name, type } }) =>
    affinityOf(type) === 'integer' || affinityOf(type) === 'real' || isNeverEmpty(name, plain) ? undefined : '',
  words: 'is an empty text',
  condition: "? = ''",
  ruledOutBy: each((column) => ofTexts(column, ({ empty }) => empty === 0)),
});

/** White space before and after a text. */
export const paddedText = ofValue({
  roles: ['text'],
  inKeys: true,
  of: ({ plain }) => (typeof plain === 'string' ? ` ${plain} ` : undefined),
  words: 'has white space round it',
  condition: '? <> trim(?)',
  ruledOutBy: looked(({ outerSpace }) => outerSpace === 0),
});

/** A number whose zeros a numeric column drops. */
export const leadingZeros = ofValue({
  roles: ['text', 'digits'],
  inKeys: true,
  of: ({ tag }) => `00${tag}`,
  words: 'is a number with zeros before it',
  condition: "? GLOB '0[0-9]*'",
  ruledOutBy: looked(({ leadingZero }) => leadingZero === 0),
});

/** Longer than what 16 bits count and than a LIKE pattern may be (https://sqlite.org/limits.html). */
const long = 65_536;

/** A text that is longer than what most code expects. */
export const longText = ofValue({
  roles: ['text'],
  of: ({ plain, tag }) => `${plain ?? tag}`.padEnd(long, ' and so on'),
  words: 'is very long',
  condition: `length(?) >= ${long}`,
});

/** Letters with combining marks, an emoji of several code points, Hebrew. */
export const unicodeText = ofValue({
  roles: ['text'],
  inKeys: true,
  of: ({ tag }) => `Zoe\u0308 n\u0303 \u{1f469}\u200d\u{1f680} \u05e9\u05dc\u05d5\u05dd ${tag}`,
  words: 'has letters beyond ASCII',
  condition: "? GLOB '*[^ -~]*'",
  ruledOutBy: looked(({ nonAscii }) => nonAscii === 0),
});

/** Two texts that differ in the case of their letters; words that code compares are written by code. */
export const caseVariant: HazardSort<'case-variant'> = {
  rank: 5,
  describe: ({ table, column }) => ({
    needs: `two rows of ${table} whose ${column} differs in the case of its letters alone`,
    query: `SELECT lower(${quoteName(column)}), count(*) FROM ${quoteName(table)} GROUP BY 1 HAVING count(DISTINCT ${quoteName(column)} COLLATE BINARY) > 1`,
  }),
  ruledOutBy: each((column) => column.caseVariants === 0 && ofTexts(column, () => true)),
  isTwin: true,
  isSecondRow: false,
  value: {
    roles: ['text'],
    inKeys: true,
    of: ({ plain }) => (typeof plain === 'string' ? otherCase(plain) : undefined),
  },
};

function otherCase(text: string): string | undefined {
  const upper = text.charAt(0).toUpperCase() + text.slice(1);
  const other = upper === text ? text.toUpperCase() : upper;
  if (other !== text) return other;
  return text.toLowerCase() === text ? undefined : text.toLowerCase();
}
