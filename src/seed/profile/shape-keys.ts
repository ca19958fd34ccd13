import type { SqlValue } from '../../model/connection.ts';
import { sameName } from '../../sql/quote.ts';
import type { Layout } from './layout.ts';
import type { TableShape } from './table-shape.ts';

/** The key of row `index`, before it is there; null where it is not known, as when it points at other rows. */
export function keyOf(shape: TableShape, columns: readonly string[], index: number): SqlValue[] | null {
  const values = columns.map((name): SqlValue => {
    if (isRowid(shape, name)) return shape.rowids?.(shape.start + index) ?? null;
    const { column, layout } = layoutOf(shape, name);
    const rank = shape.orders.get(column)?.(index) ?? 0;
    return layout === undefined || rank >= layout.rows ? null : layout.valueAt(layout.groupAt(rank));
  });
  return values.includes(null) ? null : values;
}

/** A key that no row of a shape has. */
export function missingKeyOf(shape: TableShape, columns: readonly string[], number: number): SqlValue[] {
  return columns.map((name) =>
    isRowid(shape, name)
      ? (shape.rowids?.(shape.start + shape.rows - 1) ?? 0) + number + 1
      : (layoutOf(shape, name).layout?.freshValue(number) ?? number + 1),
  );
}

function isRowid({ table: { rowidAlias } }: TableShape, name: string): boolean {
  return rowidAlias !== null && sameName(name, rowidAlias);
}

function layoutOf(
  { layouts }: TableShape,
  name: string,
): { readonly column: string; readonly layout: Layout | undefined } {
  const column = [...layouts.keys()].find((each) => sameName(each, name)) ?? '';
  return { column, layout: layouts.get(column) };
}
