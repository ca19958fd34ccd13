import type { SqlValue } from '../../model/connection.ts';
import type { RowSink } from '../../model/dataset.ts';
import type { RowPlan } from '../row-plan.ts';

/** How many combinations are remembered, so that memory does not grow with rows. */
export const memoryLimit = 100_000;

/** Columns whose values together must not repeat although SQLite would take them. */
export interface CombinationRequest {
  readonly plan: RowPlan;
  readonly together: readonly (readonly string[])[];
  /** The columns that the project itself fills. */
  readonly own: ReadonlySet<string>;
  /** The columns of a row, and the place of each, or -1. */
  readonly columns: readonly string[];
  readonly placeOf: (name: string) => number;
  readonly sink: RowSink;
}

/** A combination of values: the places in a row, and the keys that exist. */
interface Combination {
  readonly places: readonly number[];
  readonly known: Set<string>;
}

/** Tells whether a row repeats a combination that exists; remembers it if not. */
export function rememberCombinations(request: CombinationRequest): (values: readonly SqlValue[]) => boolean {
  const combinations = combinationsOf(request);
  return (values) => combinations.some((combination) => isKnown(combination, values));
}

function combinationsOf({ plan, together, own, columns, placeOf, sink }: CombinationRequest): Combination[] {
  const rowsOf = (names: readonly string[]): readonly (readonly SqlValue[])[] =>
    sink.rows(plan.table.name, names, memoryLimit);
  const placed = together
    .filter((names) => !names.some((name) => own.has(name)))
    .map((names) => names.map(placeOf))
    .filter((places) => !places.includes(-1))
    .map((places) => ({ places, known: new Set(rowsOf(places.map((place) => columns[place] ?? '')).map(keyOf)) }));
  // Pairs of another table that a migration to come brings together with these exist already.
  const rivals = plan.rivals.flatMap(({ columns: names, taken }): Combination[] => {
    const places = names.map(placeOf);
    return places.includes(-1) ? [] : [{ places, known: new Set([...rowsOf(names), ...taken()].map(keyOf)) }];
  });
  return [...placed, ...rivals];
}

function isKnown({ places, known }: Combination, values: readonly SqlValue[]): boolean {
  if (places.some((place) => values[place] === null)) return false;
  const key = keyOf(places.map((place) => values[place] ?? null));
  if (known.has(key)) return true;
  if (known.size < memoryLimit) known.add(key);
  return false;
}

/** The key of some values. */
export function keyOf(values: readonly SqlValue[]): string {
  return values.join('\u0000');
}
