import { describePlace, userPlace, wordsOf } from '../blame.ts';
import { HarnessError } from '../errors.ts';
import type { SqlValue } from '../model/connection.ts';
import { asStatement } from '../watch/activity.ts';

/** A value that goes into a column, or undefined where it is left to its default. */
type Cell = SqlValue | undefined;

/**
 * Reads what a maker gave for a column.
 * @param maker what to call it in errors.
 * @throws HarnessError `bad-config` for what no column can hold.
 */
export function readCell(given: unknown, maker: string): Cell {
  switch (typeof given) {
    case 'undefined':
    case 'string':
      return given;
    case 'boolean':
      return Number(given);
    case 'number':
      if (!Number.isNaN(given)) return given;
      break;
    case 'bigint':
      // https://sqlite.org/datatype3.html#storage_classes_and_datatypes
      if (BigInt.asIntN(64, given) === given) return given;
      break;
    default:
      if (given === null || given instanceof Uint8Array) return given;
  }
  throw wrong(maker, given, remedyFor(given));
}

/**
 * Reads what the maker of a table gave: an object with a value for each column that it is to fill.
 * @throws HarnessError `bad-config`
 */
export function readRow(given: unknown, maker: string): (readonly [column: string, cell: Cell])[] {
  const isRow = typeof given === 'object' && given !== null && kindOf(given) === 'an object';
  if (isRow)
    return Object.entries(given).map(([column, value]) => [column, readCell(value, `${maker}, for ${column},`)]);
  const remedy = 'The maker of a table returns an object: ({ faker }) => ({ name: faker.person.fullName() }).';
  throw wrong(maker, given, given instanceof Promise ? remedyFor(given) : remedy);
}

/**
 * Runs a maker.
 * @throws HarnessError `bad-config` when it throws.
 */
export function runMaker<T>(maker: string, index: number, run: () => T): T {
  try {
    return asStatement(`the maker of ${maker}`, 0, run);
  } catch (cause) {
    const place = userPlace(cause);
    const where = place === null ? '' : ` (${describePlace(place)})`;
    throw new HarnessError('bad-config', `The maker of ${maker} threw at row ${index}: ${wordsOf(cause)}${where}`, {
      remedy: 'Correct it in `makers` of the config.',
      facts: { maker, index, ...(place !== null && { file: place.file, line: place.line }) },
      cause,
    });
  }
}

function wrong(maker: string, given: unknown, remedy: string): HarnessError {
  // Nobody waits for it, and a rejection that nobody hears of ends the process.
  if (given instanceof Promise) given.catch(() => {});
  return new HarnessError('bad-config', `The maker of ${maker} gave ${kindOf(given)}.`, { remedy, facts: { maker } });
}

function remedyFor(given: unknown): string {
  if (given instanceof Promise) return 'Makers run synchronously: return the value itself, without async.';
  if (given instanceof Date) return 'Return it as the column has it: toISOString() for text, getTime() for a number.';
  if (typeof given === 'object')
    return 'A column holds text, a number, a blob or NULL; JSON is text: JSON.stringify(…).';
  return 'Return text, a number, a bigint of 64 bits, a boolean, a Uint8Array, null, or undefined for the default.';
}

function kindOf(given: unknown): string {
  if (given === undefined || given === null) return `${given}`;
  if (typeof given === 'number') return Number.isNaN(given) ? 'NaN' : 'a number';
  if (typeof given === 'bigint') return 'a bigint';
  if (typeof given === 'string') return 'text';
  if (typeof given !== 'object') return `a ${typeof given}`;
  if (Array.isArray(given)) return 'an array';
  if (given instanceof Promise) return 'a promise';
  if (given instanceof Date) return 'a Date';
  return given instanceof Uint8Array ? 'a blob' : 'an object';
}
