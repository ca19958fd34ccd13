import type { SqlValue } from '../../model/connection.ts';
import type { Column } from '../../model/schema.ts';
import { includesName } from '../../sql/quote.ts';
import { type Cell, isDocumentColumn, listedValues, literalOf, plainCell } from '../cells.ts';
import { isOrdinarilyNull } from '../nulls.ts';
import type { ColumnFacts } from '../reading/facts.ts';
import { words } from '../reading/names.ts';
import type { RowPlan } from '../row-plan.ts';
import { contentOf } from '../values/affinity.ts';
import { type ValueMaker, valueMaker } from '../values/believable.ts';
import { fitTo, satisfies } from '../values/fit.ts';
import { isFlagName } from '../values/flags.ts';
import { draw, redraw, streamKey } from '../values/streams.ts';

/**
 * The value of a column in row `index`. Another `attempt` may give another one, for rows that SQLite refused; `row` holds
 * the values of the row that are there already.
 */
export type CellMaker = (index: number, attempt: number, row: readonly SqlValue[]) => SqlValue;

/** A column that is to be filled in many rows. */
export interface ColumnRequest {
  readonly plan: RowPlan;
  readonly column: Column;
  /** The cell of the row that SQLite took. */
  readonly template: Cell;
  /** Whether that is what a plain row would have had, or what the search had to settle for. */
  readonly settled: boolean;
  /** Whether every row must have another value. */
  readonly distinct: boolean;
  /**
   * Values, as text, that rows have already where SQLite would take them again: only a later migration makes them
   * unique.
   */
  readonly taken?: ReadonlySet<string>;
  /** The place of a column in a row, or -1. */
  readonly placeOf: (name: string) => number;
}

/** How many rows of a hundred have a value where NULL or the default is the ordinary state: `typical` shows both. */
const filledShare = 25;

/** Makes the maker of a column's cells, or null where the column is left to SQLite. */
export function columnMaker(request: ColumnRequest): CellMaker | null {
  const { plan, column, template, settled, distinct } = request;
  const facts = plan.facts(column.name);
  const choices = choicesOf(column, facts);
  if (column.name === plan.table.rowidAlias && template === undefined) return null;
  if (template === undefined && !distinct && choices.length < 2) return seldomOther(request, facts);
  if (distinct) return distinctCells(request, facts, choices);
  if (template === null) {
    return !settled && isOrdinarilyNull(plan.table, column, facts)
      ? seldom(request, 'filled', () => null, filledCells(plan, column, facts))
      : () => null;
  }
  if (settled && template !== undefined) return () => template;
  if (isDocumentColumn(column, facts)) return documents(request, facts);
  if (choices.length > 0) {
    const key = streamKey(plan.seed, plan.table.name, column.name, 'choice');
    return (index, attempt) => choices[redraw(key, index, attempt) % choices.length] ?? null;
  }
  const own = fitting(valuesOf(plan, column).at, facts);
  return isFlag(column) ? seldom(request, 'state', own, otherState(own, facts)) : own;
}

/** Plain values of a column. */
function valuesOf(plan: RowPlan, column: Column): ValueMaker {
  return valueMaker({ ...plan, table: plan.table.name, columns: plan.table.columns, column });
}

/** One sort of cell in most rows, and another in some of those that are drawn for the first time. */
function seldom({ plan, column }: ColumnRequest, stream: string, most: CellMaker, some: CellMaker): CellMaker {
  const key = streamKey(plan.seed, plan.table.name, column.name, stream);
  return (index, attempt, row) =>
    (attempt > 0 || draw(key, index) % 100 >= filledShare ? most : some)(index, attempt, row);
}

function isFlag({ name, type }: Column): boolean {
  return contentOf(type) === 'boolean' || isFlagName(words(name).join('_'));
}

/** A flag that is not what it mostly is: two of them differ in some rows, so that one put into the other shows. */
function otherState(own: CellMaker, { demanded, expected }: ColumnFacts): CellMaker {
  return (index, attempt, row) => {
    const value = own(index, attempt, row);
    const other = value === 0 || value === 1 ? 1 - value : value;
    return [...demanded, ...expected].every((condition) => satisfies(other, condition)) ? other : value;
  };
}

/** The short list that a column's values come from, by its CHECKs and those to come; empty without such a list. */
function choicesOf(column: Column, facts: ColumnFacts): readonly SqlValue[] {
  const { lasting, allowed } = listedValues(column, facts);
  // A value that a later migration refuses is not plain.
  return lasting.length > 0 ? lasting : allowed;
}

