import { quoteName, quoteNames } from './quote.ts';

/** How many columns are told in words; the SELECT has all. */
const shownColumns = 4;

/**
 * How duplicates over some columns are called, and the SELECT that finds them.
 * @param nullsAreAlike whether two NULLs count as well, as they do to GROUP BY and DISTINCT.
 */
export function describeDuplicate(
  table: string,
  columns: readonly string[],
  nullsAreAlike = false,
): { needs: string; query: string } {
  const names = quoteNames(columns);
  const more = columns.length - shownColumns;
  const shown = more > 1 ? [...columns.slice(0, shownColumns), `${more} more columns`] : columns;
  // https://sqlite.org/nulls.html
  const given = more > 1 || nullsAreAlike ? [] : columns.map((name) => `${quoteName(name)} IS NOT NULL`);
  const where = given.length === 0 ? '' : ` WHERE ${given.join(' AND ')}`;
  return {
    needs: `two rows of ${table} with the same ${shown.join(', ')}`,
    query: `SELECT ${names}, count(*) FROM ${quoteName(table)}${where} GROUP BY ${names} HAVING count(*) > 1`,
  };
}
