import type { Database } from '../database/connection.ts';
import type { Duplicates } from '../model/histogram.ts';
import { quoteName, quoteNames } from '../sql/quote.ts';
import { toBars } from './bars.ts';
import { twoDigits } from './round.ts';

/** The condition that none of `columns` is NULL. */
export function allFilled(columns: readonly string[]): string {
  return columns.map((column) => `${quoteName(column)} IS NOT NULL`).join(' AND ');
}

/**
 * Sizes of the groups of rows that are equal in `columns`, under the collations of these, as a UNIQUE constraint would
 * compare them. Rows with a NULL belong to none (https://sqlite.org/nulls.html). Null when there are no others.
 */
export function readDuplicates(db: Database, table: string, columns: readonly string[]): Duplicates | null {
  const names = quoteNames(columns);
  const sizes = db
    .prepare<[], [size: number, count: number]>(
      `SELECT size, count(*) FROM (
        SELECT count(*) AS size FROM main.${quoteName(table)} WHERE ${allFilled(columns)} GROUP BY ${names}
      ) GROUP BY size`,
    )
    .raw()
    .all();
  if (sizes.length === 0) return null;
  return {
    distinct: sizes.reduce((sum, [, count]) => sum + count, 0),
    sizes: toBars(sizes),
    largest: twoDigits(
      sizes.reduce((most, [size]) => Math.max(most, size), 0),
      'up',
    ),
  };
}

/** How many texts are there in more than one spelling when the case of ASCII letters does not count. */
export function countCaseVariants(db: Database, table: string, column: string): number {
  const name = quoteName(column);
  return (
    db
      .prepare<[], number>(
        `SELECT count(*) FROM (
          SELECT 1 FROM main.${quoteName(table)} WHERE typeof(${name}) = 'text' GROUP BY lower(${name}) COLLATE BINARY
          HAVING min(${name} COLLATE BINARY) <> max(${name} COLLATE BINARY)
        )`,
      )
      .pluck()
      .get() ?? 0
  );
}
