import { foldName, unquote } from './quote.ts';
import { isBlank, tokens } from './tokens.ts';
import { readWords } from './words.ts';

/**
 * Writes an expression in terms of other ones.
 * @param columns what stands for each column, by its folded name; null for what nothing stands for.
 * @param qualifiers the folded names that its columns may be qualified with; one of them that means the same table there stays.
 * @param own the folded name of that table.
 * @returns null where a column has nothing to stand for it, or where a subquery has names of its own.
 */
export function substitute(
  expression: string,
  columns: ReadonlyMap<string, string | null>,
  qualifiers: ReadonlySet<string>,
  own = '',
): string | null {
  const parts = [...tokens(expression)].filter((token) => !isBlank(token));
  const textAt = (at: number): string => {
    const token = parts[at];
    return token === undefined ? '' : expression.slice(token.start, token.end);
  };
  const isName = (at: number): boolean => parts[at]?.kind === 'word' || parts[at]?.kind === 'name';
  let result = '';
  let end = 0;
  let isReplaced = false;
  for (let at = 0; at < parts.length; at++) {
    if (!isName(at)) continue;
    const isQualified = textAt(at + 1) === '.' && isName(at + 2);
    const name = isQualified ? at + 2 : at;
    if (isQualified && !qualifiers.has(foldName(unquote(textAt(at))))) {
      at = name;
      continue;
    }
    const column = foldName(unquote(textAt(name)));
    if (textAt(name + 1) === '(' || !columns.has(column)) continue;
    const by = columns.get(column) ?? null;
    if (by === null) return null;
    const isHere = isQualified && foldName(unquote(textAt(at))) === own && isSameColumn(by, column);
    if (isHere) {
      at = name;
      continue;
    }
    const [first, last] = [parts[at], parts[name]];
    at = name;
    if (first === undefined || last === undefined || (!isQualified && isSameColumn(by, column))) continue;
    result += expression.slice(end, first.start) + by;
    end = last.end;
    isReplaced = true;
  }
  // Inside a subquery a name may be that of another table's column.
  if (isReplaced && /\bselect\b/i.test(expression)) return null;
  return result + expression.slice(end);
}

/** Whether what stands for a column is the column. */
function isSameColumn(by: string, column: string): boolean {
  return by.startsWith('"') && by.indexOf('"', 1) === by.length - 1 && foldName(unquote(by)) === column;
}

/** An expression as an operand: in parentheses, unless it is one name, number or text. */
export function asOperand(expression: string): string {
  const parts = [...tokens(expression)].filter((token) => !isBlank(token));
  const isWhole = parts.length === 1 || isInParentheses(expression);
  return isWhole ? expression : `(${expression})`;
}

function isInParentheses(expression: string): boolean {
  const words = readWords(expression);
  const close = words.findIndex(({ text, depth }, i) => i > 0 && text === ')' && depth === 0);
  return words[0]?.text === '(' && close === words.length - 1;
}
