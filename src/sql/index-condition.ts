import { onOneLine } from './quote.ts';
import { tokens } from './tokens.ts';

/**
 * The condition of a partial index, on one line and without comments; null where the index has none.
 * https://sqlite.org/partialindex.html
 * @param createIndex the text of a CREATE INDEX.
 */
export function readIndexCondition(createIndex: string): string | null {
  for (const { kind, start, end } of tokens(createIndex)) {
    if (kind === 'word' && createIndex.slice(start, end).toUpperCase() === 'WHERE')
      return onOneLine(createIndex.slice(end)).replace(/\s*;$/, '');
  }
  return null;
}
