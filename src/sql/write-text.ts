import { unquote } from './quote.ts';
import { isBlank, type Token, tokens } from './tokens.ts';

/** What the text of a statement that writes rows tells beyond its head. */
export interface WriteText {
  /** The columns after SET: of an UPDATE, or of an INSERT that updates on a conflict. */
  readonly sets: readonly string[];
  /** The columns that an INSERT lists, or null where it lists none and means all. */
  readonly into: readonly string[] | null;
  /** The SELECT or VALUES that rows come from, with the WITH that belongs to it, or null. */
  readonly query: string | null;
}

interface Word extends Token {
  readonly text: string;
  /** The text in upper case for what is not quoted, '' for what is. */
  readonly key: string;
  /** How many parentheses are open before it. */
  readonly depth: number;
}

const nothing: WriteText = { sets: [], into: null, query: null };

/**
 * Reads INSERT, REPLACE, UPDATE and CREATE TABLE … AS from their tokens.
 * https://sqlite.org/lang_insert.html, https://sqlite.org/lang_update.html
 */
export function readWriteText(sql: string): WriteText {
  const words = readWords(sql);
  const start = words.findIndex(({ key, depth }) => depth === 0 && verbs.has(key));
  switch (words[start]?.key) {
    case 'UPDATE':
      return { ...nothing, sets: readSets(words, start) };
    case 'INSERT':
    case 'REPLACE':
      return readInsert(sql, words, start);
    case 'CREATE':
      return { ...nothing, query: afterAs(sql, words) };
    default:
      return nothing;
  }
}

/**
 * Which results of a query are scalar subqueries, by their place among `count` results. SQLite says of such a one which column it
 * is of, as if it were a copy of that. Where a `*` stands for several, results are counted from both ends.
 */
export function subqueryResults(query: string, count: number): ReadonlySet<number> {
  const words = readWords(query);
  const select = words.findIndex(({ key, depth }) => depth === 0 && key === 'SELECT');
  if (select < 0) return new Set();
  const items: Word[][] = [[]];
  for (const word of words.slice(select + 1)) {
    if (word.depth === 0 && endsResults.has(word.key)) break;
    if (word.depth === 0 && word.key === ',') items.push([]);
    else if (word.depth > 0 || (word.key !== 'DISTINCT' && word.key !== 'ALL')) items.at(-1)?.push(word);
  }
  const isStar = (item: readonly Word[]): boolean => item.at(-1)?.key === '*' && (item.at(-2)?.key ?? '.') === '.';
  const firstStar = items.findIndex(isStar);
  const places = items.flatMap((item, i): number[] => {
    if (item[0]?.key !== '(' || !queryWords.has(item[1]?.key ?? '')) return [];
    return [firstStar < 0 || i < firstStar ? i : count - items.length + i];
  });
  return new Set(places);
}

const endsResults: ReadonlySet<string> = new Set([
  'FROM',
  'WHERE',
  'UNION',
  'EXCEPT',
  'INTERSECT',
  'ORDER',
  'LIMIT',
  ';',
]);

/** The new name of `ALTER TABLE t RENAME [COLUMN] a TO b`. */
export function renamedColumn(sql: string): string | null {
  const words = readWords(sql);
  const to = words.findLastIndex(({ key }) => key === 'TO');
  return to < 0 ? null : nameOf(words[to + 1]);
}

const verbs: ReadonlySet<string> = new Set(['INSERT', 'REPLACE', 'UPDATE', 'CREATE', 'DELETE', 'SELECT', 'ALTER']);

function readWords(sql: string): Word[] {
  const words: Word[] = [];
  let depth = 0;
  for (const token of tokens(sql)) {
    if (isBlank(token)) continue;
    const text = sql.slice(token.start, token.end);
    if (text === ')') depth -= 1;
    words.push({
      ...token,
      text,
      depth,
      key: token.kind === 'word' || token.kind === 'symbol' ? text.toUpperCase() : '',
    });
    if (text === '(') depth += 1;
  }
  return words;
}

function readInsert(sql: string, words: readonly Word[], start: number): WriteText {
  const into = words.findIndex(({ key }, i) => i > start && key === 'INTO');
  let at = words[into + 2]?.key === '.' ? into + 4 : into + 2;
  if (words[at]?.key === 'AS') at += 2;
  let columns: string[] | null = null;
  if (words[at]?.key === '(' && !queryWords.has(words[at + 1]?.key ?? '')) {
    const close = words.findIndex(({ text, depth }, i) => i > at && text === ')' && depth === 0);
    columns = words.slice(at + 1, close).flatMap((word) => (word.key === ',' ? [] : (nameOf(word) ?? [])));
    at = close + 1;
  }
  const end = words.findIndex(
    ({ key, depth }, i) =>
      i > at && depth === 0 && (key === 'RETURNING' || (key === 'ON' && words[i + 1]?.key === 'CONFLICT')),
  );
  const sets = end < 0 ? [] : readSets(words, end);
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
  const as = words.findIndex(({ key, depth }, i) => i > table && depth === 0 && (key === 'AS' || key === '('));
  const first = words[as + 1];
  return as < 0 || words[as]?.key !== 'AS' || first === undefined ? null : sql.slice(first.start).replace(/;\s*$/, '');
}

/** The columns assigned after each SET from `from` on: `a = …, (b, c) = …`. */
function readSets(words: readonly Word[], from: number): string[] {
  const sets: string[] = [];
  let open = false;
  for (let i = from; i < words.length; i++) {
    const { key = '', depth = 0 } = words[i] ?? {};
    if (depth === 0 && key === 'SET') open = true;
    else if (!(open && depth === 0 && key === ',')) {
      if (depth === 0 && endsSet.has(key)) open = false;
      continue;
    }
    if (words[i + 1]?.key !== '(') {
      sets.push(nameOf(words[i + 1]) ?? '');
      continue;
    }
    for (let j = i + 2; words[j] !== undefined && words[j]?.key !== ')'; j++) {
      if (words[j]?.key !== ',') sets.push(nameOf(words[j]) ?? '');
    }
  }
  return sets;
}

const endsSet: ReadonlySet<string> = new Set(['FROM', 'WHERE', 'RETURNING', 'ORDER', 'LIMIT', 'ON']);

function nameOf(word: Word | undefined): string | null {
  return word === undefined || word.kind === 'symbol' || word.kind === 'number' ? null : unquote(word.text);
}
