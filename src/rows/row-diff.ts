import type { Database } from '../database/connection.ts';
import type { SqlValue } from '../model/connection.ts';
import { quoteName } from '../sql/quote.ts';
import {
  allOf,
  anyOf,
  asText,
  type ColumnPair,
  type Comparable,
  comparable,
  differs,
  matchesKey,
  type TablePair,
} from './column-diff.ts';
import { nearRows, type RowidNames, type Shortcut } from './shortcut.ts';

/** The identity of a row. */
export type Identity =
  | {
      readonly kind: 'key';
      readonly columns: readonly ColumnPair[];
      /** An expression that is never NULL in a row of after: its rowid, or a column of its key. */
      readonly marker: string;
      /** Rows that are equal at this place need not be looked up by their key. */
      readonly shortcut: Shortcut | null;
    }
  | ({ readonly kind: 'rowid' } & RowidNames);

/** The result of pairing row with row. */
export interface PairedDiff {
  /** Rows of before without a partner. */
  readonly lost: number;
  /** Paired rows that differ in any column. */
  readonly changed: number;
  /** For each column: the rows that differ in it, and those of them that became NULL. */
  readonly columns: readonly { readonly changed: number; readonly nulled: number }[];
}

/** The result of comparing complete rows. */
export interface UnpairedDiff {
  /** Rows that are there less often than before. */
  readonly lost: number;
  /** Rows that are there more often than before. */
  readonly gained: number;
  /** Those of them that were there before at least once. */
  readonly duplicated: number;
}

/**
 * Compares a table with what it was, row by row, in one query over both sides. Values differ when SQLite's IS NOT says so
 * of their bytes, or their storage classes do: NOCASE text, 1 and 1.0, 1 and '1', text and BLOB
 * (https://sqlite.org/datatype3.html). Where the affinity of a column was changed, a value that can be told from the new
 * one again counts as the same.
 */
export function diffPaired(db: Database, pair: TablePair, identity: Identity): PairedDiff {
  const { columns } = pair;
  const missing = missingTest(identity);
  const tests = columns.map((column) => differs(column));
  const [first = [], ...others] = inParts(tests, sumLimit);
  const sumOf = (test: string): string => `sum(NOT ${missing} AND ${test})`;
  const [lost = 0, rows = 0, ...changes] = readSums(
    db,
    [`ifnull(sum(${missing}), 0)`, 'count(*)', ...first.map(sumOf)],
    `${joined(pair, identity)} AND ${anyOf([missing, ...tests])}`,
  );
  if (rows === lost) return { lost, changed: 0, columns: columns.map(() => ({ changed: 0, nulled: 0 })) };
  for (const part of others)
    changes.push(...readSums(db, part.map(sumOf), `${joined(pair, identity)} AND ${anyOf(part)}`));
  const changed = columns.filter((_, i) => changes[i] !== 0);
  const nulled = new Map(countNulled(db, pair, identity, changed).map((count, i) => [changed[i], count]));
  return {
    lost,
    changed: rows - lost,
    columns: columns.map((column, i) => ({ changed: changes[i] ?? 0, nulled: nulled.get(column) ?? 0 })),
  };
}

function countNulled(db: Database, pair: TablePair, identity: Identity, changed: readonly ColumnPair[]): number[] {
  return inParts(changed, sumLimit).flatMap((columns) => {
    const sums = columns.map((column) => `sum(${differs(column)} AND a.${quoteName(column.after)} IS NULL)`);
    return readSums(db, sums, `${joined(pair, identity)} AND NOT ${missingTest(identity)}`);
  });
}

/** Sums of one query: SQLite takes no more than 2000, and the wider a query is the more it has to compile. */
const sumLimit = 500;

function readSums(db: Database, sums: readonly string[], from: string): number[] {
  return (
    db
      .prepare<[], number[]>(`SELECT ${sums.join(', ')} ${from}`)
      .raw()
      .get() ?? []
  );
}

function inParts<T>(list: readonly T[], size: number): T[][] {
  const parts: T[][] = [];
  for (let start = 0; start < list.length; start += size) parts.push(list.slice(start, start + size));
  return parts;
}

/**
 * Reads the identity of a few of the rows that differ in one of some columns.
 * @param shown the columns of before to read of each.
 */
export function differingRows(
  db: Database,
  pair: TablePair,
  identity: Identity,
  shown: readonly string[],
  limit: number,
): SqlValue[][] {
  const read = shown.map((name) => `b.${name}`).join(', ');
  const query = `SELECT ${read} ${joined(pair, identity)}
    AND NOT ${missingTest(identity)} AND ${anyOf(pair.columns.map((column) => differs(column)))} LIMIT ${limit}`;
  return db.prepare<[], SqlValue[]>(query).raw().safeIntegers().all();
}

/** Compares a table with what it was as two multisets of rows, by the columns of the pair. */
export function diffUnpaired(db: Database, pair: TablePair): UnpairedDiff {
  return diffUnited(db, [pair]);
}

