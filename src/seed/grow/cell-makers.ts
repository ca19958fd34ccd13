import type { SqlValue } from '../../model/connection.ts';
import type { Cell, ColumnValues } from '../column-values.ts';
import { words } from '../reading/names.ts';
import type { RowPlan } from '../row-plan.ts';
import { contentOf } from '../values/affinity.ts';
import { satisfies } from '../values/fit.ts';
import { isFlagName } from '../values/flags.ts';
import { draw, streamKey } from '../values/streams.ts';

/**
 * The value of a column in row `index`. Another `attempt` may give another one, for rows that SQLite refused; `row` holds
 * the values of the row that are there already.
 */
export type CellMaker = (index: number, attempt: number, row: readonly SqlValue[]) => SqlValue;

/** A column that is to be filled in many rows. */
export interface DrawnColumn {
  readonly plan: RowPlan;
  readonly values: ColumnValues;
  /** The cell of the row that SQLite took. */
  readonly template: Cell;
  /** Whether that is what a plain row would have had, or what the search had to settle for. */
  readonly settled: boolean;
  /** Whether every row must have another value. */
  readonly distinct: boolean;
  /** The place of a column in a row, or -1. */
  readonly placeOf: (name: string) => number;
}

/** How many rows of a hundred have a value where NULL or the default is the ordinary state: `typical` shows both. */
const filledShare = 25;

/** Makes the maker of a column's cells, or null where the column is left to SQLite. */
export function cellMaker(drawn: DrawnColumn): CellMaker | null {
  const { plan, values, template, settled, distinct, placeOf } = drawn;
  if (template === undefined && values.column.name === plan.table.rowidAlias) return null;
  if (distinct) return settled && typeof template === 'number' ? counting(template) : values.distinct;
  if (template === undefined && values.choices.length < 2) return seldomOther(drawn);
  const filled = filledCells(plan, values, placeOf);
  if (template === null)
    return values.isOrdinarilyNull && !settled ? seldom(drawn, 'filled', () => null, filled) : () => null;
  if (settled && template !== undefined) return () => template;
  return isFlag(values) && values.choices.length === 0 ? seldom(drawn, 'state', filled, otherState(values)) : filled;
}

/** The cells of a column that is filled in every row; documents may repeat other columns of theirs. */
export function filledCells(
  { valueNamed }: RowPlan,
  { document, filled }: ColumnValues,
  placeOf: DrawnColumn['placeOf'],
): CellMaker {
  if (document === null) return filled;
  return (index, _attempt, row) => document(index, (key) => row[placeOf(key)] ?? valueNamed(key));
}

function counting(from: number): CellMaker {
  return (index, attempt) => from + index + attempt;
}

/** One sort of cell in most rows, and another in some of those that are drawn for the first time. */
function seldom({ plan, values }: DrawnColumn, stream: string, most: CellMaker, some: CellMaker): CellMaker {
  const key = streamKey(plan.seed, plan.table.name, values.column.name, stream);
  return (index, attempt, row) =>
    (attempt > 0 || draw(key, index) % 100 >= filledShare ? most : some)(index, attempt, row);
}

function isFlag({ column: { name, type } }: ColumnValues): boolean {
  return contentOf(type) === 'boolean' || isFlagName(words(name).join('_'));
}

/** A flag that is not what it mostly is: two of them differ in some rows, so that one put into the other shows. */
function otherState({ filled, facts: { demanded, expected } }: ColumnValues): CellMaker {
  return (index, attempt) => {
    const value = filled(index, attempt);
    const other = value === 0 || value === 1 ? 1 - value : value;
    return [...demanded, ...expected].every((condition) => satisfies(other, condition)) ? other : value;
  };
}

/**
 * Seldom another value than the default, where no migration to come names the column: one that leaves it out of a
 * copy puts the default back, which shows where rows have another value.
 */
function seldomOther(drawn: DrawnColumn): CellMaker | null {
  const { fallback, dangles, facts } = drawn.values;
  if (fallback === undefined || fallback === null || dangles || facts.comesUp) return null;
  const other = otherThan(fallback, drawn.values);
  return other === null ? null : seldom(drawn, 'other', () => fallback, other);
}

/** Another number, or another text where nothing says what it may be; null where neither is plain. */
function otherThan(fallback: SqlValue, values: ColumnValues): CellMaker | null {
  const { column, facts, filled } = values;
  const content = contentOf(column.type);
  const conditions = [...facts.demanded, ...facts.compared].filter(({ kind }) => kind !== 'null-test');
  if (content === 'text') return conditions.length === 0 ? filled : null;
  // A default of '0' is a number to a numeric column.
  const number = typeof fallback === 'string' && /^-?\d{1,15}$/.test(fallback) ? Number(fallback) : fallback;
  if (typeof number !== 'number' || (content !== 'integer' && content !== 'real' && content !== 'boolean')) return null;
  const next = isFlag(values) && number === 1 ? 0 : number + 1;
  return conditions.every((condition) => satisfies(next, condition)) ? () => next : null;
}
