import type { Database } from '../database/connection.ts';
import { quoteName } from '../sql/quote.ts';
import { allOf, type ColumnPair, differs, matchesKey, type TablePair } from './column-diff.ts';

/** The names that the rowid goes by on either side. */
export interface RowidNames {
  readonly before: string;
  readonly after: string;
}

/**
 * Where most rows stand after the step, so that they need not be looked up by their keys: each at its own rowid, or, as
 * a copy leaves them, one after the other in the order of their rowids, from `offset` + 1 on.
 */
export type Shortcut = RowidNames & ({ readonly by: 'rowid' } | { readonly by: 'rank'; readonly offset: number });

/** Guesses the places of the rows from two rows of before; null where no guess holds. */
export function findShortcut(
  db: Database,
  pair: TablePair,
  rowids: RowidNames,
  key: readonly ColumnPair[],
): Shortcut | null {
  const { schema, before } = pair;
  const table = `${schema}.${quoteName(before)}`;
  const rowid = rowids.before;
  const at = (share: number): number | null =>
    db
      .prepare<[], number>(
        `SELECT ${rowid} FROM ${table} WHERE ${rowid} >=
           (SELECT min(${rowid}) * ${1 - share} + max(${rowid}) * ${share} FROM ${table}) LIMIT 1`,
      )
      .pluck()
      .get() ?? null;
  const [middle, late] = [at(0.5), at(0.75)];
  if (middle === null || late === null) return null;
  if (isAt(db, pair, rowids, key, middle, middle)) return { ...rowids, by: 'rowid' };
  const found = partnerOf(db, pair, rowids, key, middle);
  if (found === null) return null;
  const offset = found - rankOf(db, table, rowid, middle);
  const isNext = isAt(db, pair, rowids, key, late, offset + rankOf(db, table, rowid, late));
  return isNext ? { ...rowids, by: 'rank', offset } : null;
}

/** Rows of before as `b`, each beside the row of after where the shortcut leads to, as `near`. */
export function nearRows({ schema, before, after }: TablePair, shortcut: Shortcut): string {
  const [had, has] = [`${schema}.${quoteName(before)}`, `main.${quoteName(after)}`];
  if (shortcut.by === 'rowid')
    return `${had} AS b LEFT JOIN ${has} AS near ON near.${shortcut.after} = b.${shortcut.before}`;
  const ranked = `SELECT ${shortcut.before} AS id, row_number() OVER (ORDER BY ${shortcut.before}) AS rank FROM ${had} NOT INDEXED`;
  return `(${ranked}) AS ranked CROSS JOIN ${had} AS b ON b.${shortcut.before} = ranked.id
    LEFT JOIN ${has} AS near ON near.${shortcut.after} = ranked.rank + ${shortcut.offset}`;
}

/** Whether the row `had` of before is the row `has` of after, by its key. */
function isAt(
  db: Database,
  pair: TablePair,
  rowids: RowidNames,
  key: readonly ColumnPair[],
  had: number,
  has: number,
): boolean {
  const same = allOf(key.map((column) => `NOT ${differs(column, 'near')}`));
  const query = `SELECT 1 FROM ${pair.schema}.${quoteName(pair.before)} AS b, main.${quoteName(pair.after)} AS near
    WHERE b.${rowids.before} = ? AND near.${rowids.after} = ? AND ${same}`;
  return db.prepare<[number, number], number>(query).get(had, has) !== undefined;
}

/** The rowid in after of the row that has the key of the row `had`. */
function partnerOf(
  db: Database,
  pair: TablePair,
  rowids: RowidNames,
  key: readonly ColumnPair[],
  had: number,
): number | null {
  const query = `SELECT a.${rowids.after} FROM ${pair.schema}.${quoteName(pair.before)} AS b
    JOIN main.${quoteName(pair.after)} AS a ON ${allOf(key.map(matchesKey))} WHERE b.${rowids.before} = ?`;
  return db.prepare<[number], number>(query).pluck().get(had) ?? null;
}

/** The number of rows up to this one. */
function rankOf(db: Database, table: string, rowid: string, at: number): number {
  const query = `SELECT count(*) FROM ${table} NOT INDEXED WHERE ${rowid} <= ?`;
  return db.prepare<[number], number>(query).pluck().get(at) ?? 0;
}
