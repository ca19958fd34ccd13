import type { Table } from '../model/schema.ts';
import type { ColumnFacts } from './reading/facts.ts';

/**
 * How many plain rows a table has room for: `CHECK (id = 1)` on a key, of today or of a migration to come, says that
 * there is one, and a list of constants that there are as many.
 */
export function roomIn({ columns, indexes, rowidAlias }: Table, facts: (column: string) => ColumnFacts): number {
  const isKey = (name: string): boolean =>
    name === rowidAlias || indexes.some((index) => index.unique && !index.partial && index.columns.join('\0') === name);
  const rooms = columns
    .filter(({ name }) => isKey(name))
    .flatMap(({ name }) => [...facts(name).demanded, ...facts(name).expected])
    .flatMap((condition) => (condition.kind === 'one-of' ? [condition.values.length] : []));
  return Math.min(Number.POSITIVE_INFINITY, ...rooms);
}
