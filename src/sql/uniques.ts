import { unquote } from './quote.ts';
import { significantTokens, type TokenText } from './tokens.ts';

const constraintWords: ReadonlySet<string> = new Set(['CONSTRAINT', 'PRIMARY', 'UNIQUE', 'CHECK', 'FOREIGN']);

/**
 * Reads which columns of a table may not repeat, from the text of its CREATE TABLE or of a CREATE UNIQUE INDEX on it. Of
 * an expression it names every word, so that those that are no columns have to be left out by the caller.
 */
export function readUniques(sql: string): string[][] {
  const tokens = significantTokens(sql);
  const isIndex = tokens.slice(0, 3).some(({ text }) => text.toUpperCase() === 'INDEX');
  return isIndex ? readUniqueIndex(tokens) : readUniqueConstraints(tokens);
}

/** https://sqlite.org/lang_createindex.html */
function readUniqueIndex(tokens: readonly TokenText[]): string[][] {
  if (tokens[1]?.text.toUpperCase() !== 'UNIQUE') return [];
  const open = tokens.findIndex(({ text }) => text === '(');
  return open < 0 ? [] : [namesFrom(tokens, open)];
}

/** https://sqlite.org/syntax/table-constraint.html and https://sqlite.org/syntax/column-constraint.html */
function readUniqueConstraints(tokens: readonly TokenText[]): string[][] {
  const uniques: string[][] = [];
  let column: string | null = null;
  let depth = 0;
  tokens.forEach(({ text }, i) => {
    const key = text.toUpperCase();
    const before = tokens[i - 1]?.text;
    if (depth === 1 && (before === '(' || before === ',')) column = constraintWords.has(key) ? null : unquote(text);
    if (text === '(') depth += 1;
    if (text === ')') depth -= 1;
    if (depth !== 1 || (key !== 'UNIQUE' && key !== 'PRIMARY')) return;
    const open = key === 'UNIQUE' ? i + 1 : i + 2;
    if (column !== null) uniques.push([column]);
    else if (tokens[open]?.text === '(') uniques.push(namesFrom(tokens, open));
  });
  return uniques;
}

/** The names between the parenthesis at `open` and the one that closes it. */
function namesFrom(tokens: readonly TokenText[], open: number): string[] {
  const names: string[] = [];
  let depth = 0;
  for (const { kind, text } of tokens.slice(open)) {
    if (text === '(') depth += 1;
    if (text === ')') depth -= 1;
    if (depth === 0) break;
    if (kind === 'word' || kind === 'name') names.push(unquote(text));
  }
  return names;
}
