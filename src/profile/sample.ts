import type { Database } from '../database/connection.ts';
import type { StorageClass } from '../model/column-profile.ts';
import type { Table } from '../model/schema.ts';
import { rowidName } from '../sql/hidden-rowids.ts';
import { quoteName } from '../sql/quote.ts';
import { addLength, type LengthTally } from './lengths.ts';
import { addText, type TextTally } from './texts.ts';

/** The tallies of the values of one column. */
export interface ColumnTally {
  readonly column: string;
  readonly texts: TextTally;
  readonly blobs: LengthTally;
}

/** Rows that are looked at one by one when a table has more. */
export const sampleLimit = 100_000;

/**
 * Looks at the rows of a table one by one, or at every n-th so that at most `limit` are looked at, in the order in which
 * SQLite reads them. One row is in memory at a time.
 * @returns how many rows were looked at, or null when it was all of them.
 */
export function tallyRows(
  db: Database,
  table: Table,
  { rows, limit, columns }: { readonly rows: number; readonly limit: number; readonly columns: readonly ColumnTally[] },
): number | null {
  const stride = Math.max(1, Math.ceil(rows / limit));
  for (let start = 0; start < columns.length; start += columnLimit) {
    const some = columns.slice(start, start + columnLimit);
    for (const values of db
      .prepare<[], Value[]>(rowsQuery(db, table, some, { rows, stride }))
      .raw()
      .iterate()) {
      for (const [i, { texts, blobs }] of some.entries()) {
        const value = values[i];
        if (typeof value === 'string') addText(texts, value);
        else if (typeof value === 'number') addLength(blobs, value);
      }
    }
  }
  return stride === 1 ? null : Math.ceil(rows / stride);
}

/** Of a blob comes its length, of a number nothing. */
type Value = string | number | null;

const classes = { text: '?', blob: 'octet_length(?)' } as const satisfies Partial<Record<StorageClass, string>>;
const columnLimit = 500;

function rowsQuery(
  db: Database,
  table: Table,
  columns: readonly ColumnTally[],
  { rows, stride }: { readonly rows: number; readonly stride: number },
): string {
  const cases = Object.entries(classes).map(([storage, value]) => `WHEN '${storage}' THEN ${value}`);
  const list = columns
    .map(({ column }, i) => `CASE typeof(?) ${cases.join(' ')} END AS c${i}`.replaceAll('?', () => quoteName(column)))
    .join(', ');
  const from = `FROM main.${quoteName(table.name)}`;
  if (stride === 1) return `SELECT ${list} ${from}`;
  // row_number() without an order numbers rows in the order of reading, and keeps none of them.
  const numbered = `SELECT * FROM (SELECT ${list}, row_number() OVER () AS position ${from})
    WHERE position % ${stride} = 1`;
  const rowid = rowidOf(table);
  if (rowid === null || !isInOrderOfRowids(db, numbered)) return numbered;
  // The rows in between are stepped over, which takes a fraction of numbering them. Rowids without a gap tell the next one.
  const last = `(SELECT max(${rowid}) ${from})`;
  const next = hasGaps(db, `SELECT ${last} - (SELECT min(${rowid}) ${from})`, rows)
    ? `(SELECT ${rowid} ${from} NOT INDEXED WHERE ${rowid} > sample.at ORDER BY ${rowid} LIMIT 1 OFFSET ${stride - 1})`
    : `sample.at + ${stride}`;
  return `WITH RECURSIVE sample (at) AS (
      SELECT min(${rowid}) ${from}
      UNION ALL
      SELECT ${next} FROM sample WHERE sample.at < ${last}
    )
    SELECT ${list} FROM sample CROSS JOIN main.${quoteName(table.name)} AS t ON t.${rowid} = sample.at`;
}

/** Whether rowids are missing between the first and the last. @param distance the query for how far these lie apart. */
function hasGaps(db: Database, distance: string, rows: number): boolean {
  return db.prepare<[], number | null>(distance).pluck().get() !== rows - 1;
}

/** Whether a query reads its table itself, and not an index that holds all the columns. https://sqlite.org/eqp.html */
function isInOrderOfRowids(db: Database, query: string): boolean {
  const steps = db.prepare<[], { detail: string }>(`EXPLAIN QUERY PLAN ${query}`).all();
  return steps.every(({ detail }) => !detail.includes(' USING ')) && steps.some(({ detail }) => /^SCAN /.test(detail));
}

/** The name that a table's rowid goes by, as SQL; null where nothing names it. */
function rowidOf(table: Table): string | null {
  if (table.kind !== 'table' || table.withoutRowid) return null;
  const name = table.rowidAlias ?? rowidName(table);
  return name === null ? null : quoteName(name);
}
