import type { SqlValue } from '../../model/connection.ts';
import type { BoundValues, Compiled, ProgramRequest, Queried } from '../../model/program.ts';
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

/** A statement that is not compiled before it is asked for more: it is compiled when it runs, or before what is asked next. */
export interface Prepared {
  readonly reader: boolean;
  readonly columns: () => Compiled['columns'];
}

/** Statements that give no rows, and statements that give some, by their first word, so that SQLite need not be asked. */
const givesNone =
  /^\s*(?:create|alter|drop|insert|replace|update|delete|begin|commit|end|rollback|savepoint|release|pragma\s+foreign_keys\s*=)(?![\w$])(?!.*\breturning\b)/is;
const givesRows = /^\s*select\b/i;

type Body = (...values: SqlValue[]) => unknown;

/** The connection to the database of the step that is running, which the main thread has. */
export interface Client {
  readonly prepare: (sql: string) => Prepared;
  /** Compiles and runs a statement. @param first whether the first row is enough. */
  readonly query: (sql: string, values: BoundValues, bigInts: boolean, first?: boolean) => Queried;
  /** Compiles what was prepared last, if it did not run. */
  readonly settle: () => void;
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
  let uncompiled: string | null = null;

  const ask = (request: ProgramRequest): unknown => {
    if (state === 'idle') throw new Error('The migration has ended, and this statement comes too late: await it.');
    if (request.kind === 'run' && request.sql === uncompiled) uncompiled = null;
    settle();
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
  // The main thread answers each request with the type that it declares: both ends are ours.
  const compile = (sql: string): Compiled => ask({ kind: 'prepare', sql, place: currentPlace(sql) }) as Compiled;
  const settle = (): void => {
    const sql = uncompiled;
    uncompiled = null;
    if (sql !== null) compile(sql);
  };
  /** Asks, and once more at the beginning of each step where a module asks when it is loaded. */
  const act = (request: ProgramRequest): unknown => {
    if (isLoading) setup.push(() => ask(request));
    return ask(request);
  };

  return {
    prepare: (sql) => {
      const reader = givesRows.test(sql);
      if (!reader && !givesNone.test(sql)) {
        const compiled = compile(sql);
        return { reader: compiled.reader, columns: () => compiled.columns };
      }
      settle();
      uncompiled = sql;
      return { reader, columns: () => compile(sql).columns };
    },
    query: (sql, values, bigInts, first = false) => {
      const queried = act({ kind: 'run', sql, values, first, bigInts, place: currentPlace(sql) }) as Queried;
      return { ...queried, rows: queried.rows.map(asBuffers) };
    },
    settle,
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
      uncompiled = null;
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
