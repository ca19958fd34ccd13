import { readDefinitions } from './definitions.ts';
import { namesInside, readWords, type Word } from './words.ts';

/**
 * Reads which columns of a table may not repeat, from the text of its CREATE TABLE or of a CREATE UNIQUE INDEX on it. Of
 * an expression it names every word, so that those that are no columns have to be left out by the caller.
 */
export function readUniques(sql: string): string[][] {
  const words = readWords(sql);
  const isIndex = words.slice(0, 3).some(({ key }) => key === 'INDEX');
  return isIndex ? readUniqueIndex(words) : readUniqueConstraints(sql);
}

/** https://sqlite.org/lang_createindex.html */
function readUniqueIndex(words: readonly Word[]): string[][] {
  const open = words.findIndex(({ key }) => key === '(');
  return words[1]?.key !== 'UNIQUE' || open < 0 ? [] : [namesInside(words, open)];
}

/** https://sqlite.org/syntax/table-constraint.html and https://sqlite.org/syntax/column-constraint.html */
function readUniqueConstraints(createTable: string): string[][] {
  return readDefinitions(createTable).flatMap(({ column, words }) =>
    words.flatMap(({ key, depth }, i) => {
      if (depth !== words[0]?.depth || (key !== 'UNIQUE' && key !== 'PRIMARY')) return [];
      if (column !== null) return [[column]];
      const open = key === 'UNIQUE' ? i + 1 : i + 2;
      return words[open]?.key === '(' ? [namesInside(words, open)] : [];
    }),
  );
}
