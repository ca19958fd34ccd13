import { quoteName, sameName } from '../../sql/quote.ts';
import type { HazardSort, Likeness } from '../sort.ts';

/** How many columns are told in words; the SELECT has all. */
const shownColumns = 4;

/** Two rows that are equal in everything but what keys force. */
export const duplicate: HazardSort<'duplicate'> = {
  rank: 1,
  describe: ({ table, columns, likeness = {} }) => {
    const { within = null, nullsAreAlike = false, expressions, computed }: Likeness = likeness;
    const names = columns.map((name) => expressions?.get(name) ?? computed?.get(name) ?? quoteName(name)).join(', ');
    const more = columns.length - shownColumns;
    const said = columns.map((name) => computed?.get(name) ?? name);
    const shown = more > 1 ? [...said.slice(0, shownColumns), `${more} more columns`] : said;
    const isAlike = (name: string): boolean => nullsAreAlike || expressions?.has(name) === true;
    // https://sqlite.org/nulls.html
    const given =
      more > 1 ? [] : columns.filter((name) => !isAlike(name)).map((name) => `${quoteName(name)} IS NOT NULL`);
    const conditions = within === null ? given : [`(${within})`, ...given];
    const where = conditions.length === 0 ? '' : ` WHERE ${conditions.join(' AND ')}`;
    const inside = within === null ? '' : ` where ${within}`;
    const alike = columns.some((name) => expressions?.has(name)) ? ', NULL or what stands for it counted as equal' : '';
    return {
      needs: `two rows of ${table} with the same ${shown.join(', ')}${inside}${alike}`,
      query: `SELECT ${names}, count(*) FROM ${quoteName(table)}${where} GROUP BY ${names} HAVING count(*) > 1`,
    };
  },
  // Rows that are equal in several columns are equal in each.
  ruledOutBy: (columns, { keys }) =>
    columns.some(({ duplicates }) => duplicates !== null && duplicates.largest <= 1) ||
    keys.some(
      (key) =>
        key.duplicates !== null &&
        key.duplicates.largest <= 1 &&
        key.columns.every((name) => columns.some((column) => sameName(column.name, name))),
    ),
  isTwin: true,
  isSecondRow: true,
  value: null,
};
