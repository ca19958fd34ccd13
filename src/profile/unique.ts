import type { Table } from '../model/schema.ts';
import { readCollations } from '../sql/collations.ts';
import { foldName, sameName } from '../sql/quote.ts';

/**
 * Whether a key of a table keeps columns unique as GROUP BY compares them. Only BINARY counts: an index may have another collation
 * than its column.
 */
export function isUnique({ rowidAlias, indexes, sql }: Table, names: readonly string[]): boolean {
  const [only = ''] = names;
  if (names.length === 1 && rowidAlias !== null && sameName(only, rowidAlias)) return true;
  const collations = readCollations(sql);
  if (names.some((name) => (collations.get(foldName(name)) ?? 'binary') !== 'binary')) return false;
  return indexes.some(
    (index) =>
      index.unique &&
      !index.partial &&
      index.columns.length === names.length &&
      index.collations.every((collation) => collation === 'binary') &&
      names.every((name) => index.columns.some((column) => column !== null && sameName(column, name))),
  );
}
