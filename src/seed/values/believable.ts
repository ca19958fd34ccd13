import { memoized } from '../../memoized.ts';
import type { SqlValue } from '../../model/connection.ts';
import type { Column } from '../../model/schema.ts';
import { words } from '../reading/names.ts';
import { kindOf, nameOf } from './kinds.ts';
import { integersTogether } from './numbers.ts';
import type { Series } from './series.ts';
import { hash, streamKey } from './streams.ts';
import { timestampKinds } from './timestamps.ts';
import type { Vocabulary } from './vocabulary.ts';

/** The column that values are made for. */
export interface ValueRequest {
  readonly seed: number;
  readonly table: string;
  readonly column: Column;
  /** All columns of the table: those before this one hold other numbers. */
  readonly columns: readonly Column[];
  /** The words of the same seed number. */
  readonly vocabulary: Vocabulary;
}

/** The values of a column: the first is that of the plain row of `one-row`. */
export interface ValueMaker extends Series<SqlValue> {
  /** Whether the name or type told the kind; what was not told is a guess. */
  readonly evident: boolean;
}

/**
 * Values nobody would be surprised to meet in a column, from its name and declared type alone. The same seed number,
 * table, column and index always give the same value, and every seed number one of the same kind.
 */
export function valueMaker(request: ValueRequest): ValueMaker {
  const { seed, table, column, vocabulary } = request;
  const key = streamKey(seed, table, column.name);
  const { evident, series } = kindOf(column);
  const made = series({
    ...{ column, name: nameOf(column), table: words(table), type: column.type, vocabulary },
    ...{ key, rows: streamKey(seed, table), order: { key, shared: streamKey(seed, 'pairs'), table: hash(0, table) } },
    earlier: () => columnsBefore(request).filter(holdsTimestamps).map(nameOf),
    beside: () => integersIn(request).get(column.name),
  });
  return { ...made, evident };
}

function columnsBefore({ column, columns }: ValueRequest): readonly Column[] {
  const place = columns.findIndex(({ name }) => name === column.name);
  return columns.slice(0, Math.max(place, 0));
}

function holdsTimestamps(column: Column): boolean {
  return timestampKinds.includes(kindOf(column));
}

/** Each column of a table is asked for, and depends on those before it. */
const integersOf = memoized((_columns: readonly Column[]) => new Map<string, ReadonlyMap<string, Series<number>>>());

function integersIn({ seed, table, columns }: ValueRequest): ReadonlyMap<string, Series<number>> {
  const ofColumns = integersOf(columns);
  const key = JSON.stringify([seed, table]);
  const known = ofColumns.get(key);
  if (known !== undefined) return known;
  const whole = columns.flatMap((column) => {
    const progression = kindOf(column).progression?.(nameOf(column)) ?? null;
    return progression === null ? [] : [{ name: column.name, progression, key: streamKey(seed, table, column.name) }];
  });
  const series = integersTogether(whole);
  const found = new Map(whole.flatMap(({ name }, i) => (series[i] === undefined ? [] : [[name, series[i]] as const])));
  ofColumns.set(key, found);
  return found;
}
