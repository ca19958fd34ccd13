import type { Narrowing, StatementHead, Verb } from '../model/history.ts';
import { placesOfTables } from './from-tables.ts';
import { outsideAt } from './nesting.ts';
import { nameOf, readWords, type Word } from './words.ts';

const noHead: StatementHead = {
  verb: 'other',
  target: null,
  renamedTo: null,
  column: null,
  sources: [],
  narrowings: [],
};

/**
 * Reads what a statement says it does from its tokens: verb, target, columns named by ALTER, tables read, words that
 * narrow what is copied. A name that a keyword has in another place is read by its place; there is no grammar.
 */
export function readHead(sql: string): StatementHead {
  const words = readWords(sql);
  const start = words[0]?.key === 'WITH' ? afterCommonTables(words) : 0;
  return readVerb(words, start);
}

function readVerb(words: readonly Word[], start: number): StatementHead {
  const key = (offset: number): string => words[start + offset]?.key ?? '';
  switch (key(0)) {
    case 'CREATE':
      return readCreate(words, start);
    case 'ALTER':
      return readAlter(words, start);
    case 'DROP':
      return readDrop(words, start);
    case 'INSERT':
    case 'REPLACE':
      return readInsert(words, start);
    case 'UPDATE': {
      const at = key(1) === 'OR' ? start + 3 : start + 1;
      return { ...noHead, verb: 'update', target: nameAt(words, at).name, ...readQuery(words, at) };
    }
    case 'DELETE':
      return {
        ...noHead,
        verb: 'delete',
        target: nameAt(words, start + 2).name,
        ...readQuery(words, nameAt(words, start + 2).next),
      };
    case 'SELECT':
    case 'VALUES':
      return { ...noHead, verb: 'select', ...readQuery(words, start) };
    default:
      return { ...noHead, verb: simpleVerbs.get(key(0)) ?? 'other' };
  }
}

const simpleVerbs: ReadonlyMap<string, Verb> = new Map([
  ['PRAGMA', 'pragma'],
  ['BEGIN', 'begin'],
  ['COMMIT', 'commit'],
  ['END', 'commit'],
  ['ROLLBACK', 'rollback'],
  ['SAVEPOINT', 'savepoint'],
  ['RELEASE', 'release'],
]);

/** The index of the first word after `WITH [RECURSIVE] name [(…)] AS [NOT MATERIALIZED] (…), …`. */
function afterCommonTables(words: readonly Word[]): number {
  return Math.max(outsideAt(words, afterWith), 0);
}

const afterWith: ReadonlySet<string> = new Set(['INSERT', 'REPLACE', 'UPDATE', 'DELETE', 'SELECT']);

function readCreate(words: readonly Word[], start: number): StatementHead {
  const kindAt = words.findIndex((word, i) => i > start && ['TABLE', 'INDEX', 'TRIGGER', 'VIEW'].includes(word.key));
  const kind = words[kindAt]?.key;
  const named = nameAt(words, skip(words, kindAt + 1, 'IF', 'NOT', 'EXISTS'));
  if (kind === 'TABLE') {
    const virtual = words[kindAt - 1]?.key === 'VIRTUAL';
    const copies = words[named.next]?.key === 'AS';
    const query = copies ? readQuery(words, named.next) : { sources: [], narrowings: [] };
    return { ...noHead, verb: virtual ? 'create-virtual-table' : 'create-table', target: named.name, ...query };
  }
  if (kind === 'INDEX') return { ...noHead, verb: 'create-index', target: nameAt(words, named.next + 1).name };
  if (kind === 'VIEW') return { ...noHead, verb: 'create-view', target: named.name };
  if (kind === 'TRIGGER') {
    const on = words.findIndex((word, i) => i >= named.next && word.key === 'ON');
    return { ...noHead, verb: 'create-trigger', target: on < 0 ? null : nameAt(words, on + 1).name };
  }
  return noHead;
}

function readAlter(words: readonly Word[], start: number): StatementHead {
  const table = nameAt(words, start + 2);
  const key = (offset: number): string => words[table.next + offset]?.key ?? '';
  const column = (offset: number): string | null =>
    nameAt(words, table.next + (key(offset) === 'COLUMN' ? offset + 1 : offset)).name;
  const head = { ...noHead, target: table.name };
  if (key(0) === 'RENAME' && key(1) === 'TO')
    return { ...head, verb: 'rename-table', renamedTo: nameAt(words, table.next + 2).name };
  if (key(0) === 'RENAME') return { ...head, verb: 'rename-column', column: column(1) };
  if (key(0) === 'DROP' && key(1) !== 'CONSTRAINT') return { ...head, verb: 'drop-column', column: column(1) };
  if (key(0) === 'ADD' && key(1) !== 'CONSTRAINT' && key(1) !== 'CHECK')
    return { ...head, verb: 'add-column', column: column(1) };
  return { ...head, verb: 'alter-table', column: key(0) === 'ALTER' ? column(1) : null };
}

