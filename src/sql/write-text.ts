import { readUpdate } from './assignments.ts';
import { closing, outsideAt } from './nesting.ts';
import { nameOf, namesInside, readWords, type Word } from './words.ts';

/** The facts in the text of a writing statement beyond its head. */
export interface WriteText {
  /** The columns after SET: of an UPDATE, or of an INSERT that updates on a conflict. */
  readonly sets: readonly string[];
  /** The columns that an INSERT lists, or null where it lists none and means all. */
  readonly into: readonly string[] | null;
  /** The SELECT or VALUES that rows come from, with the WITH that belongs to it, or null. */
  readonly query: string | null;
}

const nothing: WriteText = { sets: [], into: null, query: null };

/**
 * Reads INSERT, REPLACE, UPDATE and CREATE TABLE … AS from their tokens.
 * https://sqlite.org/lang_insert.html, https://sqlite.org/lang_update.html
 */
export function readWriteText(sql: string): WriteText {
  const words = readWords(sql);
  const start = outsideAt(words, verbs);
  switch (words[start]?.key) {
    case 'UPDATE':
      return { ...nothing, sets: columnsSet(sql) };
    case 'INSERT':
    case 'REPLACE':
      return readInsert(sql, words, start);
    case 'CREATE':
      return { ...nothing, query: afterAs(sql, words) };
    default:
      return nothing;
  }
}

/** The new name of `ALTER TABLE t RENAME [COLUMN] a TO b`. */
export function renamedColumn(sql: string): string | null {
  const words = readWords(sql);
  const to = words.findLastIndex(({ key }) => key === 'TO');
  return to < 0 ? null : nameOf(words[to + 1]);
}

const verbs: ReadonlySet<string> = new Set(['INSERT', 'REPLACE', 'UPDATE', 'CREATE', 'DELETE', 'SELECT', 'ALTER']);

function readInsert(sql: string, words: readonly Word[], start: number): WriteText {
  const into = words.findIndex(({ key }, i) => i > start && key === 'INTO');
  let at = words[into + 2]?.key === '.' ? into + 4 : into + 2;
  if (words[at]?.key === 'AS') at += 2;
  let columns: string[] | null = null;
  if (words[at]?.key === '(' && !queryWords.has(words[at + 1]?.key ?? '')) {
    columns = namesInside(words, at);
    at = closing(words, at) + 1;
  }
  const end = words.findIndex(
    ({ key, depth }, i) =>
      i > at && depth === 0 && (key === 'RETURNING' || (key === 'ON' && words[i + 1]?.key === 'CONFLICT')),
  );
  const sets = end < 0 ? [] : columnsSet(sql);
  const first = words[at];
  if (first === undefined || first.key === 'DEFAULT') return { sets, into: columns, query: null };
  const last = words[end < 0 ? words.length - 1 : end - 1];
  // A WITH before INSERT belongs to the SELECT after it.
  const common = start > 0 ? sql.slice(words[0]?.start, words[start]?.start) : '';
  const query = sql.slice(first.start, last?.end).replace(/;$/, '');
  return { sets, into: columns, query: common + query };
}

const queryWords: ReadonlySet<string> = new Set(['SELECT', 'VALUES', 'WITH']);

function afterAs(sql: string, words: readonly Word[]): string | null {
  const table = words.findIndex(({ key }) => key === 'TABLE');
  if (table < 0) return null;
  const as = outsideAt(words, afterName, table + 1);
  const first = words[as + 1];
  return as < 0 || words[as]?.key !== 'AS' || first === undefined ? null : sql.slice(first.start).replace(/;\s*$/, '');
}

const afterName: ReadonlySet<string> = new Set(['AS', '(']);

function columnsSet(sql: string): string[] {
  return readUpdate(sql).assignments.map(({ column }) => column);
}
