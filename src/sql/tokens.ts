// This room reads and writes SQL as text: tokens, words, statements, names. It asks no database.
import { remembered } from './remembered.ts';

/** The kinds of token that statements are read from. `name` is a quoted identifier: "x", `x` or [x]; `parameter` one with a name. */
export type TokenKind = 'space' | 'comment' | 'word' | 'name' | 'string' | 'number' | 'parameter' | 'symbol';

/** A token of SQL text: `text.slice(start, end)`. */
export interface Token {
  readonly kind: TokenKind;
  readonly start: number;
  readonly end: number;
}

/** A token that is neither space nor comment, with its text. */
export interface TokenText {
  readonly kind: TokenKind;
  readonly text: string;
}

// A vertical tab is space behind other space alone; U+FEFF is space wherever a token may begin, and elsewhere a letter.
const space = /(?:[\t\n\f\r ][\t\n\v\f\r ]*|\ufeff)+/y;
// SQLite reads `$name(…)` as one parameter, as Tcl writes elements of arrays: https://sqlite.org/lang_expr.html#varparam
const parameter = /[$@#:](?:[\w$\u0080-\uffff]|::)+(?:\([^)\t\n\v\f\r ]*\)?)?/y;
const number = /(?:0[xX][\da-fA-F]+|\d[\d_]*\.?[\d_]*|\.\d[\d_]*)(?:[eE][+-]?\d+)?/y;
// SQLite counts every character from U+0080 on among those of identifiers: https://sqlite.org/draft/tokenreq.html
const word = /[A-Za-z_\u0080-\uffff][\w$\u0080-\uffff]*/y;
const operator = /->>|->|<>|<=|>=|==|!=|<<|>>|\|\|/y;
const patterns: readonly (readonly [TokenKind, RegExp])[] = [
  ['space', space],
  ['word', word],
  ['parameter', parameter],
  ['number', number],
  ['symbol', operator],
];

/**
 * Yields the tokens of `text` in order, without gaps, by the rules of SQLite's tokenizer: an unterminated comment runs
 * to the end, and so does an unterminated quotation (which SQLite then refuses).
 */
export function* tokens(text: string): Generator<Token> {
  // SQLite reads up to a NUL: https://sqlite.org/c3ref/prepare.html
  const nul = text.indexOf('\0');
  const sql = nul < 0 ? text : text.slice(0, nul);
  let start = 0;
  while (start < sql.length) {
    const token = tokenAt(sql, start);
    yield token;
    start = token.end;
  }
}

/** The tokens of `sql` as texts, without space and comments. */
export const significantTokens = remembered((sql: string): readonly TokenText[] => {
  const found: TokenText[] = [];
  for (const token of tokens(sql)) {
    if (!isBlank(token)) found.push({ kind: token.kind, text: sql.slice(token.start, token.end) });
  }
  return found;
});

/** Whether a token is space or a comment. */
export function isBlank(token: Token): boolean {
  return token.kind === 'space' || token.kind === 'comment';
}

function tokenAt(sql: string, start: number): Token {
  const first = sql.charAt(start);
  const second = sql.charAt(start + 1);
  if (first === "'") return { kind: 'string', start, end: afterQuote(sql, start, "'") };
  if ((first === 'x' || first === 'X') && second === "'")
    return { kind: 'string', start, end: afterQuote(sql, start + 1, "'") };
  if (first === '"' || first === '`') return { kind: 'name', start, end: afterQuote(sql, start, first) };
  if (first === '[') return { kind: 'name', start, end: after(sql, ']', start + 1) };
  if (first === '-' && second === '-') return { kind: 'comment', start, end: before(sql, '\n', start) };
  if (first === '/' && second === '*') return { kind: 'comment', start, end: after(sql, '*/', start + 2) };
  for (const [kind, pattern] of patterns) {
    pattern.lastIndex = start;
    if (pattern.test(sql)) return { kind, start, end: pattern.lastIndex };
  }
  return { kind: 'symbol', start, end: start + 1 };
}

/** The offset after the quotation that opens at `start`; a doubled quote does not close it. */
function afterQuote(sql: string, start: number, quote: string): number {
  let end = sql.indexOf(quote, start + 1);
  while (end >= 0 && sql.charAt(end + 1) === quote) end = sql.indexOf(quote, end + 2);
  return end < 0 ? sql.length : end + 1;
}

function after(sql: string, mark: string, from: number): number {
  const at = sql.indexOf(mark, from);
  return at < 0 ? sql.length : at + mark.length;
}

function before(sql: string, mark: string, from: number): number {
  const at = sql.indexOf(mark, from);
  return at < 0 ? sql.length : at;
}
