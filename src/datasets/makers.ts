import { HarnessError } from '../errors.ts';
import type { SqlValue } from '../model/connection.ts';
import type { ColumnMakerContext, Makers, TableMakerContext } from '../model/maker.ts';
import type { Table } from '../model/schema.ts';
import { loadFaker, reseedingFaker } from '../seed/faker.ts';
import type { OverridesOf, OwnCell } from '../seed/overrides.ts';
import { draw, streamKey } from '../seed/values/streams.ts';
import { foldName } from '../sql/quote.ts';
import { readCell, readRow, runMaker } from './made.ts';

/** The tables of all versions of a history with their columns, all names folded as SQLite compares them. */
export type KnownNames = ReadonlyMap<string, ReadonlySet<string>>;

/** A maker with what it is for, the names folded. */
export interface AssignedMaker {
  /** Its key in the config. */
  readonly key: string;
  readonly table: string;
  /** Null for a maker of rows. */
  readonly column: string | null;
}

/**
 * Finds what the keys of makers name, without regard to the case of ASCII letters: a table, or else a table and a column
 * on either side of a dot, for names may hold dots themselves.
 * @returns the keys that name something, in their order, and those that name nothing.
 * @throws HarnessError `bad-config` when two keys name the same.
 */
export function assignMakers(
  keys: readonly string[],
  names: KnownNames,
): { readonly assigned: readonly AssignedMaker[]; readonly unknown: readonly string[] } {
  const assigned: AssignedMaker[] = [];
  const unknown: string[] = [];
  for (const key of keys) {
    const place = findPlace(foldName(key), names);
    const rival = assigned.find(({ table, column }) => table === place?.table && column === place.column);
    if (rival !== undefined) {
      throw new HarnessError('bad-config', `The makers "${rival.key}" and "${key}" are for the same.`, {
        remedy: 'SQLite does not tell upper and lower case in names apart; leave one of the two out.',
      });
    }
    if (place === null) unknown.push(key);
    else assigned.push({ key, ...place });
  }
  return { assigned, unknown };
}

function findPlace(key: string, names: KnownNames): Omit<AssignedMaker, 'key'> | null {
  if (names.has(key)) return { table: key, column: null };
  for (let dot = key.indexOf('.'); dot >= 0; dot = key.indexOf('.', dot + 1)) {
    const [table, column] = [key.slice(0, dot), key.slice(dot + 1)];
    if (names.get(table)?.has(column)) return { table, column };
  }
  return null;
}

/**
 * Makes what generated rows ask for the project's own cells. Makers of columns come after the one of their table, else
 * each comes in the order of the config, so that it sees what those before it gave.
 * @param names all names of the history, so that a column of another version is left out; null where not all are known.
 * @returns a function that throws HarnessError `bad-config` where a maker throws or gives what no column can hold.
 */
export async function overridesFrom(
  makers: Makers,
  assigned: readonly AssignedMaker[],
  names: KnownNames | null,
  seed: number,
): Promise<OverridesOf> {
  const fakerAt = reseedingFaker(await loadFaker());
  return (table) => {
    const columns = new Map(table.columns.map(({ name }) => [foldName(name), name]));
    const own = assigned
      .filter((each) => each.table === foldName(table.name) && (each.column === null || columns.has(each.column)))
      .toSorted((a, b) => Number(a.column !== null) - Number(b.column !== null));
    if (own.length === 0) return null;
    const elsewhere = names?.get(foldName(table.name)) ?? null;
    const steps = own.map((assignment) => createStep(makers, assignment, table, seed));
    return (row, index) => {
      const cells = new Map<string, OwnCell>();
      const soFar = new Map(row);
      for (const { key, stream, make } of steps) {
        const context = { faker: fakerAt(draw(stream, index)), row: shown(soFar), index, table: table.name };
        for (const [name, cell] of make(context)) {
          const column = columns.get(foldName(name));
          if (column === undefined && (elsewhere === null || elsewhere.has(foldName(name)))) continue;
          if (column === undefined) throw unknownColumn(key, name, table);
          cells.set(column, { cell, maker: key });
          if (cell === undefined) soFar.delete(column);
          else soFar.set(column, cell);
        }
      }
      return cells;
    };
  };
}

/** A maker at work on a table. */
interface Step {
  readonly key: string;
  /** The stream of its seed numbers, one for each row. */
  readonly stream: number;
  readonly make: (context: TableMakerContext) => (readonly [column: string, cell: OwnCell['cell']])[];
}

function createStep(makers: Makers, { key, column: folded }: AssignedMaker, table: Table, seed: number): Step {
  const maker: (context: TableMakerContext) => unknown = makers[key] ?? (() => undefined);
  const column = table.columns.find(({ name }) => foldName(name) === folded)?.name ?? '';
  const stream = streamKey(seed, 'maker', foldName(table.name), folded ?? '');
  const run = (context: TableMakerContext | ColumnMakerContext): unknown =>
    runMaker(key, context.index, () => maker(context));
  if (folded === null) return { key, stream, make: (context) => readRow(run(context), key) };
  return { key, stream, make: (context) => [[column, readCell(run({ ...context, column }), key)]] };
}

/** A row as makers see it. */
function shown(row: ReadonlyMap<string, SqlValue>): TableMakerContext['row'] {
  return Object.freeze(Object.fromEntries(row));
}

function unknownColumn(key: string, column: string, table: Table): HarnessError {
  return new HarnessError(
    'bad-config',
    `The maker of ${key} gave a value for ${column}, which ${table.name} never has.`,
    {
      remedy: `Its columns are ${table.columns.map(({ name }) => name).join(', ')}.`,
      facts: { maker: key, column },
    },
  );
}
