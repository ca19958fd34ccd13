import type { SqlValue } from '../model/connection.ts';
import type { BoundValues } from '../model/program.ts';
import { quoteString } from './quote.ts';
import { type Token, tokens } from './tokens.ts';

/** A value as a literal of the same storage class. A number is REAL, as drivers bind it, and a bigint INTEGER. */
export function literal(value: SqlValue): string {
  if (value === null) return 'NULL';
  if (typeof value === 'bigint') return integerLiteral(value);
  if (typeof value === 'number') return realLiteral(value);
  if (typeof value === 'string') return textLiteral(value);
  return `x'${Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString('hex')}'`;
}

/** SQLite reads the smallest integer as a minus before a number that is too large for an INTEGER. */
function integerLiteral(value: bigint): string {
  return value === -(2n ** 63n) ? '(-9223372036854775807 - 1)' : String(value);
}

function realLiteral(value: number): string {
  // SQLite has no NaN and takes it for NULL; an infinity is a number that is too large.
  if (Number.isNaN(value)) return 'NULL';
  if (!Number.isFinite(value)) return value > 0 ? '9e999' : '-9e999';
  const text = String(value);
  return /[.e]/.test(text) ? text : `${text}.0`;
}

/** A text ends at a NUL where it stands in SQL, and does not where it is made of bytes. */
function textLiteral(value: string): string {
  return value.includes('\0') ? `CAST(x'${Buffer.from(value).toString('hex')}' AS TEXT)` : quoteString(value);
}

/**
 * Puts values in the places of parameters: `?` in order, others by name (https://sqlite.org/lang_expr.html#varparam).
 * @throws RangeError as better-sqlite3 does, where there are too few or too many
 */
export function inlineValues(sql: string, { positional, named }: BoundValues): string {
  let text = '';
  let used = 0;
  const next = (): SqlValue => {
    const value = positional[used];
    if (value === undefined) throw new RangeError('Too few parameter values were provided');
    used += 1;
    return value;
  };
  const byName = (name: string): SqlValue => {
    const value = named?.[name];
    if (value === undefined) throw new RangeError(`Missing named parameter "${name}"`);
    return value;
  };
  for (const { token, parameter } of withParameters(sql)) {
    if (parameter === null) text += sql.slice(token.start, token.end);
    else text += literal(parameter === '' ? next() : byName(parameter));
  }
  if (used < positional.length) throw new RangeError('Too many parameter values were provided');
  return text;
}

/** The text with `?` for every literal, so that it shows no value that was written into it. */
export function withoutLiterals(sql: string): string {
  let text = '';
  for (const token of tokens(sql)) {
    const isLiteral = token.kind === 'string' || token.kind === 'number' || token.kind === 'comment';
    text += isLiteral ? (token.kind === 'comment' ? ' ' : '?') : sql.slice(token.start, token.end);
  }
  return text;
}

interface Part {
  readonly token: Token;
  /** The name of a parameter, '' for one without; null for anything else. */
  readonly parameter: string | null;
}

/** The tokens, with `?` and the number behind it taken together. */
function* withParameters(sql: string): Generator<Part> {
  let mark: Token | null = null;
  for (const token of tokens(sql)) {
    const text = sql.slice(token.start, token.end);
    if (mark !== null) {
      const isNumbered = token.kind === 'number' && /^\d+$/.test(text);
      yield { token: isNumbered ? { ...mark, end: token.end } : mark, parameter: isNumbered ? text : '' };
      mark = null;
      if (isNumbered) continue;
    }
    if (token.kind === 'symbol' && text === '?') mark = token;
    else yield { token, parameter: token.kind === 'parameter' ? text.slice(1) : null };
  }
  if (mark !== null) yield { token: mark, parameter: '' };
}
