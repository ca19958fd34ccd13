import type { Expression } from '../model/change.ts';
import { affinityOf } from './affinity.ts';
import { closing, items, outsideAt, withoutParentheses } from './nesting.ts';
import { foldedColumn, type Word } from './words.ts';

/**
 * Reads an expression that is one column times or by a number, whatever ROUND, CAST and COALESCE make of it:
 * `CAST(price * 100 AS INTEGER)`, `round(cents / 100, 2)`; null for any other.
 */
export function readScaling(words: readonly Word[]): Expression['scales'] {
  const bare = withoutParentheses(words);
  const [first, second] = bare;
  if (first === undefined) return null;
  if (second?.text === '(' && closing(bare, 1) === bare.length - 1) {
    const argument = bare.slice(2, -1);
    if (first.key === 'CAST') {
      const as = outsideAt(argument, casting);
      const inner = as < 0 ? null : readScaling(argument.slice(0, as));
      const isRounded = argument.some(({ key }) => key === 'ROUND');
      return inner && { ...inner, truncates: inner.truncates || (isInteger(argument.slice(as + 1)) && !isRounded) };
    }
    return wrapping.has(first.key) ? readScaling(items(argument)[0] ?? []) : null;
  }
  const at = bare.findIndex(({ key }) => key === '*' || key === '/');
  if (at < 0) return null;
  const operator = bare[at]?.key === '*' ? '*' : '/';
  const [left, right] = [withoutParentheses(bare.slice(0, at)), withoutParentheses(bare.slice(at + 1))];
  const [column, by] = operator === '*' && isNumber(left) ? [right, left] : [left, right];
  const cut = operator === '*' ? columnCut(column) : null;
  const name = cut ?? foldedColumn(column);
  if (name === null || !isNumber(by)) return null;
  return { column: name, operator, by: by[0]?.text ?? '', truncates: false, isCut: cut !== null };
}

/** The column that CAST makes an integer of, or ROUND a whole number, and nothing else; null for any other thing. */
function columnCut(words: readonly Word[]): string | null {
  const [first, second] = words;
  if (first === undefined || second?.text !== '(' || closing(words, 1) !== words.length - 1) return null;
  const argument = words.slice(2, -1);
  if (first.key === 'ROUND') {
    const [rounded = [], digits] = items(argument);
    return digits === undefined || digits[0]?.text === '0' ? foldedColumn(rounded) : null;
  }
  const as = first.key === 'CAST' ? outsideAt(argument, casting) : -1;
  return as < 0 || !isInteger(argument.slice(as + 1)) ? null : foldedColumn(argument.slice(0, as));
}

function isInteger(type: readonly Word[]): boolean {
  return affinityOf(type.map(({ text }) => text).join(' ')) === 'integer';
}

function isNumber([first, second]: readonly Word[]): boolean {
  return first?.kind === 'number' && second === undefined;
}

const casting: ReadonlySet<string> = new Set(['AS']);
const wrapping: ReadonlySet<string> = new Set(['ROUND', 'COALESCE', 'IFNULL', 'ABS']);
