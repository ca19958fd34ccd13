import type { SqlValue } from '../../model/connection.ts';
import type { HazardRow } from '../../model/hazard.ts';
import type { Table } from '../../model/schema.ts';
import type { Reference } from '../reading/references.ts';
import { valueIn } from '../slots.ts';
import type { Hosts } from './hosts.ts';
import type { Scope } from './scope.ts';
import type { Sources } from './sources.ts';

/**
 * Makes rows as `createHosts` does, each with a child in every table that the migration touches and that refers to it: a
 * statement that looks its values up comes to them by way of a child alone.
 */
export function createParents({ plainOf, referencesOf }: Sources, touched: readonly Table[], hosts: Hosts): Hosts {
  return (wanted) => {
    const rows = hosts(wanted);
    const row = rows?.at(-1);
    if (rows === null || row === undefined) return rows;
    const children = touched.flatMap((table): readonly HazardRow[] => {
      const plain = plainOf(table);
      const reference = referencesOf(table).find(({ parent }) => parent === wanted.table);
      const pointing = reference === undefined ? null : pointAt(row, reference);
      if (plain === null || reference === undefined || pointing === null) return [];
      // The plain row of a tree is its root, and points nowhere.
      const isFilled = reference.columns.every((column) => (valueIn(plain, column) ?? null) !== null);
      if (!isFilled && table !== wanted.table) return [];
      return hosts({ table, label: `child of ${wanted.table.name} ${wanted.label}`, awkward: pointing }) ?? [];
    });
    return [...rows, ...children];
  };
}

/** Makes the children of a row that is there already. */
export type Children = (row: HazardRow, label: string) => readonly HazardRow[];

/**
 * Makes for a duplicate what the plain row has: a child in every table that refers to it, equal to the plain child in
 * all but that. A migration that deletes one of two equal rows takes its children along, and one that moves them to
 * the other row may find an equal child there.
 */
export function createChildrenAlike(
  { plainOf, referencesOf }: Sources,
  { tables, neighbours }: Pick<Scope, 'tables' | 'neighbours'>,
  hosts: Hosts,
): Children {
  const pointingAt = (parent: string) => (table: Table) => {
    const reference = referencesOf(table).find((each) => each.parent.name === parent);
    return reference === undefined || table.name === parent ? [] : [{ table, reference }];
  };
  return (row, label) => {
    const near = neighbours.flatMap(pointingAt(row.table)).filter(({ reference }) => reference.declared);
    return [...tables.flatMap(pointingAt(row.table)), ...near].flatMap(({ table, reference }): readonly HazardRow[] => {
      const plain = plainOf(table);
      const pointing = pointAt(row, reference);
      if (plain === null || pointing === null) return [];
      if (reference.columns.some((column) => (valueIn(plain, column) ?? null) === null)) return [];
      return hosts({ table, label: `alike ${row.table} ${label}`, apart: pointing, twin: true }) ?? [];
    });
  };
}

/** The values by which a child points at `row`; null if `row` lacks such a key. */
function pointAt(row: HazardRow, { columns, parentColumns }: Reference): ReadonlyMap<string, SqlValue> | null {
  const pointing = new Map<string, SqlValue>();
  for (const [i, column] of columns.entries()) {
    const value = valueIn(row.values, parentColumns[i] ?? '') ?? null;
    if (value === null) return null;
    pointing.set(column, value);
  }
  return pointing;
}
