import type { SqlValue } from '../../model/connection.ts';
import type { BoundValues } from '../../model/program.ts';
import { type Opening, toValues } from './better-sqlite3.ts';
import type { Client } from './connection.ts';

/** How integers come back: `number` (the usual), `bigint` or `string`. */
type IntMode = 'number' | 'bigint' | 'string';

/** An error of @libsql/client, with the code in its message too. */
class LibsqlError extends Error {
  override readonly name: string = 'LibsqlError';
  readonly code: string;
  readonly extendedCode: string | undefined;

  constructor(message: string, code: string, extendedCode?: string, cause?: unknown) {
    super(`${code}: ${message}`, { cause });
    this.code = code;
    this.extendedCode = extendedCode;
  }
}

/** An error of a statement in a batch. */
class LibsqlBatchError extends LibsqlError {
  override readonly name = 'LibsqlBatchError';
  readonly statementIndex: number;

  constructor({ message, code, extendedCode, cause }: LibsqlError, statementIndex: number) {
    super(message, code, extendedCode, cause);
    this.statementIndex = statementIndex;
  }
}

/**
 * @libsql/client over the connection of the step, for urls of files; what it is asked is done at once, and told by a promise.
 * https://docs.turso.tech/sdk/ts/reference
 */
export function libsqlClient(client: Client, opening: Opening): unknown {
  const createClient = (given: unknown): unknown => {
    const config: { url?: unknown; intMode?: unknown } = isObject(given) ? given : {};
    opening(pathOf(config.url));
    return clientOf(client, config.intMode === 'bigint' || config.intMode === 'string' ? config.intMode : 'number');
  };
  const all = { createClient, LibsqlError, LibsqlBatchError };
  return { ...all, default: all };
}

/** The path in the url of a file. @throws LibsqlError for every other url, by its scheme and host alone: it may hold a secret */
function pathOf(url: unknown): string {
  const text = String(url);
  if (text === ':memory:' || text.startsWith('file::memory:')) return ':memory:';
  if (text.startsWith('file:'))
    return decodeURIComponent(
      text
        .slice(5)
        .replace(/^\/\/(?=\/)/, '')
        .replace(/[?#].*$/s, ''),
    );
  const named =
    /^[\w+.-]+:(?:\/\/(?:[^/@]*@)?[^/?#]*)?/.exec(text)?.[0].replace(/\/\/[^/]*@/, '//') ?? 'a url without a scheme';
  throw new LibsqlError(
    `${named} is not opened: rowproof lets a migration use its own database alone`,
    'URL_SCHEME_NOT_SUPPORTED',
  );
}

const begins = { write: 'BEGIN IMMEDIATE', deferred: 'BEGIN DEFERRED' } as const;

/** Read-only transactions are words of libsql alone. */
function beginOf(mode: unknown): string {
  return mode === 'write' ? begins.write : begins.deferred;
}

function clientOf(client: Client, intMode: IntMode): Record<string, unknown> {
  let closed = false;
  const executor = executorOf(client, intMode, () => {
    if (closed) throw new LibsqlError('The client is closed', 'CLIENT_CLOSED');
  });
  const inTransaction = async (begin: string, statements: unknown): Promise<unknown> => {
    try {
      await executor.execute(begin);
      const results = await executor.batch(statements);
      await executor.execute('COMMIT');
      return results;
    } finally {
      if (client.inTransaction()) await executor.execute('ROLLBACK');
    }
  };
  return {
    ...{ protocol: 'file', execute: executor.execute },
    get closed() {
      return closed;
    },
    batch: (statements: unknown, mode: unknown) => inTransaction(beginOf(mode), statements),
    migrate: async (statements: unknown) => {
      await executor.execute('PRAGMA foreign_keys=off');
      try {
        return await inTransaction(begins.deferred, statements);
      } finally {
        await executor.execute('PRAGMA foreign_keys=on');
      }
    },
    transaction: async (mode: unknown = 'write') => {
      await executor.execute(beginOf(mode));
      return transactionOf(client, intMode);
    },
    executeMultiple: async (sql: unknown) => {
      try {
        await executor.executeMultiple(sql);
      } finally {
        if (client.inTransaction()) await executor.execute('ROLLBACK');
      }
    },
    sync: async () => ({ frames_synced: 0, frame_no: 0 }),
    reconnect: async () => {
      closed = false;
    },
    close: () => {
      closed = true;
    },
  };
}

function transactionOf(client: Client, intMode: IntMode): Record<string, unknown> {
  const executor = executorOf(client, intMode, () => {
    if (!client.inTransaction()) throw new LibsqlError('The transaction is closed', 'TRANSACTION_CLOSED');
  });
  return {
    ...executor,
    get closed() {
      return !client.inTransaction();
    },
    commit: () => executor.execute('COMMIT'),
    rollback: async () => {
      if (client.inTransaction()) await executor.execute('ROLLBACK');
    },
    close: () => {
      if (client.inTransaction()) client.exec('ROLLBACK');
    },
  };
}

interface Executor {
  readonly execute: (given: unknown, args?: unknown) => Promise<object>;
  readonly batch: (statements: unknown) => Promise<object[]>;
  readonly executeMultiple: (sql: unknown) => Promise<void>;
}

/** @param ensureOpen throws where nothing may be executed any more. */
function executorOf(client: Client, intMode: IntMode, ensureOpen: () => void): Executor {
  const run = (given: unknown, args: unknown): object => {
    ensureOpen();
    return wrapping(() => runOne(client, intMode, given, args));
  };
  return {
    execute: async (given, args) => run(given, args),
    batch: async (statements) =>
      (Array.isArray(statements) ? statements : []).map((each, place) => {
        try {
          return Array.isArray(each) ? run(each[0], each[1]) : run(each, undefined);
        } catch (error) {
          throw error instanceof LibsqlError ? new LibsqlBatchError(error, place) : error;
        }
      }),
    executeMultiple: async (sql) => {
      ensureOpen();
      wrapping(() => client.exec(String(sql)));
    },
  };
}

/** The package has an error of its own, with the one of SQLite as its cause. */
function wrapping<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof Error) || !('code' in error)) throw error;
    const extended = String(error.code);
    throw new LibsqlError(error.message, extended.split('_').slice(0, 2).join('_'), extended, error);
  }
}

