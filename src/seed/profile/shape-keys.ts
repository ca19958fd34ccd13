import type { SqlValue } from '../../model/connection.ts';
import type { TableShape } from './table-shape.ts';

/** The key of row `index`, before it is there; null where it is not known, as when it points at other rows. */
export function keyOf(shape: TableShape, columns: readonly string[], index: number): SqlValue[] | null {
  const { table, rowids, start, layouts, orders } = shape;
  const values = columns.map((name): SqlValue => {
    if (name === table.rowidAlias) return rowids?.(start + index) ?? null;
    const [layout, rank = 0] = [layouts.get(name), orders.get(name)?.(index)];
    return layout === undefined || rank >= layout.rows ? null : layout.valueAt(layout.groupAt(rank));
  });
  return values.includes(null) ? null : values;
}

/** A key that no row of a shape has. */
export function missingKeyOf(shape: TableShape, columns: readonly string[], number: number): SqlValue[] {
  const { table, rowids, start, rows, layouts } = shape;
  return columns.map((name) =>
    name === table.rowidAlias
      ? (rowids?.(start + rows - 1) ?? 0) + number + 1
      : (layouts.get(name)?.freshValue(number) ?? number + 1),
  );
}
