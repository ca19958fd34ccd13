import { readDefinitions } from './definitions.ts';
import { unquote } from './quote.ts';
import { namesInside, readWords, type Word } from './words.ts';

/** A REFERENCES clause as written. `parentColumns` is empty where the parent's key is implied. */
export interface ReferencesClause {
  readonly columns: readonly string[];
  readonly parent: string;
  readonly parentColumns: readonly string[];
}

/**
 * Reads the REFERENCES clauses of a CREATE TABLE, or of an ALTER TABLE … ADD COLUMN when its `column` is given, from
 * the tokens. https://sqlite.org/syntax/foreign-key-clause.html
 */
export function readReferencesClauses(sql: string, column: string | null = null): ReferencesClause[] {
  const definitions = column === null ? readDefinitions(sql) : [{ column, words: readWords(sql) }];
  return definitions.flatMap(linksOf);
}

function linksOf({
  column,
  words,
}: {
  readonly column: string | null;
  readonly words: readonly Word[];
}): ReferencesClause[] {
  const links: ReferencesClause[] = [];
  let columns = column === null ? [] : [column];
  words.forEach(({ key, depth }, i) => {
    if (depth !== words[0]?.depth) return;
    if (key === 'FOREIGN') columns = namesInside(words, i + 2);
    if (key !== 'REFERENCES') return;
    links.push({ columns, parent: unquote(words[i + 1]?.text ?? ''), parentColumns: namesInside(words, i + 2) });
  });
  return links;
}
