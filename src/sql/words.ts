import { unquote } from './quote.ts';
import { remembered } from './remembered.ts';
import { isBlank, type Token, tokens } from './tokens.ts';

/** A token that is neither space nor comment, with its place among the parentheses. */
export interface Word extends Token {
  readonly text: string;
  /** The text in upper case for what is not quoted, '' for what is. */
  readonly key: string;
  /** The number of open parentheses before it; a closing one counts as outside. */
  readonly depth: number;
}

/** The words of a text in order. */
export const readWords = remembered((sql: string): readonly Word[] => {
  const words: Word[] = [];
  let depth = 0;
  for (const token of tokens(sql)) {
    if (isBlank(token)) continue;
    const text = sql.slice(token.start, token.end);
    if (text === ')') depth -= 1;
    words.push({
      ...token,
      text,
      depth,
      key: token.kind === 'word' || token.kind === 'symbol' ? text.toUpperCase() : '',
    });
    if (text === '(') depth += 1;
  }
  return words;
});

/** The name that a word denotes, without its quotes; null for other words. */
export function nameOf(word: Word | undefined): string | null {
  return word === undefined || word.kind === 'symbol' || word.kind === 'number' ? null : unquote(word.text);
}
