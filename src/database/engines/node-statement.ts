import type { DatabaseSync, SQLInputValue, SQLOutputValue } from 'node:sqlite';
import { significantTokens } from '../../sql/tokens.ts';
import type { DriverStatement } from '../engine.ts';

type Cell = SQLOutputValue | Buffer | undefined;
type Cells = Record<string, Cell> | Cell[];

/**
 * Prepares a statement with the meaning that it has in better-sqlite3. node:sqlite ignores the text after the first
 * statement, binds NULL for a missing value, and refuses to read integers beyond 2^53 as numbers.
 */
export function prepareStatement<Parameters extends unknown[], Row>(
  db: DatabaseSync,
  sql: string,
): DriverStatement<Parameters, Row> {
  const prepared = db.prepare(sql);
  if (significantTokens(sql.slice(prepared.sourceSQL.length)).some(({ text }) => text !== ';'))
    throw new RangeError('The supplied SQL string contains more than one statement');
  const expected = countParameters(sql);
  const bound = (values: unknown[]): SQLInputValue[] => {
    if (values.length !== expected)
      throw new RangeError(`Too ${values.length < expected ? 'few' : 'many'} parameter values were provided`);
    const given = values.map(toGiven);
    if (given.every(isBindable)) return given;
    throw new TypeError('SQLite3 can only bind numbers, strings, bigints, buffers, and null');
  };

  let isPlucked = false;
  let isSafe = false;
  prepared.setReadBigInts(true);
  const readCell = (cell: Cell): Cell => {
    if (typeof cell === 'bigint') return isSafe ? cell : Number(cell);
    return typeof cell === 'object' && cell !== null ? toBuffer(cell) : cell;
  };
  const read = (row: Cells): Row => {
    if (Array.isArray(row)) for (let i = 0; i < row.length; i++) row[i] = readCell(row[i]);
    else for (const name of Object.keys(row)) row[name] = readCell(row[name]);
    // The author of the query declares its columns, as with better-sqlite3; no driver checks them.
    return (isPlucked && Array.isArray(row) ? row[0] : row) as Row;
  };

  const statement: DriverStatement<Parameters, Row> = {
    get reader() {
      return prepared.columns().length > 0;
    },
    run: (...values) => {
      const { changes, lastInsertRowid } = prepared.run(...bound(values));
      return { changes: Number(changes), lastInsertRowid: isSafe ? lastInsertRowid : Number(lastInsertRowid) };
    },
    get: (...values) => {
      const row = prepared.get(...bound(values));
      return row === undefined ? undefined : read(row);
    },
    all: (...values) => prepared.all(...bound(values)).map(read),
    iterate: function* (...values) {
      for (const row of prepared.iterate(...bound(values))) yield read(row);
    },
    pluck: () => {
      isPlucked = true;
      return statement.raw();
    },
    raw: () => {
      prepared.setReturnArrays(true);
      return statement;
    },
    safeIntegers: () => {
      isSafe = true;
      return statement;
    },
    columns: () => prepared.columns(),
  };
  return statement;
}

/** Node 22 takes a blob without an address for NULL, which one that is empty from the start may be. */
const emptyBlob = new Uint8Array(1).subarray(1);

function toGiven(value: unknown): unknown {
  return ArrayBuffer.isView(value) && value.byteLength === 0 ? emptyBlob : (value ?? null);
}

/** Whether SQLite has a storage class for a value; in node:sqlite other objects would stand for named parameters. */
export function isBindable(value: unknown): value is SQLInputValue {
  return value === null || ['number', 'bigint', 'string'].includes(typeof value) || ArrayBuffer.isView(value);
}

/** The same bytes as better-sqlite3 gives them, without a copy. */
export function toBuffer({ buffer, byteOffset, byteLength }: Uint8Array): Buffer {
  return Buffer.from(buffer, byteOffset, byteLength);
}

/** The number of values that a statement needs, one for each `?`. https://sqlite.org/lang_expr.html#varparam */
function countParameters(sql: string): number {
  return sql.includes('?') ? significantTokens(sql).filter(({ text }) => text === '?').length : 0;
}
