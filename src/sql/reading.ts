import type { StatementHead } from '../model/history.ts';
import { foldName, unquote } from './quote.ts';
import { significantTokens } from './tokens.ts';

/** PRAGMAs with an argument in parentheses that only answer. https://sqlite.org/pragma.html */
const questions =
  /^(?:table_x?info|table_list|index_(?:list|info|xinfo)|foreign_key_(?:list|check)|integrity_check|quick_check)$/;

/** Whether a statement only reads: a query, an explanation, or a PRAGMA that sets nothing. */
export function onlyReads(sql: string, { verb }: StatementHead): boolean {
  if (verb === 'select') return true;
  if (verb !== 'pragma' && verb !== 'other') return false;
  const words = significantTokens(sql);
  if (verb === 'other') return foldName(words[0]?.text ?? '') === 'explain';
  const [name, ...rest] = words[2]?.text === '.' ? words.slice(3) : words.slice(1);
  const sets = rest.some(({ text }) => text === '=' || text === '(');
  return !sets || questions.test(foldName(unquote(name?.text ?? '')));
}
