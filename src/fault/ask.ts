import type { Database } from '../database/connection.ts';
import { asShown, rowidName } from '../database/keys.ts';
import { readRows } from '../database/reading.ts';
import type { Snapshot } from '../database/snapshot.ts';
import type { SqlValue } from '../model/connection.ts';
import type { Fault } from '../model/fault.ts';
import type { Table } from '../model/schema.ts';
import type { Settings } from '../model/settings.ts';
import { quoteName } from '../sql/quote.ts';
import { allOf, type View } from './view.ts';

/** The number of rows that are named by their keys. */
const shownRows = 3;

/** A query that lists rows of a table. */
export interface Listing {
  readonly view: View;
  /** Conditions in terms of the database. */
  readonly conditions: readonly string[];
}

/** The columns that identify the rows of a table: its primary key, else its rowid. */
export function keyOf(table: Table): readonly string[] {
  if (table.primaryKey.length > 0) return table.primaryKey.map(quoteName);
  const rowid = rowidName(table);
  return rowid === null ? table.columns.map(({ name }) => quoteName(name)) : [rowid];
}

/** The SELECT that lists the rows by their keys. */
export function selectOf({ view, conditions }: Listing): string {
  const keys = keyOf(view.table).map((key) => (view.alias === null ? key : `${quoteName(view.alias)}.${key}`));
  const where = allOf([...view.where, ...conditions]);
  // A join may give a row several times.
  const distinct = view.alias === null ? '' : 'DISTINCT ';
  return `SELECT ${distinct}${keys.join(', ')} FROM ${view.from}${where === null ? '' : ` WHERE ${where}`}`;
}

/**
 * Asks a database for the rows of a listing.
 * @returns null where it has none, or where they cannot be read.
 */
export function askFor(db: Database, listing: Listing): Fault | null {
  const { table } = listing.view;
  const query = selectOf(listing);
  const asked = readRows(db, () => {
    const rows = db.prepare<[], number>(`SELECT count(*) FROM (${query})`).pluck().get() ?? 0;
    if (rows === 0) return null;
    const first = db.prepare<[], SqlValue[]>(
      `${query} ORDER BY ${keyOf(table)
        .map((_, i) => i + 1)
        .join(', ')} LIMIT ${shownRows}`,
    );
    return { rows, keys: first.raw().safeIntegers().all(), of: countIn(db, table.name) };
  });
  if (!('value' in asked) || asked.value === null) return null;
  const { rows, keys, of } = asked.value;
  const columns = table.primaryKey.length > 0 ? table.primaryKey : [rowidName(table) ?? 'rowid'];
  return { table: table.name, rows, of, keys: { columns, rows: keys.map((row) => row.map(asShown)) }, query };
}

/** Whether a SELECT has rows in the database of a snapshot; a SELECT that cannot be read there has none. */
export function hasRows(query: string, snapshot: Snapshot, settings: Settings): boolean {
  const db = snapshot.open(settings);
  try {
    const asked = readRows(db, () => db.prepare(`SELECT 1 FROM (${query}) LIMIT 1`).all().length > 0);
    return 'value' in asked && asked.value;
  } finally {
    db.close();
  }
}

/** The number of rows of a table. */
export function countIn(db: Database, table: string): number {
  return (
    db
      .prepare<[], number>(`SELECT count(*) FROM main.${quoteName(table)}`)
      .pluck()
      .get() ?? 0
  );
}
