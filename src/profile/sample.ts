import type { Database } from '../database/connection.ts';
import type { StorageClass } from '../model/column-profile.ts';
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
  table: string,
  { rows, limit, columns }: { readonly rows: number; readonly limit: number; readonly columns: readonly ColumnTally[] },
): number | null {
  const stride = Math.max(1, Math.ceil(rows / limit));
  for (let start = 0; start < columns.length; start += columnLimit) {
    const some = columns.slice(start, start + columnLimit);
    for (const values of db
      .prepare<[], Value[]>(rowsQuery(table, some, stride))
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

function rowsQuery(table: string, columns: readonly ColumnTally[], stride: number): string {
  const cases = Object.entries(classes).map(([storage, value]) => `WHEN '${storage}' THEN ${value}`);
  const list = columns.map(({ column }, i) =>
    `CASE typeof(?) ${cases.join(' ')} END AS c${i}`.replaceAll('?', () => quoteName(column)),
  );
  const from = `FROM main.${quoteName(table)}`;
  if (stride === 1) return `SELECT ${list.join(', ')} ${from}`;
  // row_number() without an order numbers rows in the order of reading, and keeps none of them.
  return `SELECT * FROM (SELECT ${list.join(', ')}, row_number() OVER () AS position ${from})
    WHERE position % ${stride} = 1`;
}
