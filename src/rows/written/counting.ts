import { asShown } from '../../database/keys.ts';
import type { ShownKeys } from '../../model/change.ts';
import type { SqlValue } from '../../model/connection.ts';
import { quoteName } from '../../sql/quote.ts';
import { type ComparedTable, pairOf } from '../identity.ts';
import { type Identity, pairedRows } from '../row-diff.ts';

/** The number of rows that are named by their keys. */
export const shownRows = 3;

/** The number of rows of before that pass a test, each as `b` beside its new form as `a`. */
export function countRows(each: ComparedTable, identity: Identity, test: string): number {
  const query = `SELECT count(*) ${pairedRows(pairOf(each, []), identity)} WHERE ${test}`;
  return each.db.prepare<[], number>(query).pluck().get() ?? 0;
}

/** The keys of a few of those rows. */
export function keysOf(each: ComparedTable, identity: Identity, test: string): ShownKeys {
  const columns = each.before.primaryKey;
  if (columns.length === 0) return { columns: [], rows: [] };
  const read = columns.map((name) => `b.${quoteName(name)}`).join(', ');
  const query = `SELECT ${read} ${pairedRows(pairOf(each, []), identity)} WHERE ${test} LIMIT ${shownRows}`;
  const rows = each.db.prepare<[], SqlValue[]>(query).raw().safeIntegers().all();
  return { columns, rows: rows.map((row) => row.map(asShown)) };
}
