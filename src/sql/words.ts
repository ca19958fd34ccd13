import { inside } from './nesting.ts';
import { foldName, unquote } from './quote.ts';
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

/** A column by its name, and by the name before its dot. */
export interface ColumnPath {
  readonly qualifier: string | null;
  readonly name: string;
}

/** The column that an expression is by itself: `c`, `t.c` or `s.t.c`; null for any other. */
export function columnIn(words: readonly Word[]): ColumnPath | null {
  const isPath = words.every(({ kind, text }, at) =>
    at % 2 === 0 ? kind === 'word' || kind === 'name' : text === '.',
  );
  const name = isPath && words.length % 2 === 1 ? nameOf(words.at(-1)) : null;
  if (name === null || values.has(words[0]?.key ?? '')) return null;
  return { qualifier: nameOf(words.at(-3)), name };
}

/** The folded name of the column that an expression is by itself; null for any other. */
export function foldedColumn(words: readonly Word[]): string | null {
  const column = columnIn(words);
  return column === null ? null : foldName(column.name);
}

/** Words that are values and no columns. */
const values: ReadonlySet<string> = new Set('TRUE FALSE NULL CURRENT_DATE CURRENT_TIME CURRENT_TIMESTAMP'.split(' '));

/** The names between the parenthesis at `open` and the one that closes it, whatever they name. */
export function namesInside(words: readonly Word[], open: number): string[] {
  return inside(words, open).flatMap((word) => nameOf(word) ?? []);
}

/** The name that a word denotes, without its quotes; null for other words. */
export function nameOf(word: Word | undefined): string | null {
  return word === undefined || word.kind === 'symbol' || word.kind === 'number' ? null : unquote(word.text);
}
