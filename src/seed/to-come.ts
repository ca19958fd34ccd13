import type { SqlValue } from '../model/connection.ts';
import type { Refusal, RowSink } from '../model/dataset.ts';
import { columnsNamed } from '../sql/tables.ts';
import type { RowPlan } from './row-plan.ts';
import type { Drawn } from './row-source.ts';
import { valueIn } from './slots.ts';

/** How many keys are remembered, so that memory does not grow with rows. */
const memoryLimit = 100_000;

/** Columns whose values together no two rows share although SQLite would take them today. */
export interface OpenKey {
  readonly columns: readonly string[];
  /** Whether a migration to come makes a key of them, so that it refuses rows that repeat; else they are only not plain. */
  readonly isToCome: boolean;
  /** Whether no two rows that are drawn share them anyway, but for those that are there. */
  readonly isMet: boolean;
}

/** The values of a table in columns that must not repeat: read when they are asked for, and once. */
export interface KeyMemory {
  readonly heldIn: (columns: readonly string[]) => Set<string | number>;
  /** Adds a row to all that was asked for. */
  readonly remember: (row: ReadonlyMap<string, SqlValue>) => void;
}

/** Makes the memory of the rows that go into a table; it has the rows of another table that a migration to come adds to them. */
export function keyMemory({ table, rivals }: RowPlan, sink: RowSink): KeyMemory {
  const held = new Map<string, { readonly columns: readonly string[]; readonly known: Set<string | number> }>();
  const read = (columns: readonly string[]): Set<string | number> => {
    const others = rivals.filter((rival) => rival.columns.join() === columns.join()).flatMap(({ taken }) => taken());
    return new Set([...sink.rows(table.name, columns, memoryLimit), ...others].map(keyOf));
  };
  return {
    heldIn: (columns) => {
      const { known } = held.get(columns.join()) ?? { known: read(columns) };
      held.set(columns.join(), { columns, known });
      return known;
    },
    remember: (row) => {
      for (const { columns, known } of held.values()) known.add(keyOf(valuesIn(row, columns)));
    },
  };
}

/**
 * The refusal of a row that SQLite takes today and a migration to come refuses. Worded as SQLite will word it, so that
 * the search changes the columns that matter.
 */
export function refusalToCome(
  { table, uniques, rivals }: RowPlan,
  { heldIn }: KeyMemory,
  row: ReadonlyMap<string, SqlValue>,
): Refusal | null {
  const whole = uniques.filter(({ condition }) => condition === null).map(({ names }) => columnsNamed(table, names));
  const made = whole.filter((key) => key.length > 0).map((key) => key.map(({ name }) => name));
  const keys = [...made, ...rivals.map(({ columns }) => columns)];
  const repeated = keys.find((columns) => {
    const values = valuesIn(row, columns);
    return !values.includes(null) && heldIn(columns).has(keyOf(values));
  });
  if (repeated === undefined) return null;
  const message = `UNIQUE constraint failed: ${repeated.map((column) => `${table.name}.${column}`).join(', ')}`;
  return { code: 'SQLITE_CONSTRAINT_UNIQUE', message, ofAnyRow: false };
}

function valuesIn(row: ReadonlyMap<string, SqlValue>, columns: readonly string[]): SqlValue[] {
  return columns.map((column) => valueIn(row, column) ?? null);
}

/**
 * Tells whether a drawn row repeats one of some keys, or one that a table shares with another; remembers it if not.
 * @param placeOf the place of a column in a row, or -1
 */
export function repeatsKeys(
  { rivals }: RowPlan,
  { heldIn }: KeyMemory,
  open: readonly OpenKey[],
  placeOf: (name: string) => number,
): (values: readonly SqlValue[]) => Drawn {
  const shared = rivals.map(({ columns }): OpenKey => ({ columns, isToCome: true, isMet: false }));
  const placed = [...open, ...shared]
    .map(({ columns, isToCome, isMet }) => ({ isToCome, isMet, places: columns.map(placeOf), known: heldIn(columns) }))
    .filter(({ places, isMet, known }) => !places.includes(-1) && (!isMet || known.size > 0));
  if (placed.length === 0) return () => 'new';
  return (values) => {
    const keys = placed.map(({ places }) => keyOf(places.map((place) => values[place] ?? null)));
    const isKnown = ({ known, places }: (typeof placed)[number], i: number): boolean =>
      known.has(keys[i] ?? '') && !places.some((place) => values[place] === null);
    const repeated = placed.filter(isKnown);
    if (repeated.length > 0) return repeated.some(({ isToCome }) => isToCome) ? 'refused-later' : 'repeated';
    // A row that one key refuses takes nothing from the others.
    for (const [i, { known }] of placed.entries()) if (known.size < memoryLimit) known.add(keys[i] ?? '');
    return 'new';
  };
}

/** Numbers of so many values fit into one number in pairs. */
const pairLimit = 2 ** 26;

/** A mark that tells some values from others: one number for a pair of numbers, which takes half the time of a text. */
export function keyOf(values: readonly SqlValue[]): string | number {
  const [first, second] = values;
  return values.length === 2 && isSmall(first) && isSmall(second) ? first * pairLimit + second : values.join('\u0000');
}

function isSmall(value: SqlValue | undefined): value is number {
  return typeof value === 'number' && value >= 0 && value < pairLimit && Number.isInteger(value);
}
