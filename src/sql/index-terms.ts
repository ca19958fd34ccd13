import { textOf } from './select-parts.ts';
import { readWords } from './words.ts';

/** The indexed expressions of a CREATE INDEX, without ASC and DESC. */
export function readIndexTerms(createIndex: string): string[] {
  const words = readWords(createIndex);
  const open = words.findIndex(({ text, depth }) => text === '(' && depth === 0);
  const close = words.findIndex(({ text, depth }, i) => i > open && text === ')' && depth === 0);
  const terms: string[] = [];
  let start = open + 1;
  for (let at = open + 1; at <= close; at++) {
    const word = words[at];
    if (at < close && !(word?.depth === 1 && word.key === ',')) continue;
    const term = words.slice(start, at);
    const isOrdered = ['ASC', 'DESC'].includes(term.at(-1)?.key ?? '');
    terms.push(textOf(createIndex, isOrdered ? term.slice(0, -1) : term));
    start = at + 1;
  }
  return terms;
}
