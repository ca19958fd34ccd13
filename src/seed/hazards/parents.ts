import type { SqlValue } from '../../model/connection.ts';
import type { HazardRow } from '../../model/hazard.ts';
import type { Table } from '../../model/schema.ts';
import type { Reference } from '../reading/references.ts';
import type { Carriers } from './carriers.ts';
import { valueIn } from './draft.ts';
import type { Sources } from './sources.ts';

/**
 * Makes rows as `carriers` does, each with a child in every table that the migration touches and that refers to it: a
 * statement that looks its values up comes to them by way of a child alone.
 */
export function createParents(
  { plainOf, referencesOf }: Sources,
  touched: readonly Table[],
  carriers: Carriers,
): Carriers {
  return (wanted) => {
    const rows = carriers(wanted);
    const row = rows?.at(-1);
    if (rows === null || row === undefined) return rows;
    const children = touched.flatMap((table): readonly HazardRow[] => {
      const plain = plainOf(table);
      const reference = referencesOf(table).find(({ parent }) => parent === wanted.table);
      if (plain === null || reference === undefined || table === wanted.table) return [];
      const pointing = pointAt(row, reference);
      if (pointing === null || reference.columns.some((column) => (valueIn(plain, column) ?? null) === null)) return [];
      return carriers({ table, label: `child of ${wanted.table.name} ${wanted.label}`, awkward: pointing }) ?? [];
    });
    return [...rows, ...children];
  };
}

/** What a row of a child holds to point at `row`; null where `row` has no such key. */
function pointAt(row: HazardRow, { columns, parentColumns }: Reference): ReadonlyMap<string, SqlValue> | null {
  const pointing = new Map<string, SqlValue>();
  for (const [i, column] of columns.entries()) {
    const value = valueIn(row.values, parentColumns[i] ?? '') ?? null;
    if (value === null) return null;
    pointing.set(column, value);
  }
  return pointing;
}
