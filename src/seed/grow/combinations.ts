import type { SqlValue } from '../../model/connection.ts';
import type { RowSink } from '../../model/dataset.ts';
import type { RowPlan } from '../row-plan.ts';
import type { Drawn } from '../row-source.ts';

/** How many combinations are remembered, so that memory does not grow with rows. */
export const memoryLimit = 100_000;

/** Columns whose values together must not repeat although SQLite would take them. */
export interface CombinationRequest {
  readonly plan: RowPlan;
  readonly together: readonly (readonly string[])[];
  /** Those of them that a migration to come makes a key of: a row that repeats one is refused then. */
  readonly toCome: ReadonlySet<readonly string[]>;
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
  readonly isToCome: boolean;
}

/** Tells whether a row repeats a combination that exists; remembers it if not. */
export function rememberCombinations(request: CombinationRequest): (values: readonly SqlValue[]) => Drawn {
  const combinations = combinationsOf(request);
  return (values) => {
    const repeated = combinations.filter((combination) => isKnown(combination, values));
    if (repeated.length > 0) return repeated.some(({ isToCome }) => isToCome) ? 'refused-later' : 'repeated';
    // A row that one combination refuses takes nothing from the others.
    for (const combination of combinations) remember(combination, values);
    return 'new';
  };
}

function combinationsOf({ plan, together, toCome, own, columns, placeOf, sink }: CombinationRequest): Combination[] {
  const rowsOf = (names: readonly string[]): readonly (readonly SqlValue[])[] =>
    sink.rows(plan.table.name, names, memoryLimit);
  const placed = together
    .filter((names) => !names.some((name) => own.has(name)))
    .map((names) => ({ places: names.map(placeOf), isToCome: toCome.has(names) }))
    .filter(({ places }) => !places.includes(-1))
    .map(({ places, isToCome }): Combination => {
      const known = new Set(rowsOf(places.map((place) => columns[place] ?? '')).map(keyOf));
      return { places, known, isToCome };
    });
  // Pairs of another table that a migration to come brings together with these exist already.
  const rivals = plan.rivals.flatMap(({ columns: names, taken }): Combination[] => {
    const places = names.map(placeOf);
    if (places.includes(-1)) return [];
    return [{ places, known: new Set([...rowsOf(names), ...taken()].map(keyOf)), isToCome: false }];
  });
  return [...placed, ...rivals];
}

function isKnown({ places, known }: Combination, values: readonly SqlValue[]): boolean {
  return !places.some((place) => values[place] === null) && known.has(keyAt(places, values));
}

function remember({ places, known }: Combination, values: readonly SqlValue[]): void {
  if (known.size < memoryLimit) known.add(keyAt(places, values));
}

function keyAt(places: readonly number[], values: readonly SqlValue[]): string {
  return keyOf(places.map((place) => values[place] ?? null));
}

/** The key of some values. */
export function keyOf(values: readonly SqlValue[]): string {
  return values.join('\u0000');
}
