import { closing, items } from '../sql/nesting.ts';
import { readWords } from '../sql/words.ts';
import type { Edit } from './migration-text.ts';

/** Functions that raise an error where their first argument is no JSON. https://sqlite.org/json1.html */
const scalars: ReadonlySet<string> = new Set(['JSON', 'JSONB', 'JSON_ARRAY_LENGTH', 'JSON_EXTRACT', 'JSON_TYPE']);
const tables: ReadonlySet<string> = new Set(['JSON_EACH', 'JSON_TREE']);

/** The changes to a text that ask `json_valid` first wherever it reads a document. */
export function guardJson(sql: string): Edit[] {
  const words = readWords(sql);
  const edits: Edit[] = [];
  let until = 0;
  for (const [i, word] of words.entries()) {
    if (word.start < until || words[i + 1]?.text !== '(') continue;
    const close = words[closing(words, i + 1)];
    const [argument] = items(words.slice(i + 2, closing(words, i + 1)));
    const [first, last] = [argument?.[0], argument?.at(-1)];
    if (close === undefined || first === undefined || last === undefined) continue;
    const document = sql.slice(first.start, last.end);
    // A guard that is there already, or a literal document.
    if (first.key === 'CASE' || first.kind === 'string') continue;
    if (tables.has(word.key))
      edits.push({ start: first.start, end: last.end, by: `CASE WHEN json_valid(${document}) THEN ${document} END` });
    else if (scalars.has(word.key)) {
      const call = sql.slice(word.start, close.end);
      edits.push({ start: word.start, end: close.end, by: `CASE WHEN json_valid(${document}) THEN ${call} END` });
    } else continue;
    until = close.end;
  }
  return edits;
}
