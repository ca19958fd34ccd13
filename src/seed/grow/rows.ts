import type { SqlValue } from '../../model/connection.ts';
import type { RowSink } from '../../model/dataset.ts';
import type { Table } from '../../model/schema.ts';
import { foldName, sameName } from '../../sql/quote.ts';
import { isDocumentColumn } from '../cells.ts';
import { isOutside, waysOut } from '../partial-keys.ts';
import { type Demand, isDemanded } from '../reading/demands.ts';
import type { Reference } from '../reading/references.ts';
import type { RowPlan } from '../slots.ts';
import { type CellMaker, columnMaker, filledCells, freedomOf } from './cell-makers.ts';
import { type Joiner, joinerFor, type Pointer, pointerFor } from './pointers.ts';
import { planUniqueness } from './uniqueness.ts';

/** Makes the rows of a table after one that SQLite took. */
export interface RowMaker {
  /** The columns that a row gives; the others are left to SQLite. */
  readonly columns: readonly string[];
  /** Those of them that have another value in every row. */
  readonly distinct: ReadonlySet<string>;
  /**
   * Writes row `index` into `values`, in the order of `columns`. `progress`, from 0 to below 1, is how far the table has come.
   * @returns false where there is no parent left for it.
   */
  readonly make: (index: number, attempt: number, progress: number, values: SqlValue[]) => boolean;
  /** Whether this combination, which SQLite would take, was made before; remembers it if not. */
  readonly repeats: (values: readonly SqlValue[]) => boolean;
  /** The columns, and those that point together with one of them: half of a key points nowhere. */
  readonly withLinked: (columns: ReadonlySet<string>) => ReadonlySet<string>;
  /** Forgets a combination that was not put in after all. */
  readonly forget: (values: readonly SqlValue[]) => void;
}

/** A reference with the places of its columns in a row. */
interface PlacedPointer {
  readonly pointer: Pointer;
  readonly places: readonly number[];
  /** The places among them that a link before has set, and what finds a parent that agrees; null where there are none. */
  readonly joined: { readonly places: readonly number[]; readonly pointer: Joiner } | null;
}

/** Draws for references that share columns, until their parents agree. */
const joinAttempts = 24;

/** How many combinations are remembered, so that memory does not grow with rows. */
const memoryLimit = 100_000;

/**
 * Makes the maker of rows like `template`, which SQLite took; `plain` is what was tried first, so that where the two differ the search had to
 * settle for something.
 */
