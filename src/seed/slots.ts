import type { SqlValue } from '../model/connection.ts';
import type { Column } from '../model/schema.ts';
import { sameName } from '../sql/quote.ts';
import { type Cell, type Known, rowidAt } from './column-values.ts';
import type { RowPlan } from './row-plan.ts';

/** Cells that go into a row together: one column's, or all that a composite reference sets. */
export type Option = readonly (readonly [column: string, cell: Cell])[];

/** The choices for some columns of a row. */
export interface Slot {
  readonly plain: Option;
  /** The choices after SQLite refuses the plain cells; asked only then. */
  readonly others: () => readonly Option[];
}

/** The row that the options make, column by column; a column without a cell is left to SQLite. */
export function assemble(options: readonly Option[]): Map<string, SqlValue> {
  const row = new Map<string, SqlValue>();
  for (const [column, cell] of options.flat()) {
    if (cell === undefined) row.delete(column);
    else row.set(column, cell);
  }
  return row;
}

/** The value of a column whatever the case of its name; undefined where the row has none. */
export function valueIn(row: ReadonlyMap<string, SqlValue>, column: string): SqlValue | undefined {
  return row.has(column) ? row.get(column) : [...row].find(([name]) => sameName(name, column))?.[1];
}

/** The slot of a column that points nowhere. @param known the value for a key of a document */
export function columnSlot(plan: RowPlan, column: Column, known: Known): Slot {
  const { table, variant, numbered, apart } = plan;
  const values = plan.valuesOf(column);
  const isCounted = numbered && column.name === table.rowidAlias;
  const plain = isCounted ? rowidAt(variant, apart) : values.plain(variant, known);
  const others = (): Option[] => values.others(variant, known).map((cell) => [[column.name, cell]]);
  return { plain: [[column.name, plain]], others };
}
