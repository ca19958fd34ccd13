import { onOneLine } from './quote.ts';
import { readItems } from './result-columns.ts';
import { nameOf, readWords, type Word } from './words.ts';

/** A table after FROM. */
export interface FromTable {
  readonly name: string;
  /** The name that may qualify its columns. */
  readonly alias: string;
}

/** A SELECT from tables alone, cut into its texts. */
export interface SelectParts {
  /** The expressions, without the names that AS gives them; `*` stands for itself. */
  readonly items: readonly string[];
  readonly from: string;
  readonly tables: readonly [FromTable, ...FromTable[]];
  readonly where: string | null;
  /** Whether it has GROUP BY, DISTINCT or LIMIT, so that not every row stands for itself. */
  readonly isFolded: boolean;
  readonly groupBy: string | null;
  /** From ORDER BY on, where it has a LIMIT. */
  readonly limit: string | null;
}

/** Reads a SELECT; null for a compound one, one with WITH, and one that reads anything but tables by their names. */
export function readSelectParts(query: string): SelectParts | null {
  const words = readWords(query).filter(({ text }) => text !== ';');
  if (words[0]?.key !== 'SELECT') return null;
  const at = (key: string): number => words.findIndex((word) => word.depth === 0 && word.key === key);
  if (['UNION', 'EXCEPT', 'INTERSECT', 'HAVING', 'WINDOW', 'VALUES'].some((key) => at(key) >= 0)) return null;
  const [from, where, group] = [at('FROM'), at('WHERE'), at('GROUP')];
  const [order, limit] = [at('ORDER'), at('LIMIT')];
  if (from < 0) return null;
  const until = (...ends: readonly number[]): number => Math.min(words.length, ...ends.filter((end) => end >= 0));
  const fromWords = words.slice(from + 1, until(where, group, order, limit));
  const [first, ...others] = readTables(fromWords) ?? [];
  if (first === undefined) return null;
  return {
    items: readItems(query).map(({ words: item }) => textOf(query, item)),
    from: textOf(query, fromWords),
    tables: [first, ...others],
    where: where < 0 ? null : textOf(query, words.slice(where + 1, until(group, order, limit))),
    isFolded: group >= 0 || limit >= 0 || words[1]?.key === 'DISTINCT',
    groupBy: group < 0 ? null : textOf(query, words.slice(group + 2, until(order, limit))),
    limit: limit < 0 ? null : textOf(query, words.slice(order < 0 ? limit : order)),
  };
}

/** The texts of `DELETE FROM t WHERE …` and `UPDATE t SET … WHERE …` after WHERE; null without one. */
export function readCondition(sql: string): string | null {
  const words = readWords(sql).filter(({ text }) => text !== ';');
  const where = words.findIndex(({ key, depth }) => depth === 0 && key === 'WHERE');
  if (where < 0) return null;
  const end = words.findIndex(({ key, depth }, i) => i > where && depth === 0 && ends.has(key));
  return textOf(sql, words.slice(where + 1, end < 0 ? words.length : end));
}

/** The texts of `UPDATE t SET … FROM … WHERE …` after FROM and WHERE; null without a FROM. */
export function readUpdateSource(sql: string): { readonly tables: string; readonly where: string | null } | null {
  const words = readWords(sql).filter(({ text }) => text !== ';');
  const at = (key: string): number => words.findIndex((word) => word.depth === 0 && word.key === key);
  const [from, where] = [at('FROM'), at('WHERE')];
  const end = words.findIndex(({ key, depth }, i) => i > from && depth === 0 && (key === 'WHERE' || ends.has(key)));
  if (from < 0) return null;
  const tables = textOf(sql, words.slice(from + 1, end < 0 ? words.length : end));
  return { tables, where: where < from ? null : readCondition(sql) };
}

/** The other name that `DELETE FROM t AS x` gives its table; null without one. */
export function readDeleteAlias(sql: string): string | null {
  const words = readWords(sql);
  const as = words.findIndex(({ key, depth }) => depth === 0 && (key === 'AS' || key === 'WHERE'));
  return words[as]?.key === 'AS' ? nameOf(words[as + 1]) : null;
}

const ends: ReadonlySet<string> = new Set(['ORDER', 'LIMIT', 'RETURNING']);

/** The text of neighbouring words, on one line. */
export function textOf(sql: string, words: readonly Word[]): string {
  const [first, last] = [words[0], words.at(-1)];
  return first === undefined || last === undefined ? '' : onOneLine(sql.slice(first.start, last.end));
}

/** The tables after FROM; null where something else stands there. */
function readTables(words: readonly Word[]): FromTable[] | null {
  const tables: FromTable[] = [];
  for (let i = 0; i < words.length; i++) {
    const word = words[i];
    const isFirst = i === 0 || (word?.depth === 0 && (word.key === 'JOIN' || word.key === ','));
    if (!isFirst) continue;
    let at = i === 0 ? 0 : i + 1;
    if (words[at + 1]?.text === '.') at += 2;
    const name = words[at]?.text === '(' ? null : nameOf(words[at]);
    if (name === null || words[at + 1]?.text === '(') return null;
    const as = words[at + 1]?.key === 'AS' ? nameOf(words[at + 2]) : bareAlias(words[at + 1]);
    tables.push({ name, alias: as ?? name });
  }
  return tables;
}

function bareAlias(word: Word | undefined): string | null {
  return word === undefined || joining.has(word.key) ? null : nameOf(word);
}

const joining: ReadonlySet<string> = new Set([
  'JOIN',
  'LEFT',
  'RIGHT',
  'FULL',
  'INNER',
  'OUTER',
  'CROSS',
  'NATURAL',
  'ON',
  'USING',
  'INDEXED',
  'NOT',
  ',',
]);
