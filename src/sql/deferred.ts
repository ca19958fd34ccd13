import { readDefinitions } from './definitions.ts';
import { inside, items } from './nesting.ts';
import { nameOf, type Word } from './words.ts';

/**
 * Reads the columns of the foreign keys that are checked at COMMIT: no PRAGMA tells
 * (https://sqlite.org/foreignkeys.html#fk_deferred).
 */
export function readDeferred(createTable: string): string[][] {
  return readDefinitions(createTable).flatMap(({ column, words }) =>
    keysIn(words).flatMap((key): string[][] => {
      if (!isDeferred(key)) return [];
      if (column !== null) return [[column]];
      const at = key.findIndex((word) => word.key === 'FOREIGN');
      return at < 0 ? [] : [items(inside(key, at + 2)).flatMap(([first]) => nameOf(first) ?? [])];
    }),
  );
}

/** The words of a definition, cut before each constraint of the table: they need no commas between them. */
function keysIn(words: readonly Word[]): (readonly Word[])[] {
  const depth = words[0]?.depth;
  const starts = words.flatMap((word, i) => (i > 0 && word.key === 'FOREIGN' && word.depth === depth ? [i] : []));
  return [0, ...starts].map((start, i) => words.slice(start, starts[i]));
}

function isDeferred(words: readonly Word[]): boolean {
  return words.some(
    ({ key }, i) =>
      key === 'DEFERRABLE' &&
      words[i - 1]?.key !== 'NOT' &&
      words[i + 1]?.key === 'INITIALLY' &&
      words[i + 2]?.key === 'DEFERRED',
  );
}
