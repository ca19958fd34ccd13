import { inside, items, outsideAt } from './nesting.ts';
import { foldName } from './quote.ts';
import { nameOf, type Word } from './words.ts';
import { readWriteText } from './write-text.ts';

/** The use of a parameter's value. */
export type ParameterUse =
  /** It goes into a column; of an INSERT without a list of columns into the one at a place. Whole where nothing is done to it. */
  | { readonly kind: 'written'; readonly column: string | number; readonly isWhole: boolean }
  /** A column is compared with it. */
  | { readonly kind: 'compared'; readonly column: string }
  /** It is a number of rows. */
  | { readonly kind: 'limit' }
  | { readonly kind: 'other' };

/** The column that a word helps to write, and the end of its value where the word begins it. */
interface Written {
  readonly use: { readonly kind: 'written'; readonly column: string | number };
  readonly end: number | null;
}

/** The columns that an INSERT or UPDATE writes, by the offset of each word of a value. */
export function writtenUses(sql: string, words: readonly Word[]): ReadonlyMap<number, Written> {
  const uses = new Map<number, Written>();
  const note = (column: string | number, value: readonly Word[]): void => {
    const end = value.at(-1)?.end ?? null;
    for (const [i, { start }] of value.entries())
      uses.set(start, { use: { kind: 'written', column }, end: i === 0 ? end : null });
  };
  const { into } = readWriteText(sql);
  if (words.some(({ key, depth }) => depth === 0 && (key === 'INSERT' || key === 'REPLACE')))
    for (const row of rowsOf(words)) for (const [i, value] of row.entries()) note(into?.[i] ?? i, value);
  for (const [column, value] of pairsOf(words)) note(column, value);
  return uses;
}

const rowSources: ReadonlySet<string> = new Set(['VALUES', 'SELECT']);
const afterRows: ReadonlySet<string> = new Set(['ON', 'RETURNING', ';']);
const afterColumns: ReadonlySet<string> = new Set(['FROM', 'WHERE', 'UNION', 'LIMIT', ...afterRows]);

/** The rows that an INSERT gives, value by value. */
function rowsOf(words: readonly Word[]): (readonly (readonly Word[])[])[] {
  const source = outsideAt(words, rowSources);
  if (source < 0) return [];
  const end = outsideAt(words, words[source]?.key === 'SELECT' ? afterColumns : afterRows, source + 1);
  const given = words.slice(source + 1, end < 0 ? words.length : end);
  if (words[source]?.key === 'SELECT') return [items(given)];
  return given.flatMap(({ key, depth }, i) => (key === '(' && depth === 0 ? [items(inside(given, i))] : []));
}

const endsSet: ReadonlySet<string> = new Set(['FROM', 'WHERE', 'RETURNING', 'ORDER', 'LIMIT', 'ON', ';']);

/** The columns after each SET, with their values. */
function pairsOf(words: readonly Word[]): (readonly [string, readonly Word[]])[] {
  return words.flatMap(({ key, depth }, set) => {
    if (key !== 'SET' || depth > 0) return [];
    const end = outsideAt(words, endsSet, set + 1);
    return items(words.slice(set + 1, end < 0 ? words.length : end)).flatMap(([first, equals, ...value]) => {
      const column = nameOf(first);
      return column === null || equals?.text !== '=' ? [] : [[column, value] as const];
    });
  });
}

const comparing: ReadonlySet<string> = new Set(
  '= == <> != < <= > >= IS NOT LIKE GLOB MATCH REGEXP BETWEEN IN'.split(' '),
);

/** The use of a parameter that is not written: the column that the words before or after it compare it with. */
export function comparedUse(words: readonly Word[], first: number, last: number): ParameterUse {
  let at = beforeValues(words, first - 1);
  const { key = '' } = words[at] ?? {};
  if (key === 'LIMIT' || key === 'OFFSET') return { kind: 'limit' };
  // BETWEEN ? AND ?
  const start = key === 'AND' ? beforeValues(words, at - 1) : -1;
  if (words[start]?.key === 'BETWEEN') at = start;
  let left = at;
  while (comparing.has(words[left]?.key ?? '')) left -= 1;
  const column = left < at ? columnEndingAt(words, left) : columnComparedAt(words, last + 1);
  return column === null ? { kind: 'other' } : { kind: 'compared', column };
}

/** The last word that is no value, no comma, and opens neither a list nor the call of a function. */
function beforeValues(words: readonly Word[], from: number): number {
  let at = from;
  while (isPartOfList(words, at)) at -= 1;
  return at;
}

function isPartOfList(words: readonly Word[], at: number): boolean {
  const word = words[at];
  if (word === undefined) return false;
  if (word.text === '(' || word.text === ',' || word.text === '?') return true;
  if (word.kind === 'parameter' || word.kind === 'number' || word.kind === 'string') return true;
  return word.kind === 'word' && words[at + 1]?.text === '(' && !comparing.has(word.key);
}

/** The column that ends at a word, or that a function there is about: `u.email`, `lower(u.email)`. */
function columnEndingAt(words: readonly Word[], at: number): string | null {
  const word = words[at];
  if (word?.text !== ')') return columnName(word);
  const open = words.findLastIndex(({ text, depth }, i) => i < at && text === '(' && depth === word.depth);
  const names = words.slice(open + 1, at).map(columnName);
  return names.findLast((name) => name !== null) ?? null;
}

/** The column that an operator there compares with: `? = u.email`. */
function columnComparedAt(words: readonly Word[], operator: number): string | null {
  if (!comparing.has(words[operator]?.key ?? '')) return null;
  return columnName(words[words[operator + 2]?.text === '.' ? operator + 3 : operator + 1]);
}

function columnName(word: Word | undefined): string | null {
  if (word === undefined || (word.kind !== 'word' && word.kind !== 'name')) return null;
  const name = nameOf(word);
  return name === null || notColumns.has(foldName(name)) ? null : name;
}

const notColumns: ReadonlySet<string> = new Set(
  'and case else from having null on or select set then values when where'.split(' '),
);
