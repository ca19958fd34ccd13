import type { Table } from '../../model/schema.ts';
import { foldName } from '../../sql/quote.ts';
import { readUniques } from '../../sql/uniques.ts';
import { partialKeysOf, type UniqueKey } from '../partial-keys.ts';
import type { Reference } from '../reading/references.ts';
import type { OpenKey } from '../to-come.ts';

/** How the rows of a table are kept apart. Columns go by the names that the table gives them. */
export interface Uniqueness {
  /** Columns that have another value in every row. */
  readonly distinct: ReadonlySet<string>;
  /** References that point at each parent once at most. */
  readonly once: ReadonlySet<Reference>;
  /** Columns that are drawn until they repeat no row. */
  readonly open: readonly OpenKey[];
}

/** The table whose uniqueness is planned. */
export interface UniquenessRequest {
  readonly table: Table;
  /** The references that rows follow. */
  readonly references: readonly Reference[];
  /** Keys that a migration to come will make; other words may stand among their names. */
  readonly expected: readonly UniqueKey[];
  /** Whether the rows are outside a partial index, so that they are free of it. */
  readonly isFreeOf: (key: UniqueKey) => boolean;
  /** Whether a column can have any number of values: how willingly (higher is better), or 0 where it cannot. */
  readonly freedom: (column: string) => number;
}

/**
 * Plans how to meet every unique index, and those that later migrations will make: one column of each has another value
 * in every row; where all of its columns are references or short lists, combinations are drawn until they fit. No plain
 * row is a duplicate either, so that the references of a row are drawn until no other row has the same.
 */
export function planUniqueness({ table, references, expected, isFreeOf, freedom }: UniquenessRequest): Uniqueness {
  const distinct = new Set<string>();
  const once = new Set<Reference>();
  const open: OpenKey[] = [];
  const pointing = new Set(references.flatMap(({ columns }) => columns.map(foldName)));
  const enforced = table.indexes
    .filter((index) => index.unique && !partialKeysOf({ ...table, indexes: [index] }).some(isFreeOf))
    .map((index) => ({ columns: columnsOf(table, indexedNames(index)), isToCome: false }));
  const wanted = expected
    .filter((key) => !isFreeOf(key))
    .map(({ names }) => ({ columns: columnsOf(table, names), isToCome: true }));
  for (const { columns, isToCome } of [...enforced, ...wanted]) {
    if (columns.length === 0) continue;
    const free = columns.filter((column) => !pointing.has(foldName(column)) && freedom(column) > 0);
    const [best] = free.toSorted((a, b) => freedom(b) - freedom(a) || columns.indexOf(b) - columns.indexOf(a));
    const own = references.find((reference) => isAllOf(columns, reference));
    const isMet = (): boolean => columns.some((column) => distinct.has(column));
    if (!isMet() && best !== undefined) distinct.add(best);
    if (!isMet() && own !== undefined) once.add(own);
    else if (isToCome) open.push({ columns, isToCome, isMet: isMet() });
  }
  const links = columnsOf(
    table,
    references.flatMap(({ columns }) => columns),
  );
  const toOthers = references.filter(({ parent }) => parent !== table);
  if (toOthers.length > 1 && !links.some((column) => distinct.has(column)))
    open.push({ columns: links, isToCome: false, isMet: false });
  return { distinct, once, open };
}

function indexedNames({ columns, sql }: Table['indexes'][number]): string[] {
  const named = columns.filter((column) => column !== null);
  if (named.length === columns.length || sql === null) return named;
  return readUniques(sql).flat();
}

function columnsOf(table: Table, names: readonly string[]): string[] {
  const wanted = new Set(names.map(foldName));
  return table.columns.map(({ name }) => name).filter((name) => wanted.has(foldName(name)));
}

function isAllOf(columns: readonly string[], reference: Reference): boolean {
  const pointing = new Set(reference.columns.map(foldName));
  return columns.every((column) => pointing.has(foldName(column)));
}
