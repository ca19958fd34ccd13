import { quoteName, quoteNames } from './quote.ts';

/** How many columns are told in words; the SELECT has all. */
const shownColumns = 4;

/** What counts as a duplicate. */
interface Likeness {
  /** The condition of a partial index, where duplicates count only inside it. */
  readonly within?: string | null;
  /** Whether two NULLs count as well, as they do to GROUP BY and DISTINCT. */
  readonly nullsAreAlike?: boolean;
}

/** How duplicates over some columns are called, and the SELECT that finds them. */
export function describeDuplicate(
  table: string,
  columns: readonly string[],
  { within = null, nullsAreAlike = false }: Likeness = {},
): { needs: string; query: string } {
  const names = quoteNames(columns);
  const more = columns.length - shownColumns;
  const shown = more > 1 ? [...columns.slice(0, shownColumns), `${more} more columns`] : columns;
  // https://sqlite.org/nulls.html
  const given = more > 1 || nullsAreAlike ? [] : columns.map((name) => `${quoteName(name)} IS NOT NULL`);
  const conditions = within === null ? given : [`(${within})`, ...given];
  const where = conditions.length === 0 ? '' : ` WHERE ${conditions.join(' AND ')}`;
  const inside = within === null ? '' : ` where ${within}`;
  return {
    needs: `two rows of ${table} with the same ${shown.join(', ')}${inside}`,
    query: `SELECT ${names}, count(*) FROM ${quoteName(table)}${where} GROUP BY ${names} HAVING count(*) > 1`,
  };
}
