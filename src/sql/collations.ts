import { readDefinitions } from './definitions.ts';
import { foldName, unquote } from './quote.ts';

/**
 * Reads how texts of columns are compared, where a CREATE TABLE says so: collations in lower case by the folded name of
 * the column. https://sqlite.org/datatype3.html#collating_sequences
 */
export function readCollations(createTable: string): ReadonlyMap<string, string> {
  const collations = new Map<string, string>();
  for (const { column, words } of readDefinitions(createTable)) {
    if (column === null) continue;
    words.forEach(({ text, depth }, i) => {
      if (depth !== words[0]?.depth || words[i - 1]?.key !== 'COLLATE') return;
      collations.set(foldName(column), unquote(text).toLowerCase());
    });
  }
  return collations;
}
