import type { SqlValue } from '../../model/connection.ts';
import type { BoundValues, Compiled, ProgramRequest, Queried } from '../../model/program.ts';
import type { Post } from '../post.ts';
import type { ProgramMessage, ToWorker } from '../protocol.ts';
import { type Body, Channel } from './channel.ts';
import { currentPlace } from './places.ts';

/** A statement that is not compiled before it is asked for more: it is compiled when it runs, or before what is asked next. */
export interface Prepared {
  readonly reader: boolean;
  readonly columns: () => Compiled['columns'];
}

/** Statements that give no rows, and statements that give some, by their first word, so that SQLite need not be asked. */
const givesNone =
  /^\s*(?:create|alter|drop|insert|replace|update|delete|begin|commit|end|rollback|savepoint|release|pragma\s+foreign_keys\s*=)(?![\w$])(?!.*\breturning\b)/is;
const givesRows = /^\s*select\b/i;

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
export function openClient(post: Post<ToWorker, ProgramMessage>): Client {
  const channel = new Channel(post);
  const setup: (() => void)[] = [];
  let isLoading = false;
  let uncompiled: string | null = null;

  // The main thread answers each request with the type that it declares: both ends are ours.
  const compile = (sql: string): Compiled => ask({ kind: 'prepare', sql, place: currentPlace(sql) }) as Compiled;
  const settle = (): void => {
    const sql = uncompiled;
    uncompiled = null;
    if (sql !== null) compile(sql);
  };
  const ask = (request: ProgramRequest): unknown => {
    channel.checkOpen();
    if (request.kind === 'run' && request.sql === uncompiled) uncompiled = null;
    settle();
    return channel.ask(request);
  };
  /** Asks, and once more at the beginning of each step where a module asks when it is loaded. */
  const act = (request: ProgramRequest): unknown => {
    if (isLoading) setup.push(() => ask(request));
    return ask(request);
  };
  const prepare = (sql: string): Prepared => {
    const reader = givesRows.test(sql);
    if (!reader && !givesNone.test(sql)) {
      const compiled = compile(sql);
      return { reader: compiled.reader, columns: () => compiled.columns };
    }
    settle();
    uncompiled = sql;
    return { reader, columns: () => compile(sql).columns };
  };

  return {
    prepare,
    query: (sql, values, bigInts, first = false) => {
      const queried = act({ kind: 'run', sql, values, first, bigInts, place: currentPlace(sql) }) as Queried;
      return { ...queried, rows: queried.rows.map(asBuffers) };
    },
    settle,
    exec: (sql) => void act({ kind: 'exec', sql, place: currentPlace(sql) }),
    registerFunction: (name, options, body) =>
      void act({ kind: 'function', name, callback: channel.keep(body), parameters: body.length, options }),
    loadExtension: (path) => void act({ kind: 'load-extension', path }),
    inTransaction: () => channel.inTransaction,
    isCauseOf: (error) => channel.isCauseOf(error),
    loading: async (load) => {
      isLoading = true;
      try {
        return await load();
      } finally {
        isLoading = false;
      }
    },
    begin: () => {
      channel.open();
      uncompiled = null;
      for (const again of setup) again();
    },
    end: () => channel.close(),
  };
}

/** Values that cross between threads keep their bytes and not their class. */
function asBuffers(row: SqlValue[]): SqlValue[] {
  return row.map((cell) =>
    cell instanceof Uint8Array ? Buffer.from(cell.buffer, cell.byteOffset, cell.byteLength) : cell,
  );
}
