import { quoteName } from './quote.ts';

/** How many columns are told in words; the SELECT has all. */
const shownColumns = 4;

/** What counts as a duplicate. */
interface Likeness {
  /** The condition of a partial index, where duplicates count only inside it. */
  readonly within?: string | null;
  /** Whether two NULLs count as well, as they do to GROUP BY and DISTINCT. */
  readonly nullsAreAlike?: boolean;
  /** What rows are equal in instead of a column, NULLs included. */
  readonly expressions?: ReadonlyMap<string, string> | undefined;
}

/** How duplicates over some columns are called, and the SELECT that finds them. */
export function describeDuplicate(
  table: string,
  columns: readonly string[],
  { within = null, nullsAreAlike = false, expressions }: Likeness = {},
): { needs: string; query: string } {
  const names = columns.map((name) => expressions?.get(name) ?? quoteName(name)).join(', ');
  const more = columns.length - shownColumns;
  const shown = more > 1 ? [...columns.slice(0, shownColumns), `${more} more columns`] : columns;
  const isAlike = (name: string): boolean => nullsAreAlike || expressions?.has(name) === true;
  // https://sqlite.org/nulls.html
  const given =
    more > 1 ? [] : columns.filter((name) => !isAlike(name)).map((name) => `${quoteName(name)} IS NOT NULL`);
  const conditions = within === null ? given : [`(${within})`, ...given];
  const where = conditions.length === 0 ? '' : ` WHERE ${conditions.join(' AND ')}`;
  const inside = within === null ? '' : ` where ${within}`;
  const isExpressed = columns.some((name) => expressions?.has(name));
  const alike = isExpressed ? ', NULL or what stands for it counted as equal' : '';
  return {
    needs: `two rows of ${table} with the same ${shown.join(', ')}${inside}${alike}`,
    query: `SELECT ${names}, count(*) FROM ${quoteName(table)}${where} GROUP BY ${names} HAVING count(*) > 1`,
  };
}
