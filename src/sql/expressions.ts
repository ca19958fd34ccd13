import type { Expression } from '../model/change.ts';
import { readLookup } from './lookup-text.ts';
import { closing, items, outsideAt, withoutParentheses } from './nesting.ts';
import { foldName, unquote } from './quote.ts';
import { readScaling } from './scaling.ts';
import { foldedColumn, type Word } from './words.ts';

/**
 * Reads what the tokens of an expression tell: which names stand in it, whether it is one text, whether it only converts
 * one column, and whether it says itself where it is NULL.
 */
export function readExpression(words: readonly Word[]): Expression {
  const bare = withoutParentheses(words);
  const [first] = bare;
  const has = (keys: ReadonlySet<string>): boolean => words.some(({ key }) => keys.has(key));
  return {
    names: columnNamesIn(words),
    converts: convertedColumn(bare),
    keeps: keptColumn(bare),
    isColumn: foldedColumn(bare) !== null,
    text: bare.length === 1 && first !== undefined ? textOf(first) : null,
    choosesNull: has(choosing) || (bare.length === 1 && first?.key === 'NULL'),
    mapsWords: isMapping(bare),
    lookup: readLookup(words, 0),
    scales: readScaling(bare),
    looksUp: has(selecting),
    extracts: has(extracting),
    makesText: writesMoment(words) || bare.some(({ kind }, i) => kind === 'string' && mayBeResult(bare, i)),
  };
}

/** Whether it writes a moment out as text that is no number. */
function writesMoment(words: readonly Word[]): boolean {
  return words.some(({ key }, i) => writing.has(key) && !givesDigits(words, i));
}

/** Whether a function is a STRFTIME of digits alone, such as seconds since 1970: https://sqlite.org/lang_datefunc.html */
function givesDigits(words: readonly Word[], at: number): boolean {
  const [name, open, format] = words.slice(at, at + 3);
  return name?.key === 'STRFTIME' && open?.text === '(' && /^'(?:%[sYmdHMSjwuJ])+'$/.test(format?.text ?? '');
}

/** Whether a string may be a part of the value: it is not what something is compared with, and no argument of a function that gives a number. */
function mayBeResult(words: readonly Word[], at: number): boolean {
  const [before, after] = [words[at - 1]?.key ?? '', words[at + 1]?.key ?? ''];
  if (comparing.has(before) || (before === 'WHEN' && after === 'THEN')) return false;
  return !words.some(
    ({ key }, i) =>
      i < at &&
      words[i + 1]?.text === '(' &&
      closing(words, i + 1) > at &&
      (counting.has(key) || givesDigits(words, i)),
  );
}

const comparing: ReadonlySet<string> = new Set(['LIKE', 'GLOB', '=', '==', '<>', '!=', '<', '>', '<=', '>=', 'IS']);
const counting: ReadonlySet<string> = new Set(['UNIXEPOCH', 'JULIANDAY', 'LENGTH', 'INSTR', 'UNICODE']);
const castingTo: ReadonlySet<string> = new Set(['AS']);
const choosing: ReadonlySet<string> = new Set(['CASE', 'NULLIF', 'IIF', 'IF']);
const selecting: ReadonlySet<string> = new Set(['SELECT']);
/** https://sqlite.org/lang_datefunc.html: unixepoch and julianday are numbers. */
const writing: ReadonlySet<string> = new Set([
  'CURRENT_DATE',
  'CURRENT_TIME',
  'CURRENT_TIMESTAMP',
  'DATE',
  'DATETIME',
  'STRFTIME',
  'TIME',
]);
/** Functions and operators that take a part out of a document and leave the rest: https://sqlite.org/json1.html */
const extracting: ReadonlySet<string> = new Set(['JSON_EXTRACT', 'JSONB_EXTRACT', 'JSON_EACH', '->', '->>']);

/** The names, folded, that may be columns: neither functions nor what stands before a dot. */
export function columnNamesIn(words: readonly Word[]): string[] {
  const names = words.flatMap(({ kind, text }, at) => {
    const next = words[at + 1]?.text;
    const isName = (kind === 'word' && next !== '(') || kind === 'name';
    return isName && next !== '.' ? [foldName(unquote(text))] : [];
  });
  return [...new Set(names)];
}

/**
 * Whether it is `CASE … WHEN … THEN value … END` without ELSE, whose every value is written out and not NULL: the list of the
 * words that its author knew.
 */
function isMapping(words: readonly Word[]): boolean {
  const [first, last] = [words[0], words.at(-1)];
  if (first?.key !== 'CASE' || last?.key !== 'END') return false;
  const inner = words.slice(1, -1);
  if (inner.some(({ key }) => key === 'CASE' || key === 'ELSE' || key === 'SELECT')) return false;
  const results = inner.flatMap(({ key }, at) => (key === 'THEN' ? [at + 1] : []));
  const isWritten = (at: number): boolean => {
    const [value, next] = [inner[at], inner[at + 1]];
    const isLiteral =
      value?.kind === 'string' || value?.kind === 'number' || value?.key === 'TRUE' || value?.key === 'FALSE';
    return isLiteral && (next === undefined || next.key === 'WHEN');
  };
  return results.length > 1 && results.every(isWritten);
}

/** A string, or what is one where no column has that name. https://sqlite.org/quirks.html#dblquote */
function textOf({ kind, text }: Word): Expression['text'] {
  if (kind === 'string') return text.startsWith("'") ? { value: unquote(text), isName: false } : null;
  return kind === 'name' && text.startsWith('"') ? { value: unquote(text), isName: true } : null;
}

/** The column, folded, that is the first argument of COALESCE or IFNULL; null for any other expression. */
function keptColumn(words: readonly Word[]): string | null {
  const [first, second] = words;
  if (first?.key !== 'COALESCE' && first?.key !== 'IFNULL') return null;
  if (second?.text !== '(' || closing(words, 1) !== words.length - 1) return null;
  return foldedColumn(withoutParentheses(items(words.slice(2, -1))[0] ?? []));
}

/** The column, folded, of `CAST(c AS T)`, `c + 0` and `c * 1`, by itself or as the first argument of COALESCE. */
function convertedColumn(words: readonly Word[]): string | null {
  const [first, second] = words;
  if (first === undefined) return null;
  if (second?.text === '(' && closing(words, 1) === words.length - 1) {
    const parts = items(words.slice(2, -1));
    if (first.key === 'CAST') return castColumn(words.slice(2, -1));
    if (first.key !== 'COALESCE' && first.key !== 'IFNULL') return null;
    const [head, ...others] = parts;
    const isFilled = head !== undefined && others.every((part) => columnNamesIn(part).length === 0);
    return isFilled ? convertedColumn(withoutParentheses(head)) : null;
  }
  const at = words.findIndex(({ key }) => key === '+' || key === '*');
  if (at < 0 || words.some((word, i) => i !== at && isOperator(word))) return null;
  const neutral = words[at]?.key === '+' ? /^0(\.0*)?$/ : /^1(\.0*)?$/;
  const [left, right] = [words.slice(0, at), words.slice(at + 1)];
  if (right.length === 1 && neutral.test(right[0]?.text ?? '')) return foldedColumn(left);
  return left.length === 1 && neutral.test(left[0]?.text ?? '') ? foldedColumn(right) : null;
}

function castColumn(words: readonly Word[]): string | null {
  const as = outsideAt(words, castingTo);
  return as < 0 ? null : foldedColumn(withoutParentheses(words.slice(0, as)));
}

function isOperator({ kind, text }: Word): boolean {
  return kind === 'symbol' && text !== '.';
}
