import { foldName, unquote } from './quote.ts';
import { significantTokens } from './tokens.ts';

const known = new Map<string, ReadonlySet<string>>();

/** The number of remembered texts; schemas repeat the same ones. */
const limit = 20_000;

/** Every word and quoted name of a text, folded as SQLite compares them: whatever it may refer to, keywords among them. */
export function namesIn(sql: string): ReadonlySet<string> {
  const seen = known.get(sql);
  if (seen !== undefined) return seen;
  const words = significantTokens(sql).filter(({ kind }) => kind === 'word' || kind === 'name');
  const names = new Set(words.map(({ text }) => foldName(unquote(text))));
  if (known.size >= limit) known.clear();
  known.set(sql, names);
  return names;
}
