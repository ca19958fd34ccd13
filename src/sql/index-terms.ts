import { inside, items } from './nesting.ts';
import { textOf } from './select-parts.ts';
import { readWords } from './words.ts';

/** The indexed expressions of a CREATE INDEX, without ASC and DESC. */
export function readIndexTerms(createIndex: string): string[] {
  const words = readWords(createIndex);
  const open = words.findIndex(({ text, depth }) => text === '(' && depth === 0);
  return items(inside(words, open)).map((term) => {
    const isOrdered = ['ASC', 'DESC'].includes(term.at(-1)?.key ?? '');
    return textOf(createIndex, isOrdered ? term.slice(0, -1) : term);
  });
}
