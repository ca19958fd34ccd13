import { readDefinitions } from './definitions.ts';
import { inside, items } from './nesting.ts';
import { nameOf, type Word } from './words.ts';

/** The treatment of a row that breaks a constraint, where CREATE TABLE says so. */
export interface ConflictClause {
  /** `IGNORE`, `REPLACE`, `ROLLBACK` or `FAIL`; ABORT is what happens without a clause. */
  readonly action: string;
  /** The columns of the constraint. */
  readonly columns: readonly string[];
  /** The constraint, as far as it names no column. */
  readonly of: 'UNIQUE' | 'PRIMARY KEY' | 'NOT NULL';
}

/** Reads the ON CONFLICT clauses of a table, which no PRAGMA tells: https://sqlite.org/lang_conflict.html */
export function readConflictClauses(createTable: string): ConflictClause[] {
  return readDefinitions(createTable).flatMap(({ column, words }) => {
    const depth = words[0]?.depth;
    return words.flatMap(({ key, depth: own }, at): ConflictClause[] => {
      if (key !== 'CONFLICT' || own !== depth || words[at - 1]?.key !== 'ON') return [];
      const action = words[at + 1]?.key ?? '';
      const start = words.findLastIndex((word, i) => i < at && word.depth === depth && kinds.has(word.key));
      const of = kinds.get(words[start]?.key ?? '');
      if (of === undefined || action === 'ABORT') return [];
      const columns = column === null ? listedAfter(words, start, at) : [column];
      return columns.length > 0 ? [{ action, columns, of }] : [];
    });
  });
}

const kinds: ReadonlyMap<string, ConflictClause['of']> = new Map([
  ['UNIQUE', 'UNIQUE'],
  ['PRIMARY', 'PRIMARY KEY'],
  ['NULL', 'NOT NULL'],
]);

function listedAfter(words: readonly Word[], start: number, end: number): string[] {
  const open = words.findIndex(({ key }, i) => i > start && i < end && key === '(');
  return open < 0 ? [] : items(inside(words, open)).flatMap(([first]) => nameOf(first) ?? []);
}
