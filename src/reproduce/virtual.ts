import { readWords } from '../sql/words.ts';

/** Whether a virtual table holds its rows itself: an index over the rows of another table does not. https://sqlite.org/fts5.html#external_content_and_contentless_tables */
export function hasOwnContent(sql: string): boolean {
  return !/\bcontent\s*=/i.test(sql);
}

/** Whether it is an index over the rows of another table, which is filled from them on demand. */
export function isSearchIndex(sql: string): boolean {
  return isVirtual(sql) && /\bcontent\s*=\s*["'`]?\w/i.test(sql);
}

/** Whether a text makes a virtual table. */
export function isVirtual(sql: string): boolean {
  const [first, second] = readWords(sql);
  return first?.key === 'CREATE' && second?.key === 'VIRTUAL';
}