const dropVerbs: ReadonlyMap<string, Verb> = new Map([
  ['TABLE', 'drop-table'],
  ['INDEX', 'drop-index'],
  ['TRIGGER', 'drop-trigger'],
  ['VIEW', 'drop-view'],
]);

function readDrop(words: readonly Word[], start: number): StatementHead {
  const verb = dropVerbs.get(words[start + 1]?.key ?? '') ?? 'other';
  return { ...noHead, verb, target: nameAt(words, skip(words, start + 2, 'IF', 'EXISTS')).name };
}

function readInsert(words: readonly Word[], start: number): StatementHead {
  const conflict = words[start + 1]?.key === 'OR' ? words[start + 2]?.key : null;
  const into = words.findIndex((word, i) => i > start && word.key === 'INTO');
  const target = nameAt(words, into + 1);
  const query = readQuery(words, target.next);
  const replaces = words[start]?.key === 'REPLACE' || conflict === 'REPLACE';
  const hidden = replaces ? 'or-replace' : conflict === 'IGNORE' ? 'or-ignore' : upsertOf(words, target.next);
  const narrowings = hidden === null ? query.narrowings : [...query.narrowings, hidden];
  return { ...noHead, verb: replaces ? 'replace' : 'insert', target: target.name, sources: query.sources, narrowings };
}

/** The action of ON CONFLICT on an existing row: it stays (`or-ignore`), or the new one goes into it. */
function upsertOf(words: readonly Word[], start: number): Narrowing | null {
  const at = words.findIndex(({ key }, i) => i >= start && key === 'ON' && words[i + 1]?.key === 'CONFLICT');
  const action = at < 0 ? -1 : words.findIndex(({ key }, i) => i > at && key === 'DO');
  if (action < 0) return null;
  return words[action + 1]?.key === 'NOTHING' ? 'or-ignore' : 'or-replace';
}

const narrowingWords: ReadonlyMap<string, Narrowing> = new Map([
  ['WHERE', 'where'],
  ['JOIN', 'join'],
  ['DISTINCT', 'distinct'],
  ['GROUP', 'group-by'],
  ['LIMIT', 'limit'],
  ['EXCEPT', 'compound'],
  ['INTERSECT', 'compound'],
  ['UNION', 'compound'],
]);

/**
 * The tables read, those of subqueries last, and the narrowing words, from `start` on. Words inside parentheses narrow only what a subquery after
 * FROM returns; a scalar subquery's WHERE leaves no row out.
 */
function readQuery(words: readonly Word[], start: number): Pick<StatementHead, 'sources' | 'narrowings'> {
  const narrowings = new Set<Narrowing>();
  const places = placesOfTables(words, start);
  const fromSubquery = words.some((word, i) => i > start && word.key === '(' && isFrom(words[i - 1]));
  for (let i = start; i < words.length; i++) {
    const { key = '', depth = 0 } = words[i] ?? {};
    const narrowing = key === ',' && places.includes(i + 1) ? 'join' : narrowingWords.get(key);
    // `a IS DISTINCT FROM b` compares.
    if (narrowing === 'distinct' && words[i + 1]?.key === 'FROM') continue;
    if (narrowing !== undefined && (depth === 0 || fromSubquery)) narrowings.add(narrowing);
  }
  const found = places.flatMap((at) => {
    const name = words[at]?.key === '(' ? null : nameAt(words, at).name;
    return name === null ? [] : [{ name, depth: words[at]?.depth ?? 0 }];
  });
  const sources = new Set(found.sort((a, b) => a.depth - b.depth).map(({ name }) => name));
  return { sources: [...sources], narrowings: [...narrowings] };
}

function isFrom(word: Word | undefined): boolean {
  return word?.key === 'FROM' || word?.key === 'JOIN';
}

/** The name at `at`, its schema (`main.`) taken off, and the index of the word after it. */
function nameAt(words: readonly Word[], at: number): { name: string | null; next: number } {
  if (words[at + 1]?.key === '.') return { name: nameOf(words[at + 2]), next: at + 3 };
  return { name: nameOf(words[at]), next: at + 1 };
}

function skip(words: readonly Word[], at: number, ...keys: readonly string[]): number {
  return keys.every((key, i) => words[at + i]?.key === key) ? at + keys.length : at;
}
