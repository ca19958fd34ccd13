import { type FromTable, tableAt } from './from-tables.ts';
import { type Constant, constantIn } from './parts.ts';
import { onOneLine } from './quote.ts';
import { type ResultItem, readItems } from './result-columns.ts';
import { type ColumnPath, columnIn, readWords, type Word } from './words.ts';

/** A result column of a SELECT. */
export interface SelectItem {
  /** Its expression, without the name that AS gives it; `*` stands for itself. */
  readonly text: string;
  /** That name, or the column's own; null for an expression without one. */
  readonly name: string | null;
  /** The column that it is alone; null for any other expression. */
  readonly column: ColumnPath | null;
  /** The constant that it is alone; null for any other expression. */
  readonly constant: Constant | null;
}

/** A SELECT cut into its texts. */
export interface Select {
  readonly items: readonly SelectItem[];
  /** '' where it has none. */
  readonly from: string;
  /** The tables between the commas and joins of FROM; null for a query or a function. */
  readonly tables: readonly (FromTable | null)[];
  readonly where: string | null;
  /** Whether it has GROUP BY, DISTINCT or LIMIT, so that not every row stands for itself. */
  readonly isFolded: boolean;
  readonly groupBy: string | null;
  /** From ORDER BY on, where it has a LIMIT. */
  readonly limit: string | null;
  /** Whether it has HAVING or WINDOW, which are not cut out. */
  readonly hasMore: boolean;
}

/** A SELECT from tables alone. */
export interface SelectParts extends Select {
  readonly tables: readonly [FromTable, ...FromTable[]];
}

/** Reads a SELECT; null for a compound one, and for one with WITH. */
export function readSelect(query: string): Select | null {
  const words = readWords(query).filter(({ text }) => text !== ';');
  const at = (key: string): number => words.findIndex((word) => word.depth === 0 && word.key === key);
  if (words[0]?.key !== 'SELECT' || compounds.some((key) => at(key) >= 0)) return null;
  const [from, where, group] = [at('FROM'), at('WHERE'), at('GROUP')];
  const [order, limit] = [at('ORDER'), at('LIMIT')];
  const until = (...ends: readonly number[]): number => Math.min(words.length, ...ends.filter((end) => end >= 0));
  const fromWords = from < 0 ? [] : words.slice(from + 1, until(where, group, order, limit));
  return {
    items: readItems(words).map((item) => itemOf(query, item)),
    from: textOf(query, fromWords),
    tables: readTables(fromWords),
    where: where < 0 ? null : textOf(query, words.slice(where + 1, until(group, order, limit))),
    isFolded: group >= 0 || limit >= 0 || words[1]?.key === 'DISTINCT',
    groupBy: group < 0 ? null : textOf(query, words.slice(group + 2, until(order, limit))),
    limit: limit < 0 ? null : textOf(query, words.slice(order < 0 ? limit : order)),
    hasMore: ['HAVING', 'WINDOW'].some((key) => at(key) >= 0),
  };
}

const compounds = ['UNION', 'EXCEPT', 'INTERSECT', 'VALUES'];

/** Reads a SELECT; null for a compound one, one with WITH, HAVING or WINDOW, and one that reads anything but tables by their names. */
export function readSelectParts(query: string): SelectParts | null {
  const select = readSelect(query);
  const [first, ...others] = select?.tables ?? [];
  if (select === null || select.hasMore || first === undefined || first === null) return null;
  const named = others.filter((table) => table !== null);
  return named.length < others.length ? null : { ...select, tables: [first, ...named] };
}

function itemOf(query: string, { words, alias }: ResultItem): SelectItem {
  const text = textOf(query, words);
  const column = columnIn(words);
  return { text, name: alias ?? column?.name ?? null, column, constant: words.length > 2 ? null : constantIn(text) };
}

/** The text of neighbouring words, on one line. */
export function textOf(sql: string, words: readonly Word[]): string {
  const [first, last] = [words[0], words.at(-1)];
  return first === undefined || last === undefined ? '' : onOneLine(sql.slice(first.start, last.end));
}

/** The tables between the commas and joins after FROM; null for a query or a function. */
function readTables(words: readonly Word[]): (FromTable | null)[] {
  return words.flatMap(({ key, depth }, i) => {
    if (i > 0 && (depth > 0 || (key !== 'JOIN' && key !== ','))) return [];
    return [tableAt(words, i === 0 ? 0 : i + 1)];
  });
}
