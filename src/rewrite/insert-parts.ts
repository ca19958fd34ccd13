import { closing, inside } from '../sql/nesting.ts';
import { readItems } from '../sql/result-columns.ts';
import { columnIn, nameOf, readWords, type Word } from '../sql/words.ts';

/** A part of a text: `text.slice(start, end)`. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** A result column of a SELECT. */
export interface SelectedColumn extends Span {
  readonly text: string;
  /** The name of the column that it is; null for any other expression. */
  readonly name: string | null;
  /** The table before that name, with its point; else ''. */
  readonly qualifier: string;
}

/** The columns and expressions of an INSERT … SELECT, or a CREATE TABLE … AS SELECT, with places in its text. */
export interface InsertParts {
  /** The name of the table. */
  readonly target: Span;
  /** The listed columns; null where it lists none. */
  readonly columns: readonly (Span & { readonly name: string })[] | null;
  /** The result columns of its SELECT, without the names that AS gives them. */
  readonly items: readonly SelectedColumn[];
  /** The SELECT without what stands before it. */
  readonly select: Span;
  readonly words: readonly Word[];
}

/** Reads an INSERT … SELECT of one SELECT; null for any other form. */
export function readInsertParts(sql: string): InsertParts | null {
  const words = readWords(sql).filter(({ text }) => text !== ';');
  const into = words.findIndex(({ key }) => key === 'INTO');
  if (into < 0 || !['INSERT', 'REPLACE'].includes(words[0]?.key ?? '')) return null;
  const at = words[into + 2]?.key === '.' ? into + 3 : into + 1;
  const target = words[at];
  if (target === undefined) return null;
  const isListed = words[at + 1]?.key === '(' && words[at + 2]?.key !== 'SELECT';
  const next = isListed ? closing(words, at + 1) + 1 : at + 1;
  const select = words.slice(next);
  const [first] = select;
  if (first?.key !== 'SELECT' || select.some(({ key, depth }) => depth === 0 && compound.has(key))) return null;
  const columns = isListed ? inside(words, at + 1).filter(({ key }) => key !== ',') : null;
  const named = columns?.flatMap((word) => {
    const name = nameOf(word);
    return name === null ? [] : [{ name, start: word.start, end: word.end }];
  });
  return {
    target,
    columns: named ?? null,
    items: readItems(select).flatMap(({ words: item }) => itemOf(sql, item)),
    select: { start: first.start, end: select.at(-1)?.end ?? sql.length },
    words,
  };
}

function itemOf(sql: string, words: readonly Word[]): SelectedColumn[] {
  const [first, last] = [words[0], words.at(-1)];
  if (first === undefined || last === undefined) return [];
  const name = columnIn(words)?.name ?? null;
  const qualifier = name === null ? '' : sql.slice(first.start, last.start);
  return [{ start: first.start, end: last.end, text: sql.slice(first.start, last.end), name, qualifier }];
}

const compound: ReadonlySet<string> = new Set(['UNION', 'EXCEPT', 'INTERSECT']);