function runOne(client: Client, intMode: IntMode, given: unknown, args: unknown): object {
  const { sql, args: own }: { sql?: unknown; args?: unknown } = isObject(given) ? given : { sql: given, args };
  const values = valuesOf(own);
  const text = String(sql);
  const { reader, columns, rows, changes, lastInsertRowid } = client.query(text, values, true);
  if (!reader) return resultOf([], [], changes, BigInt(lastInsertRowid));
  return resultOf(
    columns.map(({ name }) => name),
    rows.map((row) => rowOf(row, columns, intMode)),
    0,
    undefined,
  );
}

function resultOf(
  columns: string[],
  rows: object[],
  rowsAffected: number,
  lastInsertRowid: bigint | undefined,
): object {
  const own = { columns, columnTypes: columns.map(() => ''), rows, rowsAffected, lastInsertRowid };
  const toJSON = (): object => ({
    ...own,
    rows: rows.map((row) => Array.prototype.slice.call(row)),
    lastInsertRowid: lastInsertRowid?.toString() ?? null,
  });
  return { ...own, toJSON };
}

/** Values by column, and by place, which do not show when the names are listed. */
function rowOf(row: readonly SqlValue[], columns: readonly { readonly name: string }[], intMode: IntMode): object {
  const shown = Object.defineProperty({}, 'length', { value: row.length });
  row.forEach((stored, place) => {
    const value = asRead(stored, intMode);
    Object.defineProperty(shown, place, { value });
    const name = columns[place]?.name ?? '';
    if (!Object.hasOwn(shown, name)) {
      Object.defineProperty(shown, name, { value, enumerable: true, configurable: true, writable: true });
    }
  });
  return shown;
}

function asRead(value: SqlValue, intMode: IntMode): unknown {
  if (value instanceof Uint8Array) return new Uint8Array(value).buffer;
  if (typeof value !== 'bigint' || intMode === 'bigint') return value;
  if (intMode === 'string') return value.toString();
  if (Number.isSafeInteger(Number(value))) return Number(value);
  throw new RangeError('Received integer which is too large to be safely represented as a JavaScript number');
}

/** Names may have their sign. */
function valuesOf(args: unknown): BoundValues {
  if (Array.isArray(args)) return toValues(args.map(asStored));
  if (!isObject(args)) return { positional: [], named: null };
  const named = Object.entries(args).map(([name, value]) => [name.replace(/^[@$:]/, ''), asStored(value)]);
  return toValues([Object.fromEntries(named)]);
}

/** As the package binds values: booleans as INTEGER, dates as milliseconds, buffers as BLOB. */
function asStored(value: unknown): unknown {
  if (typeof value === 'boolean') return value ? 1n : 0n;
  if (value instanceof Date) return value.valueOf();
  return value instanceof ArrayBuffer ? new Uint8Array(value) : value;
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
