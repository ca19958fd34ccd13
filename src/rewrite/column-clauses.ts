import { closing } from '../sql/nesting.ts';
import { readWords, type Word } from '../sql/words.ts';
import type { Span } from './insert-parts.ts';

/** The clauses of a column's definition. */
export interface ColumnClauses {
  /** The definition, its name first. */
  readonly words: readonly Word[];
  readonly name: Span;
  /** DEFAULT and its value. */
  readonly default: (Span & { readonly value: Span }) | null;
  readonly notNull: Span | null;
  readonly unique: Span | null;
  readonly references: boolean;
  /** The word STORED. */
  readonly stored: Span | null;
  readonly checks: readonly Span[];
}

/** Reads the clauses of words that define a column. https://sqlite.org/syntax/column-def.html */
export function readClauses(words: readonly Word[]): ColumnClauses | null {
  const [first] = words;
  if (first === undefined) return null;
  const at = (key: string): number =>
    words.findIndex((word, i) => i > 0 && word.key === key && word.depth === first.depth);
  const span = (from: number, to: number): Span | null => {
    const [begin, end] = [words[from], words[to]];
    return begin === undefined || end === undefined ? null : { start: begin.start, end: end.end };
  };
  const not = words.findIndex(
    (word, i) => i > 0 && word.key === 'NOT' && words[i + 1]?.key === 'NULL' && word.depth === first.depth,
  );
  const [given, unique, stored] = [at('DEFAULT'), at('UNIQUE'), at('STORED')];
  const value = given < 0 ? null : span(given + 1, valueEnd(words, given + 1));
  const whole = given < 0 ? null : span(given, valueEnd(words, given + 1));
  return {
    words,
    name: { start: first.start, end: first.end },
    default: whole === null || value === null ? null : { ...whole, value },
    notNull: not < 0 ? null : span(not, not + 1),
    unique: unique < 0 ? null : span(unique, unique),
    references: at('REFERENCES') >= 0,
    stored: stored < 0 ? null : span(stored, stored),
    checks: words.flatMap(({ key, depth }, i) => {
      const whole = key === 'CHECK' && depth === first.depth ? span(i, closing(words, i + 1)) : null;
      return whole === null ? [] : [whole];
    }),
  };
}

/** The clauses of `ALTER TABLE t ADD [COLUMN] …`; null for any other statement. */
export function readAddedColumn(sql: string): ColumnClauses | null {
  const words = readWords(sql).filter(({ text }) => text !== ';');
  const add = words.findIndex(({ key, depth }) => key === 'ADD' && depth === 0);
  if (words[0]?.key !== 'ALTER' || add < 0) return null;
  return readClauses(words.slice(words[add + 1]?.key === 'COLUMN' ? add + 2 : add + 1));
}

function valueEnd(words: readonly Word[], from: number): number {
  if (words[from]?.text === '(') return closing(words, from);
  return words[from]?.text === '-' || words[from]?.text === '+' ? from + 1 : from;
}