/** The same of several tables that became one; the columns of all pairs are those of one table after, in one order. */
export function diffUnited(db: Database, pairs: readonly [...TablePair[], TablePair]): UnpairedDiff {
  const [lost = 0, gained = 0, duplicated = 0] =
    db
      .prepare<[], number[]>(
        `SELECT ifnull(sum(max(had - has, 0)), 0), ifnull(sum(max(has - had, 0)), 0),
          ifnull(sum(CASE WHEN had > 0 THEN max(has - had, 0) END), 0) FROM (${multisets(pairs)})`,
      )
      .raw()
      .get() ?? [];
  return { lost, gained, duplicated };
}

/** The number of rows of before that are missing from the other table, by the columns of the pair. */
export function countMissing(db: Database, pair: TablePair): number {
  const query = `SELECT ifnull(sum(had), 0) FROM (${multisets([pair])}) WHERE has = 0`;
  return db.prepare<[], number>(query).pluck().get() ?? 0;
}

/** The number of rows with the same key as another row of the table after. */
export function countRepeated(db: Database, { after }: TablePair, key: readonly ColumnPair[]): number {
  const columns = key.map((column) => quoteName(column.after)).join(', ');
  const query = `SELECT ifnull(sum(n - 1), 0) FROM (SELECT count(*) AS n FROM main.${quoteName(after)} GROUP BY ${columns})`;
  return db.prepare<[], number>(query).pluck().get() ?? 0;
}

function multisets(pairs: readonly [...TablePair[], TablePair]): string {
  const side = ({ columns }: TablePair, table: string, read: (column: ColumnPair) => string, had: number): string => {
    const terms = termsOf(columns.map((column) => comparable(column, quoteName(read(column)))));
    return `SELECT ${[...terms.map((term, i) => `${term} AS c${i}`), `${had} AS had`, `${1 - had} AS has`].join(', ')} FROM ${table}`;
  };
  const had = pairs.map((pair) => side(pair, `${pair.schema}.${quoteName(pair.before)}`, ({ before }) => before, 1));
  const [last] = pairs.slice(-1);
  const has = last === undefined ? [] : [side(last, `main.${quoteName(last.after)}`, ({ after }) => after, 0)];
  const terms =
    last === undefined ? [] : termsOf(last.columns.map((column) => comparable(column, quoteName(column.before))));
  const groups = terms.map((_, i) => `c${i} COLLATE BINARY`);
  return `SELECT sum(had) AS had, sum(has) AS has FROM (${[...had, ...has].join(' UNION ALL ')}) GROUP BY ${groups.join(', ')}`;
}

/** Terms of one GROUP BY; SQLite takes 2000: https://sqlite.org/limits.html#max_column */
const termLimit = 1_900;

/** The terms that rows are grouped by: each value and its storage class, or texts of many values where those are too many. */
function termsOf(values: readonly Comparable[]): string[] {
  if (values.length * 2 <= termLimit) return values.flatMap(({ value, storage }) => [value, storage]);
  return inParts(values, Math.ceil(values.length / termLimit) * 10).map((part) => joinedText(part.map(asText)));
}

/** A chain of || as a balanced tree: https://sqlite.org/limits.html#max_expr_depth is 1000. */
function joinedText(texts: readonly string[]): string {
  if (texts.length < 3) return `(${texts.join(` || ' ' || `)})`;
  const half = texts.length >> 1;
  return `(${joinedText(texts.slice(0, half))} || ' ' || ${joinedText(texts.slice(half))})`;
}

/** Rows of before, each with its partner; those without one are left out. */
export function pairedRows({ schema, before, after }: TablePair, identity: Identity): string {
  return `FROM ${schema}.${quoteName(before)} AS b JOIN main.${quoteName(after)} AS a ON ${matches(identity)}`;
}

/** Rows of before, each with its partner if it has one; those that the shortcut shows to be the same are left out. */
function joined(pair: TablePair, identity: Identity): string {
  const partner = `LEFT JOIN main.${quoteName(pair.after)} AS a ON ${matches(identity)}`;
  if (identity.kind === 'rowid' || identity.shortcut === null)
    return `FROM ${pair.schema}.${quoteName(pair.before)} AS b ${partner} WHERE true`;
  const { columns, shortcut } = identity;
  const others = pair.columns.filter(({ after }) => !columns.some((key) => key.after === after));
  const differ = [...columns, ...others].map((column) => differs(column, 'near'));
  return `FROM ${nearRows(pair, shortcut)} ${partner}
    WHERE ${anyOf([`near.${shortcut.after} IS NULL`, ...differ])}`;
}

function matches(identity: Identity): string {
  if (identity.kind === 'rowid') return `a.${identity.after} = b.${identity.before}`;
  return allOf(identity.columns.map(matchesKey));
}

/** Whether a row of before has no partner. */
function missingTest(identity: Identity): string {
  return `(a.${identity.kind === 'rowid' ? identity.after : identity.marker} IS NULL)`;
}
