import { afterTable } from './from-tables.ts';
import { foldName, quoteName, unquote } from './quote.ts';
import { isBlank, tokens } from './tokens.ts';
import { readWords } from './words.ts';

/** The names by which an expression is written anew. */
export interface Substitution {
  /** The expression that stands for each column, by its folded name; null for a column that nothing stands for. */
  readonly columns: ReadonlyMap<string, string | null>;
  /** The folded names that the columns may be qualified with. */
  readonly qualifiers: ReadonlySet<string>;
  /** The table that the new names are columns of; a name that it qualifies already stays. */
  readonly own?: string;
  /** Whether a table has a column, both folded; where it does, such a name in a subquery that reads the table is not meant. */
  readonly has?: (table: string, column: string) => boolean;
  /** Whether only qualified names are columns, as OLD and NEW in a trigger. */
  readonly qualifiedOnly?: boolean;
}

/**
 * Writes an expression in terms of other ones.
 * @returns null where a column has nothing to stand for it, or where a subquery might take the new name for its own.
 */
export function substitute(expression: string, substitution: Substitution): string | null {
  const { columns, qualifiers, own, has, qualifiedOnly = false } = substitution;
  const parts = [...tokens(expression)].filter((token) => !isBlank(token));
  const textAt = (at: number): string => {
    const token = parts[at];
    return token === undefined ? '' : expression.slice(token.start, token.end);
  };
  const isName = (at: number): boolean => parts[at]?.kind === 'word' || parts[at]?.kind === 'name';
  const nameAt = (at: number): string => foldName(unquote(textAt(at)));
  const isInSubquery = subqueriesOf(parts.map((_, at) => textAt(at)));
  /** Whether a subquery has a table that answers to a name. */
  const isShadowed = (name: string): boolean =>
    parts.some(
      (_, at) =>
        isInSubquery(at) &&
        isName(at) &&
        nameAt(at) === name &&
        textAt(at + 1) !== '.' &&
        textAt(at - 1) !== '.' &&
        !(isName(at + 1) && !afterTable.has(textAt(at + 1).toUpperCase())),
    );
  const read = parts.flatMap((_, at) => {
    const isTable = isInSubquery(at) && isName(at) && /^(?:from|join|,)$/i.test(textAt(at - 1));
    return isTable ? [nameAt(at)] : [];
  });
  let result = '';
  let end = 0;
  for (let at = 0; at < parts.length; at++) {
    if (!isName(at)) continue;
    const isQualified = textAt(at + 1) === '.' && isName(at + 2);
    const name = isQualified ? at + 2 : at;
    if (isQualified && !qualifiers.has(nameAt(at))) {
      at = name;
      continue;
    }
    const column = nameAt(name);
    if ((qualifiedOnly && !isQualified) || textAt(name + 1) === '(' || !columns.has(column)) continue;
    if (!isQualified && isInSubquery(at) && read.some((table) => has?.(table, column) === true)) continue;
    const by = columns.get(column) ?? null;
    if (by === null) return null;
    const isSame = isSameColumn(by, column);
    const isHere = own !== undefined && isQualified && nameAt(at) === foldName(own) && isSame;
    if (isHere) {
      at = name;
      continue;
    }
    const [first, last, qualifier] = [parts[at], parts[name], nameAt(at)];
    const isInside = isInSubquery(at);
    at = name;
    if (first === undefined || last === undefined || (!isQualified && isSame)) continue;
    // Inside a subquery a name may be that of another table's column, unless a table qualifies it.
    if (isInside && (!isQualified || !isColumn(by) || own === undefined)) return null;
    if (isInside && (isShadowed(qualifier) || isShadowed(foldName(own ?? '')))) return null;
    result += expression.slice(end, first.start) + (isInside ? `${quoteName(own ?? '')}.${by}` : by);
    end = last.end;
  }
  return result + expression.slice(end);
}

/** Whether a token lies inside of a subquery, by its place. */
function subqueriesOf(texts: readonly string[]): (at: number) => boolean {
  const open: boolean[] = [];
  const inside = texts.map((text, at) => {
    if (text === ')') open.pop();
    const isIn = open.includes(true);
    if (text === '(') open.push(/^(?:select|with|values)$/i.test(texts[at + 1] ?? ''));
    return isIn;
  });
  return (at) => inside[at] === true;
}

/** Whether an expression is one quoted name. */
function isColumn(by: string): boolean {
  return by.startsWith('"') && /^"(?:[^"]|"")*"$/.test(by);
}

/** Whether what stands for a column is the column. */
function isSameColumn(by: string, column: string): boolean {
  return isColumn(by) && foldName(unquote(by)) === column;
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
