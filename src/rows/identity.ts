import type { Database } from '../database/connection.ts';
import { rowidName } from '../database/keys.ts';
import type { Schema, Table } from '../model/schema.ts';
import type { Flow, FlowTable } from '../sql/flow.ts';
import { quoteName, sameName } from '../sql/quote.ts';
import { anyOf, type ColumnPair, type TablePair } from './column-diff.ts';
import type { ComparedColumn } from './pairing.ts';
import type { Identity } from './row-diff.ts';
import { findShortcut } from './shortcut.ts';

/** A table on both sides with what is known of it. */
export interface ComparedTable {
  readonly db: Database;
  readonly schema: string;
  /** The schema of before. */
  readonly known: Schema;
  readonly flow: Flow;
  /** The tables of after. */
  readonly referrers: readonly Table[];
  readonly before: Table;
  readonly after: Table;
  readonly end: FlowTable;
  /** Numbers of rows. */
  readonly had: number;
  readonly has: number;
}

/** The names of a table on both sides, with the columns to compare. */
export function pairOf(
  { schema, before, after }: Pick<ComparedTable, 'schema' | 'before' | 'after'>,
  columns: readonly ColumnPair[],
): TablePair {
  return { schema, before: before.name, after: after.name, columns };
}

type RowidIdentity = Extract<Identity, { kind: 'rowid' }>;

/** Both tables by their rowids; null where one has none, or where columns have taken all its names. */
export function pairRowids(before: Table, after: Table): RowidIdentity | null {
  const [had, has] = [rowidName(before), rowidName(after)];
  return had === null || has === null ? null : { kind: 'rowid', before: had, after: has };
}

/**
 * The identity of rows: the primary key of before where it is still there and nothing means to change it, else the rowid
 * where the table is the same one; null where only the complete rows can identify them.
 */
export function identify(
  each: ComparedTable,
  columns: readonly ComparedColumn[],
  rowid: RowidIdentity | null,
): Identity | null {
  const { db, before, after, end } = each;
  const key = before.primaryKey.map((name) => columns.find((column) => sameName(column.before, name)));
  const kept = key.flatMap((column) => (column?.kept === true ? [column] : []));
  const marker = rowidName(after) ?? after.primaryKey.map(quoteName)[0];
  if (marker !== undefined && kept.length > 0 && kept.length === key.length && !hasEqualNulls(each, kept)) {
    const isRowid = before.rowidAlias !== null && after.rowidAlias !== null;
    const shortcut = rowid === null || isRowid ? null : findShortcut(db, pairOf(each, kept), rowid, kept);
    return { kind: 'key', columns: kept, marker, shortcut };
  }
  // Rows that were deleted and brought back have taken other rowids.
  const keepsRowids = end.before !== null && end.replacing.size === 0 && before.rowidAlias === null;
  return keepsRowids ? rowid : null;
}

/**
 * A PRIMARY KEY may hold NULL, and then more than once: https://sqlite.org/quirks.html#primary_keys_can_sometimes_contain_nulls
 * One that becomes the rowid gets a number instead, and is not known by it.
 */
function hasEqualNulls({ db, schema, before, after }: ComparedTable, key: readonly ColumnPair[]): boolean {
  const nulls = key.filter(({ nullable }) => nullable).map((column) => `${quoteName(column.before)} IS NULL`);
  if (nulls.length === 0) return false;
  const table = `${schema}.${quoteName(before.name)}`;
  const query = `SELECT 1 FROM ${table} WHERE ${anyOf(nulls)} LIMIT 1 OFFSET ${after.rowidAlias === null ? 1 : 0}`;
  return db.prepare(query).get() !== undefined;
}

/** Whether no two rows of a table can have the same key. */
export function isUnique({ primaryKey, indexes, rowidAlias }: Table, key: readonly ColumnPair[]): boolean {
  const isKey = (names: readonly (string | null)[]): boolean =>
    names.length > 0 && names.every((name) => name !== null && key.some(({ after }) => sameName(after, name)));
  // NULLs are all different to a unique index: https://sqlite.org/nulls.html
  if (key.some(({ nullable }) => nullable)) return rowidAlias !== null && isKey([rowidAlias]);
  return isKey(primaryKey) || indexes.some(({ unique, partial, columns }) => unique && !partial && isKey(columns));
}
