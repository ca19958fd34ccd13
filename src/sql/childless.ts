import type { Childless } from '../model/hazard.ts';
import { quoteName } from './quote.ts';

/** How a row of a table that no row of some children refers to is called, and the SELECT that finds it. */
export function describeChildless(table: string, keys: readonly Childless[]): { needs: string; query: string } {
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
}
