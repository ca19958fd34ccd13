import type { ColumnProfile } from '../../model/column-profile.ts';
import type { Profile, TableProfile } from '../../model/profile.ts';
import type { Column, Table } from '../../model/schema.ts';
import { sameName } from '../../sql/quote.ts';
import type { RowPlan } from '../row-plan.ts';
import { layOutColumn } from './column-layout.ts';
import type { Layout } from './layout.ts';
import { chooseOrders, type Order } from './orders.ts';
import { type Relation, relationsOf } from './relations.ts';
import { type Rowids, rowidsOf } from './rowids.ts';

/** A table that is to get rows like those of its profile. */
export interface TableShape {
  readonly table: Table;
  readonly plan: RowPlan;
  readonly profile: TableProfile;
  /** Rows that were there already. */
  readonly start: number;
  /** How many rows join them. */
  readonly rows: number;
  readonly relations: readonly Relation[];
  readonly layouts: ReadonlyMap<string, Layout>;
  readonly orders: ReadonlyMap<string, Order>;
  readonly rowids: Rowids | null;
  /** Whether the rows are in. */
  filled: boolean;
}

/** The table that a shape is made for. */
export interface ShapeRequest extends Pick<TableShape, 'table' | 'plan' | 'profile' | 'start' | 'rows'> {
  readonly whole: Profile;
}

/** Works out the shape of a table without its parents. */
export function shapeTable({ whole, ...request }: ShapeRequest): TableShape {
  const { table, plan, profile, start, rows } = request;
  const relations = relationsOf(plan.references, profile, whole);
  const pointing = new Set(relations.flatMap(({ reference }) => reference.columns));
  const layouts = new Map(
    sharedColumns(table, profile)
      .filter(({ column: { name } }) => !pointing.has(name) && name !== table.rowidAlias)
      .map(({ column, shape }) => [
        column.name,
        layOutColumn({ plan, column, shape, atLeast: whole.atLeast, before: profile.rows, rows }),
      ]),
  );
  const orders = chooseOrders(table, plan.seed, rows, [
    ...relations.map(({ reference, shape }) => ({ column: reference.columns[0] ?? '', filled: 1 - shape.nulls })),
    ...[...layouts].map(([column, layout]) => ({ column, filled: rows === 0 ? 1 : layout.rows / rows })),
  ]);
  const isGiven = table.rowidAlias !== null || (profile.rowids !== null && isUneven(profile));
  const rowids =
    table.withoutRowid || profile.rowids === null || !isGiven ? null : rowidsOf(profile.rowids, start + rows);
  return { ...request, relations, layouts, orders, rowids, filled: false };
}

/** The columns that a table and its profile have, generated ones left out. */
function sharedColumns(table: Table, profile: TableProfile): { column: Column; shape: ColumnProfile }[] {
  return table.columns.flatMap((column) => {
    const shape = profile.columns.find(({ name }) => sameName(name, column.name));
    return shape === undefined || column.generated !== 'no' ? [] : [{ column, shape }];
  });
}

/** Whether a unique index is of one column alone. */
export function isUniqueAlone({ indexes }: Table, name: string): boolean {
  return indexes.some(({ unique, columns }) => unique && columns.length === 1 && columns[0] === name);
}

function isUneven({ rowids }: TableProfile): boolean {
  // The bound lies beyond a first rowid of 1.
  return rowids !== null && (rowids.gaps > 0 || rowids.min < 0 || rowids.min > 1);
}
