import { columnNamesIn } from './expressions.ts';
import { closing, withoutParentheses } from './nesting.ts';
import { readWords, type Word } from './words.ts';

/** Names, folded, of values that are written out. https://sqlite.org/lang_expr.html#literal_values_constants_ */
const constants: ReadonlySet<string> = new Set([
  ...['true', 'false', 'current_timestamp', 'current_date', 'current_time'],
]);

/** Words after which a query may find nothing for some rows. */
const choosing: ReadonlySet<string> = new Set(['WHERE', 'JOIN', 'ON', 'HAVING']);

/**
 * Whether an expression gives every row of a table a value: it reads no column, or says what stands in place of NULL. A query
 * without a condition finds the same for all rows.
 */
export function isNeverNull(text: string): boolean {
  const words = withoutParentheses(readWords(text));
  const [first, ...others] = words;
  if (words.some(({ key }) => key === 'NULL')) return false;
  if (first?.key === 'COALESCE' || first?.key === 'IFNULL')
    return closing(words, 1) === words.length - 1 && words.at(-3)?.text === ',' && isConstant(words.at(-2));
  if (others.some(({ key }) => key === 'SELECT') || first?.key === 'SELECT')
    return !words.some(({ key }) => choosing.has(key));
  return columnNamesIn(words).every((name) => constants.has(name));
}

function isConstant(word: Word | undefined): boolean {
  if (word === undefined) return false;
  return word.kind === 'string' || word.kind === 'number' || constants.has(word.text.toLowerCase());
}
