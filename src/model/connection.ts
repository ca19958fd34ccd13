/** A value as SQLite stores it. Integers beyond 2^53 are bigints where a statement asks for safe integers. */
export type SqlValue = null | number | bigint | string | Uint8Array;

/** A row by column name. */
export type Row = Record<string, SqlValue>;

/**
 * The argument of `connect(db)` of a project: the part of a better-sqlite3 database that registers what the application
 * registers (functions, collations through extensions, pragmas). https://github.com/WiseLibs/better-sqlite3/blob/master/docs/api.md
 */
export interface Connection {
  /** Runs every statement of `sql`. */
  exec(sql: string): unknown;
  /** Runs one PRAGMA, written without the word. */
  pragma(source: string, options?: { simple?: boolean }): unknown;
  /** Registers a scalar function. */
  function(
    name: string,
    options: { deterministic?: boolean; directOnly?: boolean; varargs?: boolean; safeIntegers?: boolean },
    body: (...args: SqlValue[]) => SqlValue,
  ): unknown;
  /** Loads a run-time extension. */
  loadExtension(path: string): unknown;
}