export function rowMaker(
  plan: RowPlan,
  template: ReadonlyMap<string, SqlValue>,
  plain: ReadonlyMap<string, SqlValue>,
  sink: RowSink,
): RowMaker {
  const { table } = plan;
  const written = table.columns.filter(({ generated }) => generated === 'no');
  const followed = plan.references.filter((reference) => isFollowed(reference, template, plain));
  // What the project itself fills cannot be kept apart here.
  const own = new Set(plan.overrides?.(template, plan.variant).keys());
  const { distinct, once, together } = planUniqueness({
    table,
    references: followed,
    expected: plan.uniques,
    isFreeOf: ({ condition }) =>
      condition !== null && isOutside(waysOut(condition, table, plan.facts), table, template),
    freedom: (name) => {
      const column = written.find((candidate) => candidate.name === name);
      if (column === undefined || own.has(name) || (name === table.rowidAlias && !template.has(name))) return 0;
      return freedomOf({ plan, column, template: template.get(name) });
    },
  });
  const pointers = followed.flatMap((reference) => {
    const isOwn = [...own].some((name) => reference.columns.some((column) => sameName(column, name)));
    const pointer = pointerFor({ plan, reference, sink, once: once.has(reference) && !isOwn });
    return pointer === null ? [] : [{ pointer, reference }];
  });
  const points = (name: string): boolean =>
    pointers.some(({ reference }) => reference.columns.some((column) => sameName(column, name)));

  const willBeUnique = (name: string): boolean =>
    plan.uniques.some(({ names }) => names.some((each) => sameName(each, name)));
  const heldIn = (name: string): string[] => sink.rows(table.name, [name], memoryLimit).map(([value]) => String(value));

  const makers = new Map<string, CellMaker>();
  // Documents come last, for they may repeat other columns of their row.
  const isDocument = (name: string): boolean =>
    written.some((column) => column.name === name && isDocumentColumn(column, plan.facts(name)));
  for (const column of written.toSorted((a, b) => Number(isDocument(a.name)) - Number(isDocument(b.name)))) {
    const { name } = column;
    if (points(name)) continue;
    const cell = template.get(name);
    const settled = plan.held.has(name) || !Object.is(cell, plain.get(name)) || (cell === null && mayPoint(plan, name));
    const isDistinct = distinct.has(name) || name === table.rowidAlias;
    const taken = new Set(distinct.has(name) && willBeUnique(name) ? heldIn(name) : []);
    const maker = columnMaker({ plan, column, template: cell, settled, distinct: isDistinct, taken });
    if (maker !== null) makers.set(name, maker);
  }
  const columns = [...makers.keys(), ...written.map(({ name }) => name).filter(points)];
  const cells = [...makers.values()];
  const placeOf = (name: string): number => columns.findIndex((column) => sameName(column, name));
  const taken = new Set<number>();
  const links = joinOrder(pointers, table).map(({ pointer, reference }): PlacedPointer => {
    const places = reference.columns.map(placeOf);
    const shared = places.flatMap((place, i) => (taken.has(place) ? [i] : []));
    for (const place of places) taken.add(place);
    if (shared.length === 0 || !reference.declared) return { pointer, places, joined: null };
    const joiner = joinerFor({ plan, reference, sink }, shared);
    return { pointer, places, joined: { places: shared.map((i) => places[i] ?? 0), pointer: joiner } };
  });
  const point = (index: number, attempt: number, progress: number, values: SqlValue[]): 'done' | 'apart' | 'none' => {
    for (const { pointer, places, joined } of links) {
      const target =
        joined === null
          ? pointer(index, attempt, progress)
          : joined.pointer(
              index,
              attempt,
              joined.places.map((place) => values[place] ?? null),
            );
      if (target === null) return joined === null ? 'none' : 'apart';
      for (let i = 0; i < places.length; i++) values[places[i] ?? 0] = target[i] ?? null;
    }
    return 'done';
  };
  const combinations = together
    .filter((names) => !names.some((name) => own.has(name)))
    .map((names) => names.map(placeOf))
    .filter((places) => !places.includes(-1));
  const seen = combinations.map((places) => {
    const names = places.map((place) => columns[place] ?? '');
    return new Set(sink.rows(table.name, names, memoryLimit).map(keyOf));
  });
  // Pairs of another table that a migration to come brings together with these count as made already.
  for (const { columns: names, taken } of plan.rivals) {
    const places = names.map(placeOf);
    if (places.includes(-1)) continue;
    combinations.push(places);
    seen.push(new Set([...sink.rows(table.name, names, memoryLimit), ...taken()].map(keyOf)));
  }
  const fillers = fillersOf(plan, placeOf);
  let row: readonly SqlValue[] = [];
  const known = (name: string): SqlValue | undefined => row[placeOf(name)];

  return {
    columns,
    distinct,
    make: (index, attempt, progress, values) => {
      let pointed = point(index, attempt, progress, values);
      for (let more = 1; pointed === 'apart' && more < joinAttempts; more++) {
        pointed = point(index, attempt + more * joinAttempts, progress, values);
      }
      if (pointed !== 'done') return false;
      row = values;
      for (let i = 0; i < cells.length; i++) values[i] = cells[i]?.(index, attempt, known) ?? null;
      for (const { demand, place, fill } of fillers) {
        if (values[place] === null && isDemanded(demand, known)) values[place] = fill(index, attempt, known);
      }
      return true;
    },
    repeats: (values) =>
      combinations.some((places, i) => {
        if (places.some((place) => values[place] === null)) return false;
        const key = keyAt(values, places);
        const made = seen[i];
        if (made === undefined || made.has(key)) return made !== undefined;
        if (made.size < memoryLimit) made.add(key);
        return false;
      }),
    withLinked: (names) => {
      const linked = followed.filter((reference) => reference.columns.some((column) => names.has(column)));
      return new Set([...names, ...linked.flatMap((reference) => reference.columns)]);
    },
    forget: (values) => {
      for (const [i, places] of combinations.entries()) seen[i]?.delete(keyAt(values, places));
    },
  };
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
      const column = plan.table.columns.find((each) => each.name === name);
      const place = placeOf(name);
      return column === undefined || place < 0 ? [] : [{ demand, place, fill: filledCells(plan, column) }];
    }),
  );
}

/** The widest first, for its parent's row carries what narrower ones say; those to the table itself last. */
function joinOrder<T extends { readonly reference: Reference }>(pointers: readonly T[], table: Table): T[] {
  const isToItself = ({ reference }: T): number => Number(reference.parent.name === table.name);
  return pointers.toSorted(
    (a, b) => isToItself(a) - isToItself(b) || b.reference.columns.length - a.reference.columns.length,
  );
}

function keyOf(combination: readonly SqlValue[]): string {
  return combination.join('\u0000');
}

function keyAt(values: readonly SqlValue[], places: readonly number[]): string {
  return keyOf(places.map((place) => values[place] ?? null));
}

/** Whether a column would hold a key: what does not point anywhere must not look as if it did. */
function mayPoint({ references, dangling }: RowPlan, name: string): boolean {
  return (
    dangling.includes(foldName(name)) ||
    references.some(({ columns }) => columns.some((column) => sameName(column, name)))
  );
}

/** An arm that the search had to leave NULL stays so; where NULL is the ordinary state, some rows point somewhere. */
function isFollowed(
  { columns }: Reference,
  template: ReadonlyMap<string, SqlValue>,
  plain: ReadonlyMap<string, SqlValue>,
): boolean {
  const isNull = (row: ReadonlyMap<string, SqlValue>, name: string): boolean =>
    [...row].some(([column, value]) => sameName(column, name) && value === null);
  return !columns.some((name) => isNull(template, name) && !isNull(plain, name));
}
