import type { SqlValue } from '../../model/connection.ts';
import type { RowSink } from '../../model/dataset.ts';
import type { Column } from '../../model/schema.ts';
import { foldName, includesName, sameName } from '../../sql/quote.ts';
import { columnNamed } from '../../sql/tables.ts';
import { isDocumentColumn } from '../cells.ts';
import { isOutside, waysOut } from '../partial-keys.ts';
import { type Demand, isDemanded } from '../reading/demands.ts';
import type { Reference } from '../reading/references.ts';
import type { RowPlan } from '../row-plan.ts';
import type { RowSource } from '../row-source.ts';
import { valueIn } from '../slots.ts';
import { type CellMaker, columnMaker, filledCells, freedomOf } from './cell-makers.ts';
import { memoryLimit, rememberCombinations } from './combinations.ts';
import { pointersOf } from './pointing.ts';
import { planUniqueness, type Uniqueness } from './uniqueness.ts';

/** A row that SQLite took, after which others are made. */
interface Model {
  readonly plan: RowPlan;
  readonly template: ReadonlyMap<string, SqlValue>;
  /** The row that was tried first: where the two differ, the search had to settle for something. */
  readonly plain: ReadonlyMap<string, SqlValue>;
  /** The columns that the project itself fills, which cannot be kept apart here. */
  readonly own: ReadonlySet<string>;
  readonly written: readonly Column[];
  readonly sink: RowSink;
}

/**
 * Makes the source of rows like `template`, which SQLite took.
 * @param plain the row that was tried first
 */
export function rowsLike(
  plan: RowPlan,
  template: ReadonlyMap<string, SqlValue>,
  plain: ReadonlyMap<string, SqlValue>,
  sink: RowSink,
): RowSource {
  const written = plan.table.columns.filter(({ generated }) => generated === 'no');
  const own = new Set(plan.overrides?.(template, plan.variant).keys());
  const model = { plan, template, plain, own, written, sink };
  const followed = plan.references.filter((reference) => isFollowed(reference, template, plain));
  const uniqueness = uniquenessOf(model, followed);
  const pointers = pointersOf({ plan, references: followed, once: uniqueness.once, own, sink });
  const columns: string[] = [];
  const placeOf = (name: string): number => columns.findIndex((column) => sameName(column, name));
  const makers = cellMakers(model, uniqueness, pointers.sets, placeOf);
  columns.push(...makers.keys(), ...written.map(({ name }) => name).filter(pointers.sets));
  const cells = [...makers.values()];
  const point = pointers.placed(placeOf);
  const repeats = rememberCombinations({ plan, ...uniqueness, own, columns, placeOf, sink });
  const fillers = fillersOf(plan, placeOf);
  return {
    columns,
    write: (draw, values) => {
      if (!point(draw, values)) return 'none-left';
      const { index, attempt } = draw;
      for (let i = 0; i < cells.length; i++) values[i] = cells[i]?.(index, attempt, values) ?? null;
      for (const { demand, place, fill } of fillers)
        if (values[place] === null && isDemanded(demand, (name) => values[placeOf(name)]))
          values[place] = fill(index, attempt, values);
      return repeats(values);
    },
    settle: (blamed, values) => {
      // Half of a key points nowhere.
      const linked = followed.filter((reference) => reference.columns.some((column) => blamed.has(column)));
      const all = new Set([...blamed, ...linked.flatMap((reference) => reference.columns)]);
      for (const [i, column] of columns.entries())
        if (all.has(column) && !uniqueness.distinct.has(column)) values[i] = template.get(column) ?? null;
    },
  };
}

function uniquenessOf({ plan, template, own, written }: Model, references: readonly Reference[]): Uniqueness {
  const { table } = plan;
  return planUniqueness({
    table,
    references,
    expected: plan.uniques,
    isFreeOf: ({ condition }) =>
      condition !== null && isOutside(waysOut(condition, table, plan.facts), table, template),
    freedom: (name) => {
      const column = written.find((candidate) => candidate.name === name);
      if (column === undefined || own.has(name) || (name === table.rowidAlias && !template.has(name))) return 0;
      return freedomOf({ plan, column, template: template.get(name) });
    },
  });
}

/** The makers of the columns that point nowhere, by their names. */
function cellMakers(
  { plan, template, plain, written, sink }: Model,
  { distinct }: Uniqueness,
  isSet: (name: string) => boolean,
  placeOf: (name: string) => number,
): Map<string, CellMaker> {
  const isLaterUnique = (name: string): boolean => plan.uniques.some(({ names }) => includesName(names, name));
  const heldIn = (name: string): string[] =>
    sink.rows(plan.table.name, [name], memoryLimit).map(([value]) => String(value));
  const makers = documentsLast(plan, written).flatMap((column): [string, CellMaker][] => {
    const { name } = column;
    if (isSet(name)) return [];
    const cell = template.get(name);
    const settled = plan.held.has(name) || !Object.is(cell, plain.get(name)) || (cell === null && mayPoint(plan, name));
    const isDistinct = distinct.has(name) || name === plan.table.rowidAlias;
    const taken = new Set(distinct.has(name) && isLaterUnique(name) ? heldIn(name) : []);
    const maker = columnMaker({ plan, column, template: cell, settled, distinct: isDistinct, taken, placeOf });
    return maker === null ? [] : [[name, maker]];
  });
  return new Map(makers);
}

/** Documents come last, for they may repeat other columns of their row. */
function documentsLast(plan: RowPlan, columns: readonly Column[]): Column[] {
  const isDocument = (column: Column): number => Number(isDocumentColumn(column, plan.facts(column.name)));
  return columns.toSorted((a, b) => isDocument(a) - isDocument(b));
}

/** Fills a column of the rows that a migration to come copies where NULL is not allowed. */
interface Filler {
  readonly demand: Demand;
  readonly place: number;
  readonly fill: CellMaker;
}

function fillersOf(plan: RowPlan, placeOf: (name: string) => number): Filler[] {
  return plan.filledIn.flatMap((demand) =>
    demand.columns.flatMap((name): Filler[] => {
      const column = columnNamed(plan.table, name);
      const place = placeOf(name);
      return column === undefined || place < 0 ? [] : [{ demand, place, fill: filledCells(plan, column) }];
    }),
  );
}

/** Whether a column would hold a key: what does not point anywhere must not look as if it did. */
function mayPoint({ references, dangling }: RowPlan, name: string): boolean {
  return dangling.includes(foldName(name)) || references.some(({ columns }) => includesName(columns, name));
}

/** An arm that the search had to leave NULL stays so; where NULL is the ordinary state, some rows point somewhere. */
function isFollowed(
  { columns }: Reference,
  template: ReadonlyMap<string, SqlValue>,
  plain: ReadonlyMap<string, SqlValue>,
): boolean {
  return !columns.some((name) => valueIn(template, name) === null && valueIn(plain, name) !== null);
}
