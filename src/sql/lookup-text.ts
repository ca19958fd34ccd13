import type { LookupText, NamedColumn } from '../model/change.ts';
import { clause, items, outsideAt, withoutParentheses } from './nesting.ts';
import { foldName, unquote } from './quote.ts';
import { columnIn, readWords, type Word } from './words.ts';

/**
 * Reads a SELECT in parentheses, or an expression with one in it, whose answer is NULL where no row matches.
 * @param place which of its columns is meant, from 0.
 * @returns null for an expression without a SELECT, and for one that asks whether its own value is there, as `(SELECT id FROM
 * t WHERE id = c)`: it says that others become NULL.
 * https://sqlite.org/lang_expr.html#scalar_subqueries
 */
export function readLookup(words: readonly Word[], place: number): LookupText | null {
  if (!words.some(({ key }) => key === 'SELECT')) return null;
  const query = withoutParentheses(words);
  const isWhole = query.length < words.length && query[0]?.key === 'SELECT';
  const item = (isWhole ? items(clause(query, selecting, fromWord) ?? [])[place] : undefined) ?? [];
  const isColumn = columnIn(item) !== null;
  if (isColumn && asksForItself(query, item)) return null;
  return { names: namedColumns(words), isPlain: isColumn && outsideAt(query, choosing) < 0 };
}

/** Whether a query compares by `=` the column that it gives. */
function asksForItself(query: readonly Word[], item: readonly Word[]): boolean {
  const [given, ...others] = namedColumns(item);
  if (given === undefined || others.length > 0) return false;
  const own = new Set(namedColumns(clause(query, fromWord, endsFrom) ?? []).map(({ name }) => name));
  const condition = clause(query, whereWord, endsWhere) ?? [];
  return condition.some((word, at) => {
    if (word.kind !== 'word' && word.kind !== 'name') return false;
    if (foldName(unquote(word.text)) !== given.name || condition[at + 1]?.text === '.') return false;
    const isQualified = condition[at - 1]?.text === '.';
    const qualifier = isQualified ? foldName(unquote(condition[at - 2]?.text ?? '')) : null;
    const isOwn = qualifier === null || (given.qualifier === null ? own.has(qualifier) : qualifier === given.qualifier);
    return isOwn && (isEqual(condition[at + 1]) || isEqual(condition[isQualified ? at - 3 : at - 1]));
  });
}

function isEqual(word: Word | undefined): boolean {
  return word?.text === '=' || word?.text === '==' || word?.key === 'IS';
}

/** The FROM of an UPDATE, with what it is joined by; null without one. A row without a match is left as it is. */
export function readUpdateFrom(words: readonly Word[]): LookupText | null {
  const from = outsideAt(words, fromWord);
  return from < 0 ? null : { names: namedColumns(words.slice(from)), isPlain: false };
}

/** The tables that a query joins although they may have no match, and what it looks for in them. */
export interface LeftJoins {
  /** Names, folded, in the part of FROM before the first of them. */
  readonly left: ReadonlySet<string>;
  readonly names: readonly NamedColumn[];
}

/** Reads the LEFT and FULL JOINs of a query; null for a query without one. */
export function readLeftJoins(query: string): LeftJoins | null {
  const from = clause(readWords(query), fromWord, endsFrom) ?? [];
  const at = outsideAt(from, optional);
  if (at < 0) return null;
  return { left: new Set(namedColumns(from.slice(0, at)).map(({ name }) => name)), names: namedColumns(from) };
}

/** The names that may be columns: no functions. */
function namedColumns(words: readonly Word[]): NamedColumn[] {
  return words.flatMap(({ kind, text }, at) => {
    const next = words[at + 1]?.text;
    const isName = (kind === 'word' && next !== '(') || kind === 'name';
    if (!isName || next === '.') return [];
    const before = words[at - 1]?.text === '.' ? words[at - 2] : undefined;
    const qualifier = before === undefined ? null : foldName(unquote(before.text));
    return [{ qualifier, name: foldName(unquote(text)) }];
  });
}

const selecting: ReadonlySet<string> = new Set(['SELECT']);
const fromWord: ReadonlySet<string> = new Set(['FROM']);
const whereWord: ReadonlySet<string> = new Set(['WHERE']);
const endsWhere: ReadonlySet<string> = new Set(['GROUP', 'ORDER', 'LIMIT', 'WINDOW', 'UNION', 'EXCEPT', ';']);
/** Words by which it chooses among several rows, or makes one of them. */
const choosing: ReadonlySet<string> = new Set(['LIMIT', 'ORDER', 'GROUP', 'UNION', 'DISTINCT']);
const endsFrom: ReadonlySet<string> = new Set(['WHERE', 'GROUP', 'ORDER', 'LIMIT', 'WINDOW', 'UNION', 'EXCEPT', ';']);
const optional: ReadonlySet<string> = new Set(['LEFT', 'FULL']);
