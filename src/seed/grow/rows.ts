import type { SqlValue } from '../../model/connection.ts';
import type { RowSink } from '../../model/dataset.ts';
import type { Column } from '../../model/schema.ts';
import { includesName, sameName } from '../../sql/quote.ts';
import { columnNamed } from '../../sql/tables.ts';
import type { ColumnValues } from '../column-values.ts';
import { isOutside, waysOut } from '../partial-keys.ts';
import { isDemanded } from '../reading/demands.ts';
import type { Reference } from '../reading/references.ts';
import type { RowPlan } from '../row-plan.ts';
import type { RowSource } from '../row-source.ts';
import { valueIn } from '../slots.ts';
import { type KeyMemory, repeatsKeys } from '../to-come.ts';
import { contentOf } from '../values/affinity.ts';
import { type CellMaker, cellMaker, filledCells } from './cell-makers.ts';
import { type Followed, pointAlong } from './point.ts';
import { pointerFor } from './pointers.ts';
import { planUniqueness, type Uniqueness } from './uniqueness.ts';

/** A row that SQLite took, after which others are made. */
interface Model {
  readonly plan: RowPlan;
  readonly template: ReadonlyMap<string, SqlValue>;
  /** The row that was tried first: where the two differ, the search had to settle for something. */
  readonly plain: ReadonlyMap<string, SqlValue>;
  /** The columns that the project itself fills, which cannot be kept apart here. */
  readonly own: readonly string[];
  readonly written: readonly Column[];
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
  memory: KeyMemory,
): RowSource {
  const written = plan.table.columns.filter(({ generated }) => generated === 'no');
  const own = [...(plan.overrides?.(template, plan.variant).keys() ?? [])];
  const model = { plan, template, plain, own, written };
  const references = plan.references.filter((reference) => isFollowed(reference, template, plain));
  const { distinct, once, open } = uniquenessOf(model, references);
  const followed = references.flatMap((reference): Followed[] => {
    const isOnce = once.has(reference) && !own.some((name) => includesName(reference.columns, name));
    const pointer = pointerFor({ plan, reference, sink, once: isOnce });
    return pointer === null ? [] : [{ pointer, reference }];
  });
  const points = (name: string): boolean => followed.some(({ reference }) => includesName(reference.columns, name));
  const columns: string[] = [];
  const placeOf = (name: string): number => columns.findIndex((column) => sameName(column, name));
  const makers = makersOf(model, distinct, points, placeOf);
  columns.push(...makers.keys(), ...written.map(({ name }) => name).filter(points));
  const cells = [...makers.values()];
  const point = pointAlong(followed, plan, sink, placeOf);
  const ours = open.filter((key) => !key.columns.some((name) => own.includes(name)));
  const repeats = repeatsKeys(plan, memory, ours, placeOf);
  const fill = filler(plan, placeOf);
  return {
    columns,
    write: (draw, values) => {
      if (!point(draw, values)) return 'none-left';
      const { index, attempt } = draw;
      for (let i = 0; i < cells.length; i++) values[i] = cells[i]?.(index, attempt, values) ?? null;
      fill(index, attempt, values);
      return repeats(values);
    },
    settle: (blamed, values) => {
      // Half of a key points nowhere.
      const linked = references.filter((reference) => reference.columns.some((column) => blamed.has(column)));
      const all = new Set([...blamed, ...linked.flatMap((reference) => reference.columns)]);
      for (const [i, column] of columns.entries())
        if (all.has(column) && !distinct.has(column)) values[i] = template.get(column) ?? null;
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
      const cell = template.get(name);
      if (column === undefined || own.includes(name) || cell === null) return 0;
      return name === table.rowidAlias && cell === undefined ? 0 : freedomOf(plan.valuesOf(column));
    },
  });
}

/** How willingly a column takes another value in every row: a text at best, a number or a timestamp well enough. */
function freedomOf({ column, choices }: ColumnValues): number {
  const content = contentOf(column.type);
  if (choices.length > 0 || content === 'boolean') return 0;
  if (content === 'text' || content === 'bytes') return 3;
  return content === 'anything' || content === 'integer' ? 2 : 1;
}

/** The makers of the columns that point nowhere, by their names; documents come last, for they may repeat others. */
function makersOf(
  { plan, template, plain, written }: Model,
  distinct: ReadonlySet<string>,
  points: (name: string) => boolean,
  placeOf: (name: string) => number,
): Map<string, CellMaker> {
  const own = written.filter(({ name }) => !points(name)).map(plan.valuesOf);
  const makers = own
    .toSorted((a, b) => Number(a.document !== null) - Number(b.document !== null))
    .flatMap((values): [string, CellMaker][] => {
      const { name } = values.column;
      const cell = template.get(name);
      // A column that points nowhere must not look as if it did.
      const isLoose =
        cell === null && (values.dangles || plan.references.some((each) => includesName(each.columns, name)));
      const settled = plan.held.has(name) || !Object.is(cell, plain.get(name)) || isLoose;
      const isDistinct = distinct.has(name) || name === plan.table.rowidAlias;
      const maker = cellMaker({ plan, values, template: cell, settled, distinct: isDistinct, placeOf });
      return maker === null ? [] : [[name, maker]];
    });
  return new Map(makers);
}

/** Fills the columns of the rows that a migration to come copies where NULL is not allowed. */
function filler(
  plan: RowPlan,
  placeOf: (name: string) => number,
): (index: number, attempt: number, values: SqlValue[]) => void {
  const fillers = plan.filledIn.flatMap((demand) =>
    demand.columns.flatMap((name) => {
      const column = columnNamed(plan.table, name);
      const place = placeOf(name);
      if (column === undefined || place < 0) return [];
      return [{ demand, place, fill: filledCells(plan, plan.valuesOf(column), placeOf) }];
    }),
  );
  return (index, attempt, values) => {
    for (const { demand, place, fill } of fillers)
      if (values[place] === null && isDemanded(demand, (name) => values[placeOf(name)]))
        values[place] = fill(index, attempt, values);
  };
}

/** An arm that the search had to leave NULL stays so; where NULL is the ordinary state, some rows point somewhere. */
function isFollowed(
  { columns }: Reference,
  template: ReadonlyMap<string, SqlValue>,
  plain: ReadonlyMap<string, SqlValue>,
): boolean {
  return !columns.some((name) => valueIn(template, name) === null && valueIn(plain, name) !== null);
}
