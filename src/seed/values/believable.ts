import type { SqlValue } from '../../model/connection.ts';
import type { Column } from '../../model/schema.ts';
import { words } from '../reading/names.ts';
import { contentOf } from './affinity.ts';
import {
  believableFlags,
  believableIntegers,
  believableReals,
  integersTogether,
  isFlagName,
  isQuantityName,
} from './numbers.ts';
import { distinct, type Series } from './series.ts';
import { draw, hash, shuffle, streamKey } from './streams.ts';
import { believableTexts } from './texts.ts';
import { believableTimestamps, delayOf, isTimestamp } from './timestamps.ts';
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

/** The values of a column. Any index may be asked in any order. */
export interface ValueMaker {
  /** The value of row `index`; 0 is the plain row of `one-row`. */
  readonly at: (index: number) => SqlValue;
  /** Whether the name or type told the kind; what was not told is a guess. */
  readonly evident: boolean;
  /** Whether no two indexes give the same value. */
  readonly distinct: boolean;
}

/**
 * Values nobody would be surprised to meet in a column, from its name and declared type alone. The same seed number,
 * table, column and index always give the same value, and every seed number one of the same kind.
 */
export function valueMaker(request: ValueRequest): ValueMaker {
  const { series, evident } = believableSeries(request);
  return { at: series.at, evident, distinct: series.distinct };
}

/** Values of the same kind, different for every index, for a column that a key makes unique. */
export function distinctMaker(request: ValueRequest): (index: number) => SqlValue {
  return believableSeries(request).series.distinctAt;
}

interface Believable {
  readonly series: Series<SqlValue>;
  readonly evident: boolean;
}

function believableSeries(request: ValueRequest): Believable {
  const { seed, table, column, vocabulary } = request;
  const key = streamKey(seed, table, column.name);
  const name = nameOf(column);
  const content = contentOf(column.type);
  if (content === 'timestamp' || holdsTimestamps(column)) {
    const delay = delayOf(before(request).filter(holdsTimestamps).map(nameOf), name);
    return { series: believableTimestamps(column, name, streamKey(seed, table), delay), evident: true };
  }
  const order = { key, shared: streamKey(seed, 'pairs'), table: hash(0, table) };
  const texts = (): Believable =>
    believableTexts({ name, table: words(table), type: column.type, key, order, vocabulary });
  switch (content) {
    case 'boolean':
      return { series: believableFlags(name), evident: true };
    case 'integer':
      return { series: isFlagName(name) ? believableFlags(name) : integersOf(request), evident: false };
    case 'real':
      return { series: believableReals(name, key), evident: false };
    case 'bytes':
      return { series: believableBytes(key), evident: true };
    case 'anything':
      if (isFlagName(name)) return { series: believableFlags(name), evident: false };
      return isQuantityName(name) ? { series: believableIntegers(name, key), evident: false } : texts();
    case 'text':
      return isQuantityName(name) ? { series: asTexts(believableIntegers(name, key)), evident: false } : texts();
  }
}

const names = new WeakMap<Column, string>();

function nameOf(column: Column): string {
  const known = names.get(column) ?? words(column.name).join('_');
  names.set(column, known);
  return known;
}

function holdsTimestamps(column: Column): boolean {
  const content = contentOf(column.type);
  return (
    content === 'timestamp' || (content !== 'boolean' && content !== 'bytes' && isTimestamp(column, nameOf(column)))
  );
}

/** Numbers beside those of the columns before it; an `id` counts its rows or those of another table. */
function integersOf(request: ValueRequest): Series<number> {
  const { seed, table, column } = request;
  const alone = (): Series<number> => believableIntegers(nameOf(column), streamKey(seed, table, column.name));
  return isIdName(nameOf(column)) ? alone() : (integersIn(request).get(column.name) ?? alone());
}

/** Each column of a table is asked for, and depends on those before it. */
const integersRead = new WeakMap<readonly Column[], Map<string, ReadonlyMap<string, Series<number>>>>();

function integersIn({ seed, table, columns }: ValueRequest): ReadonlyMap<string, Series<number>> {
  const ofColumns = integersRead.get(columns) ?? new Map<string, ReadonlyMap<string, Series<number>>>();
  integersRead.set(columns, ofColumns);
  const key = JSON.stringify([seed, table]);
  const known = ofColumns.get(key);
  if (known !== undefined) return known;
  const whole = columns.filter(holdsIntegers);
  const series = integersTogether(
    whole.map((each) => ({ name: nameOf(each), key: streamKey(seed, table, each.name) })),
  );
  const found = new Map(whole.flatMap(({ name }, i) => (series[i] === undefined ? [] : [[name, series[i]] as const])));
  ofColumns.set(key, found);
  return found;
}

function before({ column, columns }: ValueRequest): readonly Column[] {
  const place = columns.findIndex(({ name }) => name === column.name);
  return columns.slice(0, Math.max(place, 0));
}

function holdsIntegers(column: Column): boolean {
  const name = nameOf(column);
  return contentOf(column.type) === 'integer' && !holdsTimestamps(column) && !isFlagName(name) && !isIdName(name);
}

function isIdName(name: string): boolean {
  return /(?:^|_)id$/.test(name);
}

function asTexts({ at, distinct, distinctAt }: Series<number>): Series<string> {
  return { at: (index) => String(at(index)), distinct, distinctAt: (index) => String(distinctAt(index)) };
}

/** Sixteen bytes, as of an identifier or a hash. */
function believableBytes(key: number): Series<Uint8Array> {
  const first = shuffle(key, 32);
  return distinct((index) => {
    const bytes = new Uint8Array(16);
    const view = new DataView(bytes.buffer);
    view.setUint32(0, first(index));
    for (let n = 1; n < 4; n++) view.setUint32(4 * n, draw(key + n, index));
    return bytes;
  });
}
