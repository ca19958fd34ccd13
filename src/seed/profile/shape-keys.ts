import type { SqlValue } from '../../model/connection.ts';
import { sameName } from '../../sql/quote.ts';
import type { TableShape } from './table-shape.ts';

/** The key of row `index`, before it is there; null where it is not known, as when it points at other rows. */
export function keyOf(shape: TableShape, columns: readonly string[], index: number): SqlValue[] | null {
  const values = columns.map((name): SqlValue => {
    if (shape.table.rowidAlias !== null && sameName(name, shape.table.rowidAlias))
      return shape.rowids?.(shape.start + index) ?? null;
    const column = [...shape.layouts.keys()].find((each) => sameName(each, name)) ?? '';
    const layout = shape.layouts.get(column);
    const rank = shape.orders.get(column)?.(index) ?? 0;
    return layout === undefined || rank >= layout.rows ? null : layout.valueAt(layout.groupAt(rank));
  });
  return values.includes(null) ? null : values;
}

/** A key that no row of a shape has. */
export function missingKeyOf(shape: TableShape, columns: readonly string[], number: number): SqlValue[] {
  return columns.map((name) => {
    const isRowid = shape.table.rowidAlias !== null && sameName(name, shape.table.rowidAlias);
    if (isRowid) return beyond(shape.rowids?.(shape.start + shape.rows - 1) ?? 0, number);
    const column = [...shape.layouts.keys()].find((each) => sameName(each, name)) ?? '';
    return shape.layouts.get(column)?.freshValue(number) ?? number + 1;
  });
}

function beyond(last: SqlValue, number: number): SqlValue {
  return typeof last === 'bigint' ? last - BigInt(number + 1) - (last >> 3n) : Number(last) + number + 1;
}
