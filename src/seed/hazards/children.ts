import type { SqlValue } from '../../model/connection.ts';
import type { HazardRow } from '../../model/hazard.ts';
import type { Table } from '../../model/schema.ts';
import type { Reference } from '../reading/references.ts';
import { valueIn } from '../slots.ts';
import type { Host } from './hosts.ts';
import type { Step, TableBefore } from './request.ts';

/**
 * Makes rows as `host` does, each with a child in every table that the migration touches and that refers to it: a
 * statement that looks its values up comes to them by way of a child alone.
 */
export function hostWithChildren({ scope, before }: Step, host: Host): Host {
  return (wanted) => {
    const rows = host(wanted);
    const row = rows?.at(-1);
    if (rows === null || row === undefined) return rows;
    const children = scope.tables.flatMap((table): readonly HazardRow[] => {
      const child = before(table);
      const reference = child?.references.find(({ parent }) => parent === wanted.table);
      const pointing = reference === undefined ? null : pointAt(row, reference);
      if (child === null || reference === undefined || pointing === null) return [];
      // The plain row of a tree is its root, and points nowhere.
      if (!pointsSomewhere(child, reference) && table !== wanted.table) return [];
      return host({ table, label: `child of ${wanted.table.name} ${wanted.label}`, awkward: pointing }) ?? [];
    });
    return [...rows, ...children];
  };
}

/** Makes the children of a row that is there already. */
export type ChildMaker = (row: HazardRow, label: string) => readonly HazardRow[];

/**
 * Makes for a duplicate what the plain row has: a child in every table that refers to it, equal to the plain child in
 * all but that. A migration that deletes one of two equal rows takes its children along, and one that moves them to
 * the other row may find an equal child there.
 */
export function childMaker({ scope, before }: Step, host: Host): ChildMaker {
  return (row, label) => {
    const childrenIn = (table: Table, isNear: boolean): readonly HazardRow[] => {
      const child = before(table);
      const reference = child?.references.find(({ parent }) => parent.name === row.table);
      if (child === null || reference === undefined || table.name === row.table) return [];
      const pointing = pointAt(row, reference);
      if (pointing === null || !pointsSomewhere(child, reference) || (isNear && !reference.declared)) return [];
      return host({ table, label: `alike ${row.table} ${label}`, apart: pointing, twin: true }) ?? [];
    };
    return [
      ...scope.tables.flatMap((table) => childrenIn(table, false)),
      ...scope.neighbours.flatMap((table) => childrenIn(table, true)),
    ];
  };
}

function pointsSomewhere({ plain }: TableBefore, { columns }: Reference): boolean {
  return columns.every((column) => (valueIn(plain, column) ?? null) !== null);
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
