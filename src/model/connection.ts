/** A value as SQLite stores it. Integers beyond 2^53 are bigints where a statement asks for safe integers. */
export type SqlValue = null | number | bigint | string | Uint8Array;

/** A row by column name. */
export type Row = Record<string, SqlValue>;

/** The options of a function of the application, in the words of better-sqlite3 or of node:sqlite. */
export interface FunctionOptions {
  readonly deterministic?: boolean;
  readonly directOnly?: boolean;
  readonly varargs?: boolean;
  /** Whether integers come as bigints. */
  readonly safeIntegers?: boolean;
  /** The same in the words of node:sqlite. */
  readonly useBigIntArguments?: boolean;
}

/** An aggregate function of the application. It is a window function where it has `inverse`. */
export interface AggregateOptions extends FunctionOptions {
  /** The value to begin with, or what makes it; NULL if left out. */
  readonly start?: unknown;
  /** Takes one more row in. Its result is the next total; if it returns nothing, the total stays. */
  step(total: unknown, ...values: SqlValue[]): unknown;
  /** Takes a row out again. */
  inverse?(total: unknown, ...values: SqlValue[]): unknown;
  /** Makes the result of the last total; left out where that is the result. */
  result?(total: unknown): unknown;
}

/** The body of a scalar function. */
export type FunctionBody = (...args: SqlValue[]) => SqlValue;

/**
 * The argument of `connect(db)` of a project: the part of a better-sqlite3 database that registers what the application
 * registers (functions, collations through extensions, pragmas), as node:sqlite writes it too.
 * https://github.com/WiseLibs/better-sqlite3/blob/master/docs/api.md https://nodejs.org/api/sqlite.html
 */
export interface Connection {
  /** Runs every statement of `sql`. */
  exec(sql: string): unknown;
  /** Runs one PRAGMA, written without the word. */
  pragma(source: string, options?: { simple?: boolean }): unknown;
  /** Registers a scalar function, with options or without. */
  function(name: string, body: FunctionBody): unknown;
  function(name: string, options: FunctionOptions, body: FunctionBody): unknown;
  /** Registers an aggregate function. */
  aggregate(name: string, options: AggregateOptions): unknown;
  /** Does nothing: extensions may be loaded. Programs on node:sqlite call it first. */
  enableLoadExtension(allow: boolean): unknown;
  /** Loads a run-time extension. */
  loadExtension(path: string): unknown;
}
