import type { SqlValue } from '../model/connection.ts';
import type { Column, Table } from '../model/schema.ts';
import { foldName, sameName } from '../sql/quote.ts';
import { type Cell, type CellRequest, otherCells, plainCell } from './cells.ts';
import { isNullable } from './nulls.ts';
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

/** Where the numbers of rows begin that must not be in the way of those that people write out. */
const apartFrom = 1_000_000;

/** The rowid of the first row of a table, where rows say it. */
export function firstRowid({ apart }: RowPlan): number {
  return apart ? apartFrom + 1 : 1;
}

/** Whether a column tells rows apart by itself or with others. */
function isKey(table: Table, column: string): boolean {
  return column === table.rowidAlias || table.indexes.some(({ unique, columns }) => unique && columns.includes(column));
}

/** The slot of a column that points nowhere. @param known the value for a key of a document */
export function columnSlot(plan: RowPlan, column: Column, known: CellRequest['known']): Slot {
  const { seed, vocabulary, table, variant } = plan;
  const request = { seed, vocabulary, table, column, variant, facts: plan.facts(column.name), known };
  return {
    plain: [[column.name, startingCell(plan, request)]],
    // Any other key could be one of those that are written out.
    others: () =>
      plan.apart && isKey(table, column.name) ? [] : otherCells(request).map((cell): Option => [[column.name, cell]]),
  };
}

function startingCell(plan: RowPlan, request: CellRequest): Cell {
  const { table, numbered, apart, dangling } = plan;
  const { column } = request;
  if ((numbered || apart) && column.name === table.rowidAlias) return firstRowid(plan) + request.variant;
  // Any value here would be an orphan.
  if (isNullable(table, column) && dangling.includes(foldName(column.name))) return null;
  const cell = plainCellOf(plan, request);
  return apart && typeof cell === 'number' && isKey(table, column.name) ? cell + apartFrom : cell;
}

/** How many rows on another value is looked for. */
const steps = 8;

/** The plain cell, or that of a row further on where a migration to come writes a row with such a key. */
function plainCellOf(plan: RowPlan, request: CellRequest): Cell {
  const { table, column, variant } = request;
  const cell = plainCell(request);
  if (!plan.apart || typeof cell !== 'string' || !isKey(table, column.name)) return cell;
  for (let step = 0; step < steps; step++) {
    const other = step === 0 ? cell : plainCell({ ...request, variant: variant + step });
    if (other !== undefined && !plan.isWritten(column.name, other)) return other;
  }
  return `${cell} ${variant + 1}`;
}
