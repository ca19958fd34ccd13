import type { Connection, FunctionBody, SqlValue } from '../model/connection.ts';
import type { EngineName } from '../model/settings.ts';

/** The effect of a statement. */
export interface RunResult {
  /** Rows that it inserted, updated or deleted itself, without those of triggers and foreign-key actions. */
  readonly changes: number;
  readonly lastInsertRowid: number | bigint;
}

/**
 * A prepared statement, with the types of its parameters and of a row as its maker knows them. Values are bound by
 * position; a number is bound as REAL and a bigint as INTEGER. Without `safeIntegers` an integer is read as a number,
 * also where that rounds it.
 */
export interface DriverStatement<Parameters extends unknown[] = unknown[], Row = unknown> {
  /** Whether it gives rows; `run` of better-sqlite3 refuses one that does. */
  readonly reader: boolean;
  run(...parameters: Parameters): RunResult;
  /** The first row. */
  get(...parameters: Parameters): Row | undefined;
  all(...parameters: Parameters): Row[];
  /** Rows one by one. A caller that does not read them all must call `return()`, or the table stays locked. */
  iterate(...parameters: Parameters): IterableIterator<Row>;
  /** From now on a row is the value of its first column. */
  pluck(): this;
  /** From now on a row is an array of its values. */
  raw(): this;
  /** From now on every integer is a bigint. */
  safeIntegers(): this;
  /** The columns of the rows that it gives; null where one is an expression. */
  columns(): ResultColumn[];
}

/** A column of a result with what it comes from. https://sqlite.org/c3ref/column_database_name.html */
export interface ResultColumn {
  /** Its name in the result, or its text. */
  readonly name: string;
  readonly column: string | null;
  readonly table: string | null;
}

/**
 * A connection of any engine: the part of better-sqlite3's interface that we use, with its names and meaning.
 * https://github.com/WiseLibs/better-sqlite3/blob/master/docs/api.md
 */
export interface Database extends Pick<Connection, 'exec' | 'pragma' | 'loadExtension'> {
  /** Whether it is in memory, so that no disk and no other process can be at fault. */
  readonly memory: boolean;
  readonly inTransaction: boolean;
  /** Whether it is still open. */
  readonly open: boolean;
  /** True where the engine has no defensive mode: https://sqlite.org/c3ref/c_dbconfig_defensive.html */
  readonly undefended?: boolean;
  /** @throws when the text holds no statement, or more than one. */
  prepare<Parameters extends unknown[] = unknown[], Row = unknown>(sql: string): DriverStatement<Parameters, Row>;
  /** Registers a scalar function. */
  function(name: string, options: Registration, body: FunctionBody): unknown;
  /** Registers an aggregate function, or a window function where it has `inverse`. */
  aggregate(name: string, aggregate: Aggregate): unknown;
  /** Registers a virtual table; node:sqlite has none. */
  table?(name: string, definition: { columns: string[]; rows: () => Generator }): unknown;
  /** The bytes of a file with the content of `main`. https://sqlite.org/c3ref/serialize.html */
  serialize(): Buffer;
  /** A second call does nothing. */
  close(): unknown;
}

/** The options of a function that is registered. */
export interface Registration {
  readonly deterministic?: boolean;
  readonly directOnly?: boolean;
  readonly varargs?: boolean;
  readonly safeIntegers?: boolean;
}

/** An aggregate function. The number of parameters of `step`, less one, is that of the function in SQL. */
export interface Aggregate extends Registration {
  readonly start: () => unknown;
  readonly step: (total: unknown, ...values: readonly unknown[]) => unknown;
  readonly inverse?: (total: unknown, ...values: readonly unknown[]) => unknown;
  readonly result: (total: unknown) => SqlValue;
}

/** The options for opening a connection. */
export interface OpenOptions {
  /** Whether "x" may be a string. https://sqlite.org/quirks.html#dblquote */
  readonly doubleQuotedStrings: boolean;
}

/** The options for opening a connection to a file. */
export interface FileOptions extends OpenOptions {
  /** Whether the file is there already; else it is made. */
  readonly mustExist: boolean;
  /** Milliseconds to wait for another process's lock. */
  readonly timeout: number;
}

/** A SQLite with its driver. */
export interface Engine {
  readonly name: EngineName;
  /** The version of its SQLite, such as `3.54.1`. */
  version(): string;
  /**
   * @param bytes the content of the database; an empty one when there are none.
   * @throws HarnessError `unsupported` when the engine is not there or cannot be as the options want it
   */
  openMemory(bytes: Buffer | undefined, options: OpenOptions): Database;
  /**
   * @param path an absolute path
   * @throws HarnessError `unsupported`; the driver's error when the file cannot be opened
   */
  openFile(path: string, options: FileOptions): Database;
  /** SQLite's extended result code by name, and its message, when `error` is one of this driver's; else null. */
  errorOf(error: unknown): { readonly code: string; readonly message: string } | null;
}
