import { textOf } from './select-parts.ts';
import { readWords } from './words.ts';

/**
 * Cuts a compound SELECT into its parts; a simple one is its only part, and so is one whose parts cannot stand alone, because
 * EXCEPT, LIMIT or WITH holds them together. https://sqlite.org/lang_select.html#compound_select_statements
 */
export function partsOfCompound(query: string): readonly string[] {
  const words = readWords(query).filter(({ text }) => text !== ';');
  const cuts = words.flatMap(({ key, depth }, i) => (depth === 0 && key === 'UNION' ? [i] : []));
  const isBound = words.some(({ key, depth }) => depth === 0 && binding.has(key));
  if (cuts.length === 0 || isBound) return [query];
  return [-1, ...cuts].map((cut, i) => {
    const start = words[cut + 1]?.key === 'ALL' ? cut + 2 : cut + 1;
    return textOf(query, words.slice(start, cuts[i]));
  });
}

const binding: ReadonlySet<string> = new Set(['EXCEPT', 'INTERSECT', 'LIMIT', 'ORDER', 'WITH', 'VALUES']);
