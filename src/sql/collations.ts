import { foldName, unquote } from './quote.ts';
import { significantTokens } from './tokens.ts';

/** Words that begin a constraint of the table, where a column begins with its name. */
const tableConstraints: ReadonlySet<string> = new Set(['CONSTRAINT', 'PRIMARY', 'UNIQUE', 'CHECK', 'FOREIGN']);

/**
 * Reads how texts of columns are compared, where a CREATE TABLE says so: collations in lower case by the folded name of
 * the column. https://sqlite.org/datatype3.html#collating_sequences
 */
export function readCollations(createTable: string): ReadonlyMap<string, string> {
  const collations = new Map<string, string>();
  let depth = 0;
  let column: string | null = null;
  let previous = '';
  for (const { kind, text } of significantTokens(createTable)) {
    const isStart = depth === 1 && (previous === '(' || previous === ',');
    if (isStart) column = kind === 'word' && tableConstraints.has(text.toUpperCase()) ? null : foldName(unquote(text));
    if (text === '(') depth += 1;
    if (text === ')') depth -= 1;
    if (depth === 1 && column !== null && previous === 'COLLATE') collations.set(column, unquote(text).toLowerCase());
    previous = kind === 'word' ? text.toUpperCase() : kind === 'symbol' ? text : '';
  }
  return collations;
}