/** How willingly a column takes another value in every row: a text at best, a number or a timestamp well enough. */
export function freedomOf({ plan, column, template }: Pick<ColumnRequest, 'plan' | 'column' | 'template'>): number {
  const facts = plan.facts(column.name);
  if (template === null || column.generated !== 'no' || choicesOf(column, facts).length > 0) return 0;
  switch (contentOf(column.type)) {
    case 'boolean':
      return 0;
    case 'text':
    case 'bytes':
      return 3;
    case 'anything':
    case 'integer':
      return 2;
    default:
      return 1;
  }
}

/** The cells of a column that is filled in every row. */
export function filledCells(plan: RowPlan, column: Column, facts = plan.facts(column.name)): CellMaker {
  const choices = choicesOf(column, facts);
  const own = fitting(valuesOf(plan, column).at, facts);
  return (index, attempt, row) =>
    choices.length > 0 ? (choices[index % choices.length] ?? null) : own(index, attempt, row);
}

/**
 * Seldom another value than the default, where no migration to come names the column: one that leaves it out of a
 * copy puts the default back, which shows where rows have another value.
 */
function seldomOther(request: ColumnRequest, facts: ColumnFacts): CellMaker | null {
  const { plan, column } = request;
  const fallback = literalOf(column.default);
  const points = includesName(plan.dangling, column.name);
  if (fallback === undefined || fallback === null || points || facts.comesUp) return null;
  const other = otherThan(fallback, request, facts);
  return other === null ? null : seldom(request, 'other', () => fallback, other);
}

/** Another number, or another text where nothing says what it may be; null where neither is plain. */
function otherThan(
  fallback: SqlValue,
  { plan, column }: ColumnRequest,
  { demanded, compared }: ColumnFacts,
): ((index: number) => SqlValue) | null {
  const content = contentOf(column.type);
  const conditions = [...demanded, ...compared].filter(({ kind }) => kind !== 'null-test');
  if (content === 'text') return conditions.length === 0 ? valuesOf(plan, column).at : null;
  // A default of '0' is a number to a numeric column.
  const number = typeof fallback === 'string' && /^-?\d{1,15}$/.test(fallback) ? Number(fallback) : fallback;
  if (typeof number !== 'number' || (content !== 'integer' && content !== 'real' && content !== 'boolean')) return null;
  const next = isFlag(column) && number === 1 ? 0 : number + 1;
  return conditions.every((condition) => satisfies(next, condition)) ? () => next : null;
}

function documents({ plan, column, placeOf }: ColumnRequest, facts: ColumnFacts): CellMaker {
  const { seed, table, vocabulary } = plan;
  return (index, _attempt, row) => {
    const known = (key: string): SqlValue | undefined => row[placeOf(key)] ?? plan.valueNamed(key);
    return plainCell({ seed, table, column, facts, variant: index, vocabulary, known }) ?? null;
  };
}

function distinctCells(request: ColumnRequest, facts: ColumnFacts, choices: readonly SqlValue[]): CellMaker {
  const { plan, column, template, settled, taken = none } = request;
  if (choices.length > 0) return (index, attempt) => choices[(index + attempt) % choices.length] ?? null;
  if (settled && typeof template === 'number') return (index, attempt) => template + index + attempt;
  const own = valuesOf(plan, column).distinctAt;
  if (!plan.apart && taken.size === 0) return fitting(own, facts);
  const offset = plan.apart ? 1_000_000 : 0;
  const at = (index: number): SqlValue => {
    const value = own(index);
    return typeof value === 'number' ? value + offset : value;
  };
  const isTaken = (value: SqlValue): boolean =>
    taken.has(String(value)) || (plan.apart && plan.isWritten(column.name, value));
  const open = (index: number): SqlValue => {
    const value = at(index);
    return isTaken(value) ? at(index + beyond) : value;
  };
  return fitting(open, facts);
}

const none: ReadonlySet<string> = new Set();

/** Far from every index that rows of a table have. */
const beyond = 10_000_000;

/** The values of `make`, each bent to what the CHECKs of its column demand. */
function fitting(make: (index: number) => SqlValue, { demanded, expected }: ColumnFacts): CellMaker {
  const conditions = [...demanded, ...(demanded.length > 0 ? [] : expected)].filter(({ kind }) => kind !== 'null-test');
  if (conditions.length === 0) return make;
  return (index, attempt) => {
    const value = make(index);
    return conditions.every((condition) => satisfies(value, condition))
      ? value
      : fitTo(value, conditions, index + attempt);
  };
}
