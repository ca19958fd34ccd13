import { quoteName } from '../../sql/quote.ts';
import { type HazardSort, lastRank } from '../sort.ts';

/** A row that no row of another table refers to. */
export const childless: HazardSort<'childless'> = {
  rank: lastRank,
  describe: ({ table, keys }) => {
    const names = [...new Set(keys.map(({ child }) => child))];
    const listed = names.length > 1 ? `${names.slice(0, -1).join(', ')} or ${names.at(-1)}` : names.join();
    const tests = keys.map(({ child, by, columns }) => {
      const match = by.map((column, i) => `child.${quoteName(column)} = parent.${quoteName(columns[i] ?? 'rowid')}`);
      return `NOT EXISTS (SELECT 1 FROM ${quoteName(child)} AS child WHERE ${match.join(' AND ')})`;
    });
    return {
      needs: `a row of ${table} that no row of ${listed} refers to`,
      query: `SELECT count(*) FROM ${quoteName(table)} AS parent WHERE ${tests.join(' AND ')}`,
    };
  },
  ruledOutBy: null,
  isTwin: false,
  isSecondRow: false,
  value: null,
};
