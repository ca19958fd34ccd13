import type { Database } from '../database/connection.ts';
import type { Bar, Duplicates } from '../model/histogram.ts';
import { quoteName, quoteNames } from '../sql/quote.ts';
import { toHistogram } from './histogram.ts';
import { coarse, twoDigits } from './round.ts';

/** The condition that none of `columns` is NULL. */
export function allFilled(columns: readonly string[]): string {
  return columns.map((column) => `${quoteName(column)} IS NOT NULL`).join(' AND ');
}

/** The question for duplicates. */
interface Asked {
  /** Those of the table. */
  readonly rows: number;
  readonly atLeast: number;
  /** The groups, where a key or another question tells them; null where they have to be read. */
  readonly known?: GroupSizes | null;
}

/** How many groups of equal rows have each size. */
export type GroupSizes = readonly (readonly [size: number, count: number])[];

function readGroups(db: Database, table: string, columns: readonly string[]): GroupSizes {
  return db
    .prepare<[], readonly [size: number, count: number]>(
      `SELECT size, count(*) FROM (
        SELECT count(*) AS size FROM main.${quoteName(table)} WHERE ${allFilled(columns)} GROUP BY ${quoteNames(columns)}
      ) GROUP BY size`,
    )
    .raw()
    .all();
}

/** The groups of columns that a key keeps unique. @param filled how many rows have no NULL there. */
export function uniqueGroups(filled: number): GroupSizes {
  return filled === 0 ? [] : [[1, filled]];
}

/**
 * Sizes of the groups of rows that are equal in `columns`, under the collations of these, as a UNIQUE constraint would
 * compare them. Rows with a NULL belong to none (https://sqlite.org/nulls.html). Null when there are no others, or fewer
 * than `atLeast`.
 */
export function readDuplicates(
  db: Database,
  table: string,
  columns: readonly string[],
  { rows, atLeast, known = null }: Asked,
): Duplicates | null {
  const groups = known ?? readGroups(db, table, columns);
  const filled = groups.reduce((sum, [size, count]) => sum + size * count, 0);
  if (filled === 0 || filled < atLeast) return null;
  const bars = toHistogram(groups, atLeast, (size) => size).map((bar) => told(bar, groups, atLeast));
  // The number of values would reveal the number of NULLs, beside the number of rows.
  const off = rows - coarse(rows - filled, rows, atLeast) - filled;
  const sizes = bars.map((bar, i) =>
    i > 0 ? bar : { ...bar, count: Math.max(Math.ceil(atLeast / bar.to), bar.count + Math.trunc(off / bar.from)) },
  );
  const largest = groups.reduce((most, [size]) => Math.max(most, size), 0);
  return {
    distinct: sizes.reduce((sum, { count }) => sum + count, 0),
    sizes,
    // A group of few rows is told by its bar alone.
    largest: largest < atLeast ? (sizes.at(-1)?.to ?? 1) : twoDigits(largest, 'up'),
  };
}

/**
 * A bar of several sizes: how many groups it has would tell, beside its rows, how many of them are larger than
 * others.
 */
function told(bar: Bar, groups: GroupSizes, atLeast: number): Bar {
  const { from, to, count } = bar;
  if (from === to || from > 1) return bar;
  const rows = groups.reduce((sum, [size, each]) => (size >= from && size <= to ? sum + size * each : sum), 0);
  return { ...bar, count: Math.max(1, Math.floor(rows - coarse(rows - count, rows, atLeast))) };
}

/** Whether a column has a text with a lower-case letter of ASCII. */
export function hasLowerCase(db: Database, table: string, column: string): boolean {
  const name = quoteName(column);
  const query = `SELECT EXISTS (SELECT 1 FROM main.${quoteName(table)}
    WHERE typeof(${name}) = 'text' AND upper(${name}) <> ${name} COLLATE BINARY)`;
  return db.prepare<[], number>(query).pluck().get() === 1;
}

/** The number of texts that have more than one spelling when the case of ASCII letters does not count. */
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
