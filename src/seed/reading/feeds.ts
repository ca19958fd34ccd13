import type { Statement } from '../../model/history.ts';
import { readDefinitions } from '../../sql/definitions.ts';
import { items, outsideAt } from '../../sql/nesting.ts';
import { type Part, readParts } from '../../sql/parts.ts';
import { readWriteText } from '../../sql/write-text.ts';

/** A SELECT that brings rows of a table into another one. */
export interface Feed {
  /** The table that they go into, by its name when the statement runs. */
  readonly target: string;
  /** The columns that are named there, or null where all are meant. */
  readonly into: readonly string[] | null;
  readonly source: string;
  /** The columns that are taken, in their order; null for what is not one column alone. */
  readonly items: readonly (string | null)[];
  /** The places of those that are a constant alone. */
  readonly constants: readonly number[];
  /** Whether every row of the source comes along once: nothing picks, joins or folds them. */
  readonly isWhole: boolean;
}

/** Reads the SELECTs of an INSERT or of a CREATE TABLE … AS, those of a UNION one by one. */
export function readFeeds({ sql, head }: Statement): Feed[] {
  const { target, verb } = head;
  const isMade = verb === 'create-table';
  if ((verb !== 'insert' && verb !== 'replace' && !isMade) || target === null || head.sources.length === 0) return [];
  const { into, query } = readWriteText(sql);
  const selects = selectsIn(readParts(query ?? ''));
  // The first SELECT names the columns of a table that is made of it.
  const names = isMade && selects[0] !== undefined ? namesOf(selects[0]) : into;
  return selects.flatMap((parts): Feed[] => {
    const from = outsideAt(parts, fromWords);
    const source = parts[from + 1]?.key === '(' ? null : (parts[from + 1]?.name ?? null);
    if (from < 0 || source === null) return [];
    const list = parts.slice(1, from);
    const isWhole = list[0]?.key !== 'DISTINCT' && !parts.slice(from + 2).some(({ key }) => picking.has(key));
    return [{ target, into: names, source, items: itemsIn(list), constants: constantsIn(list), isWhole }];
  });
}

/** The words behind FROM after which a row comes along several times, or not at all. */
const picking: ReadonlySet<string> = new Set(['WHERE', 'GROUP', 'LIMIT', 'JOIN', ',', 'HAVING', 'EXCEPT', 'INTERSECT']);

function constantsIn(list: readonly Part[]): number[] {
  return items(list).flatMap(([first, second], place) => {
    const isAlone = second === undefined || second.key === 'AS';
    return isAlone && first !== undefined && first.constant !== null ? [place] : [];
  });
}

const fromWords: ReadonlySet<string> = new Set(['FROM']);

/** The SELECTs that stand side by side. */
function selectsIn(parts: readonly Part[]): (readonly Part[])[] {
  const starts = parts.flatMap(({ key, depth }, i) => (depth === 0 && key === 'SELECT' ? [i] : []));
  return starts.map((start, i) => parts.slice(start, starts[i + 1]));
}

function itemsIn(parts: readonly Part[]): (string | null)[] {
  return items(parts.filter(({ key }) => key !== 'DISTINCT' && key !== 'ALL')).map((item) => {
    const as = item.findIndex(({ key }) => key === 'AS');
    const named = as < 0 ? item : item.slice(0, as);
    const isColumn = named.length === 1 || (named.length === 3 && named[1]?.key === '.');
    return isColumn && named.at(-1)?.constant === null ? (named.at(-1)?.name ?? null) : null;
  });
}

/** The names that a SELECT gives its columns: an alias, or the column's own name; '' for an expression without one. */
function namesOf(parts: readonly Part[]): string[] {
  const from = outsideAt(parts, fromWords);
  const list = parts.slice(1, from < 0 ? parts.length : from);
  return items(list.filter(({ key }) => key !== 'DISTINCT' && key !== 'ALL')).map((item) => item.at(-1)?.name ?? '');
}

/** The columns that a CREATE TABLE declares, in their order. */
export function columnsIn(createTable: string): string[] {
  return readDefinitions(createTable).flatMap(({ column }) => column ?? []);
}
