import type { HazardRow } from '../../model/hazard.ts';
import type { Table } from '../../model/schema.ts';
import type { NamedRow } from '../nearest.ts';
import type { Reference } from '../reading/references.ts';
import { valueIn } from '../slots.ts';
import type { Host } from './hosts.ts';
import type { HazardStep } from './request.ts';

/**
 * Adds the children of the last of some rows, which are there already; null stays null.
 * @param label tells them from other children
 * @param twin whether they are equal to the plain child in all but their parent
 */
export type WithChildren = (
  rows: readonly HazardRow[] | null,
  label: string,
  twin: boolean,
) => readonly HazardRow[] | null;

/**
 * Makes for a row what the plain row has: a child in every table that refers to it. A statement that looks its values up comes
 * to them by way of a child alone; one that deletes one of two equal rows takes its children along, also in tables that
 * it does not name, and one that moves them to the other row may find an equal child there.
 */
export function childMaker({ scope, before }: HazardStep, host: Host): WithChildren {
  const childOf = (row: HazardRow, table: Table, label: string, twin: boolean): readonly HazardRow[] => {
    const child = before(table);
    const reference = child?.references.find(({ parent }) => parent.name === row.table);
    const values = reference === undefined ? null : pointAt(row, reference);
    if (child === null || reference === undefined || values === null) return [];
    // The plain row of a tree is its root, and points nowhere.
    const points = reference.columns.every((column) => (valueIn(child.plain, column) ?? null) !== null);
    if (!points && table.name !== row.table) return [];
    return host({ table, label: `child of ${row.table} ${label}`, values, twin }) ?? [];
  };
  return (rows, label, twin) => {
    const row = rows?.at(-1);
    if (rows === null || row === undefined) return rows;
    const tables = twin ? [...scope.tables, ...scope.neighbours] : scope.tables;
    return [...rows, ...tables.flatMap((table) => childOf(row, table, label, twin))];
  };
}

/** The values by which a child points at `row`; null if `row` lacks such a key. */
export function pointAt(row: HazardRow, { columns, parentColumns }: Reference): NamedRow | null {
  const values = parentColumns.map((column) => valueIn(row.values, column) ?? null);
  return values.includes(null) ? null : new Map(columns.map((column, i) => [column, values[i] ?? null]));
}
