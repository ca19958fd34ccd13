import type { SqlValue } from '../../model/connection.ts';
import type { BoundValues, Compiled, ProgramRequest, Ran } from '../../model/program.ts';
import type { Post } from '../post.ts';
import type { FromWorker, ToWorker } from '../protocol.ts';
import { currentPlace } from './places.ts';

/** An error of SQLite, as better-sqlite3 throws it. */
export class SqliteError extends Error {
  override readonly name = 'SqliteError';
  readonly code: string;

  constructor(message: string, code: string) {
    super(message);
    this.code = code;
  }
}

/** What always compiles and gives no rows, and is most of what tools execute: it is asked for once, when it runs. */
const switches =
  /^\s*(?:begin(?:\s+(?:deferred|immediate|exclusive))?(?:\s+transaction)?|commit|rollback|pragma\s+foreign_keys\s*=\s*(?:on|off))\s*;?\s*$/i;
const noRows: Compiled = { reader: false, columns: [] };

type Body = (...values: SqlValue[]) => unknown;

/** The connection to the database of the step that is running, which the main thread has. */
export interface Client {
  readonly prepare: (sql: string) => Compiled;
  readonly all: (sql: string, values: BoundValues, bigInts: boolean) => SqlValue[][];
  readonly first: (sql: string, values: BoundValues, bigInts: boolean) => SqlValue[] | undefined;
  readonly run: (sql: string, values: BoundValues, bigInts: boolean) => Ran;
  readonly exec: (sql: string) => void;
  readonly registerFunction: (
    name: string,
    options: Extract<ProgramRequest, { kind: 'function' }>['options'],
    body: Body,
  ) => void;
  readonly loadExtension: (path: string) => void;
  readonly inTransaction: () => boolean;
  /** Whether an error, or one that it was made of, says that a statement of this connection failed. */
  readonly isCauseOf: (error: unknown) => boolean;
  /** Keeps what modules ask of the connection while they are loaded. */
  readonly loading: <T>(load: () => Promise<T>) => Promise<T>;
  /**
   * Begins a step, on another database: what modules did when they were loaded (PRAGMAs, functions, tables that they make
   * where there are none) is done there too, as when a process starts in production.
   */
  readonly begin: () => void;
  /** Ends a step: whatever is asked afterwards is refused. */
  readonly end: () => void;
}

/** @throws SqliteError, TypeError or RangeError from every request, as the driver would */
export function openClient(post: Post<ToWorker, FromWorker>): Client {
  const bodies: Body[] = [];
  const setup: (() => void)[] = [];
  const thrown = new WeakSet<object>();
  let state: 'open' | 'idle' = 'open';
  let isLoading = false;
  let inTransaction = false;

  const ask = (request: ProgramRequest): unknown => {
    if (state === 'idle') throw new Error('The migration has ended, and this statement comes too late: await it.');
    post.send({ kind: 'request', request });
    for (;;) {
      const told = post.receive(null);
      if (told?.kind === 'call') post.send(callBody(bodies[told.callback], told.values));
      if (told?.kind !== 'answer') continue;
      const { answer } = told;
      inTransaction = answer.inTransaction;
      if (answer.kind === 'value') return answer.value;
      if (answer.type === 'range') throw new RangeError(answer.message);
      if (answer.type === 'type') throw new TypeError(answer.message);
      const error = new SqliteError(answer.message, answer.code);
      thrown.add(error);
      throw error;
    }
  };
  /** Asks, and once more at the beginning of each step where a module asks when it is loaded. */
  const act = (request: ProgramRequest): unknown => {
    if (isLoading) setup.push(() => ask(request));
    return ask(request);
  };

  // The main thread answers each request with the type that it declares: both ends are ours.
  return {
    prepare: (sql) =>
      switches.test(sql) ? noRows : (ask({ kind: 'prepare', sql, place: currentPlace(sql) }) as Compiled),
    all: (sql, values, bigInts) => {
      const request: ProgramRequest = { kind: 'run', sql, values, want: 'all', bigInts, place: currentPlace(sql) };
      return (act(request) as SqlValue[][]).map(asBuffers);
    },
    first: (sql, values, bigInts) => {
      const row = ask({ kind: 'run', sql, values, want: 'first', bigInts, place: currentPlace(sql) });
      return row === undefined ? undefined : asBuffers(row as SqlValue[]);
    },
    run: (sql, values, bigInts) => {
      const request: ProgramRequest = { kind: 'run', sql, values, want: 'changes', bigInts, place: currentPlace(sql) };
      return act(request) as Ran;
    },
    exec: (sql) => {
      act({ kind: 'exec', sql, place: currentPlace(sql) });
    },
    registerFunction: (name, options, body) => {
      const callback = bodies.push(body) - 1;
      act({ kind: 'function', name, callback, parameters: body.length, options });
    },
    loadExtension: (path) => {
      act({ kind: 'load-extension', path });
    },
    inTransaction: () => inTransaction,
    isCauseOf: (error) => madeOf(error, 0).some((each) => thrown.has(each)),
    loading: async (load) => {
      isLoading = true;
      try {
        return await load();
      } finally {
        isLoading = false;
      }
    },
    begin: () => {
      state = 'open';
      inTransaction = false;
      for (const again of setup) again();
    },
    end: () => {
      state = 'idle';
    },
  };
}

/** Where tools keep the error that they wrap. */
const wrapping = ['cause', 'parent', 'original', 'driverError', 'previous', 'originalError', 'errors'];

/** An error and those that it was made of, to some depth. */
function madeOf(error: unknown, depth: number): object[] {
  if (typeof error !== 'object' || error === null || depth > 6) return [];
  if (Array.isArray(error)) return error.flatMap((each) => madeOf(each, depth + 1));
  return [error, ...wrapping.flatMap((key) => madeOf(Reflect.get(error, key), depth + 1))];
}

/** Values that cross between threads keep their bytes and not their class. */
function asBuffers(row: SqlValue[]): SqlValue[] {
  return row.map((cell) =>
    cell instanceof Uint8Array ? Buffer.from(cell.buffer, cell.byteOffset, cell.byteLength) : cell,
  );
}

function callBody(body: Body | undefined, values: readonly SqlValue[]): FromWorker {
  try {
    const value = body?.(...values);
    if (isStorable(value)) return { kind: 'returned', value: value ?? null };
    return { kind: 'threw', message: 'it gave what no column can hold' };
  } catch (error) {
    return { kind: 'threw', message: error instanceof Error ? error.message : String(error) };
  }
}

function isStorable(value: unknown): value is SqlValue | undefined {
  if (value === undefined || value === null || value instanceof Uint8Array) return true;
  return typeof value === 'bigint' || typeof value === 'number' || typeof value === 'string';
}
