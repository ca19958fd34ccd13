import { foldName, unquote } from './quote.ts';
import { significantTokens } from './tokens.ts';

/**
 * The names, folded, that a text gives to common table expressions: `name AS (` or `name (columns) AS (`, after WITH or a
 * comma. https://sqlite.org/lang_with.html
 */
export function commonTablesIn(sql: string): ReadonlySet<string> {
  const words = significantTokens(sql).map(({ text }) => text);
  const key = (at: number): string => (words[at] ?? '').toUpperCase();
  const names = new Set<string>();
  words.forEach((word, at) => {
    if (!['WITH', 'RECURSIVE', ','].includes(key(at - 1))) return;
    const closed = key(at + 1) === '(' ? words.indexOf(')', at) : at;
    if (closed < 0 || key(closed + 1) !== 'AS') return;
    const opens = closed + (key(closed + 2) === 'NOT' ? 4 : key(closed + 2) === 'MATERIALIZED' ? 3 : 2);
    if (key(opens) === '(') names.add(foldName(unquote(word)));
  });
  return names;
}
