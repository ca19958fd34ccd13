import type { Expression } from '../model/change.ts';
import { columnNamesIn, readExpression } from './expressions.ts';
import { clause, items } from './nesting.ts';
import { foldName } from './quote.ts';
import { nameOf, readWords, type Word } from './words.ts';

/**
 * Reads the expressions of a query's result columns. SQLite names the column inside a SELECT in parentheses as the origin
 * of its value, and yet it is an expression: which row it comes from is up to its WHERE.
 * https://sqlite.org/lang_expr.html#scalar_subqueries
 * @param query one that begins with SELECT or WITH; of a compound the first SELECT counts.
 * @param count how many columns the query has: `*` stands for any number of them.
 * @returns one answer for each column, from the first; null for those that `*` stands for.
 */
export function readResultColumns(query: string, count: number): (Expression | null)[] {
  const found = readItems(readWords(query));
  const star = found.findIndex(({ isStar }) => isStar);
  const lastStar = found.findLastIndex(({ isStar }) => isStar);
  const named = new Set(found.flatMap(({ words }) => columnNamesIn(words)));
  return Array.from({ length: count }, (_, i) => {
    const fromEnd = found.length - (count - i);
    const item = star < 0 || i < star ? found[i] : fromEnd > lastStar ? found[fromEnd] : undefined;
    if (item === undefined || item.isStar) return null;
    const read = readExpression(item.words);
    // A statement that takes a column beside its name distinguishes the two: `SELECT 'email', email`.
    const isKnown = read.text !== null && !read.text.isName && named.has(foldName(read.text.value));
    return isKnown ? { ...read, text: null } : read;
  });
}

/** The text between two commas of a list of result columns. */
export interface ResultItem {
  readonly isStar: boolean;
  /** Without the name that AS gives it. */
  readonly words: readonly Word[];
  /** That name. */
  readonly alias: string | null;
}

/** The items between SELECT and FROM, by commas outside parentheses. @param query its words. */
export function readItems(query: readonly Word[]): ResultItem[] {
  return items(clause(query, selecting, ends) ?? []).map((item) => {
    const whole = modifiers.has(item[0]?.key ?? '') ? item.slice(1) : item;
    const isStar = whole.at(-1)?.text === '*' && (whole.length === 1 || whole.at(-2)?.text === '.');
    const words = withoutAlias(whole);
    return { isStar, words, alias: words.length < whole.length ? nameOf(whole.at(-1)) : null };
  });
}

/** AS may be left out: https://sqlite.org/syntax/result-column.html */
function withoutAlias(words: readonly Word[]): readonly Word[] {
  const [before, last] = words.slice(-2);
  if (before === undefined || last === undefined || !isNameLike(last)) return words;
  if (before.key === 'AS' && before.depth === last.depth) return words.slice(0, -2);
  const isAlias = before.text === ')' || (before.kind !== 'symbol' && !operators.has(before.key));
  return isAlias && last.key !== 'END' ? words.slice(0, -1) : words;
}

function isNameLike({ kind }: Word): boolean {
  return kind === 'word' || kind === 'name' || kind === 'string';
}

const selecting: ReadonlySet<string> = new Set(['SELECT']);
const ends: ReadonlySet<string> = new Set([
  'FROM',
  'WHERE',
  'GROUP',
  'ORDER',
  'LIMIT',
  'UNION',
  'EXCEPT',
  'INTERSECT',
  ';',
]);
const modifiers: ReadonlySet<string> = new Set(['DISTINCT', 'ALL']);
/** Words that an operand follows. */
const operators: ReadonlySet<string> = new Set([
  'AND',
  'COLLATE',
  'ESCAPE',
  'GLOB',
  'IN',
  'IS',
  'ISNULL',
  'LIKE',
  'MATCH',
  'NOT',
  'OR',
  'REGEXP',
]);
