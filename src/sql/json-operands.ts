import { unquote } from './quote.ts';
import { significantTokens, type TokenText } from './tokens.ts';

/** A column that a statement parses as JSON, with what stands before its dot: a table or an alias. */
export interface JsonOperand {
  readonly qualifier: string | null;
  readonly column: string;
}

/**
 * The columns that a text hands to JSON functions as their first argument, or that stand to the left of `->` and `->>`
 * (https://sqlite.org/json1.html), in the order of the text.
 */
export function jsonOperandsIn(sql: string): JsonOperand[] {
  const tokens = significantTokens(sql);
  return tokens.flatMap(({ text }, at): JsonOperand[] => {
    if (/^jsonb?(?:_|$)/i.test(text) && tokens[at + 1]?.text === '(') return operandFrom(tokens, at + 2);
    if (!text.startsWith('->')) return [];
    return operandFrom(tokens, tokens[at - 2]?.text === '.' ? at - 3 : at - 1);
  });
}

function operandFrom(tokens: readonly TokenText[], start: number): JsonOperand[] {
  let at = start;
  // The first argument of `coalesce(column, …)` and `CAST(column AS …)` is what counts of them.
  while (nameOf(tokens[at]) !== null && tokens[at + 1]?.text === '(') at += 2;
  const first = nameOf(tokens[at]);
  if (first === null) return [];
  const second = tokens[at + 1]?.text === '.' ? nameOf(tokens[at + 2]) : null;
  return [second === null ? { qualifier: null, column: first } : { qualifier: first, column: second }];
}

function nameOf(token: TokenText | undefined): string | null {
  return token?.kind === 'word' || token?.kind === 'name' ? unquote(token.text) : null;
}
