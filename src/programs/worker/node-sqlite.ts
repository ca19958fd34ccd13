import type { SqlValue } from '../../model/connection.ts';
import type { Ran } from '../../model/program.ts';
import { type Opening, toValues } from './better-sqlite3.ts';
import type { Client } from './connection.ts';

/** node:sqlite over the connection of the step. https://nodejs.org/api/sqlite.html */
export function nodeSqlite(client: Client, opening: Opening): unknown {
  class StatementSync extends Statement {
    constructor(sql: string) {
      super(client, sql);
    }
  }

  class DatabaseSync extends Database {
    constructor(path: unknown) {
      opening(String(path));
      super(client);
    }

    prepare(sql: string): StatementSync {
      return new StatementSync(sql);
    }
  }

  const backup = (): never => {
    throw new Error('backup() is not there where rowproof runs a program.');
  };
  return { DatabaseSync, StatementSync, backup, constants: {} };
}

/** A statement of node:sqlite. */
class Statement {
  readonly #client: Client;
  readonly sourceSQL: string;
  #readsBigInts = false;
  #arrays = false;

  constructor(client: Client, sql: string) {
    client.prepare(sql);
    this.#client = client;
    this.sourceSQL = sql;
  }

  all(...given: unknown[]): readonly unknown[] {
    const { columns, rows } = this.#client.query(this.sourceSQL, toValues(given), this.#readsBigInts);
    if (this.#arrays) return rows;
    return rows.map((row) => Object.fromEntries(columns.map(({ name }, i) => [name, row[i] ?? null])));
  }

  get(...given: unknown[]): unknown {
    return this.all(...given)[0];
  }

  *iterate(...given: unknown[]): Generator<unknown> {
    yield* this.all(...given);
  }

  run(...given: unknown[]): Ran {
    const { changes, lastInsertRowid } = this.#client.query(this.sourceSQL, toValues(given), false);
    return { changes, lastInsertRowid };
  }

  columns(): { name: string; column: string | null; table: string | null }[] {
    return this.#client
      .prepare(this.sourceSQL)
      .columns()
      .map(({ name, column, table }) => ({ name, column, table }));
  }

  setReadBigInts(on: boolean): void {
    this.#readsBigInts = on;
  }

  setReturnArrays(on: boolean): void {
    this.#arrays = on;
  }

  setAllowBareNamedParameters(): void {}

  setAllowUnknownNamedParameters(): void {}
}

/** A database of node:sqlite, but for its statements. */
class Database {
  readonly #client: Client;
  isOpen = true;

  constructor(client: Client) {
    this.#client = client;
  }

  get isTransaction(): boolean {
    return this.#client.inTransaction();
  }

  open(): void {
    this.isOpen = true;
  }

  close(): void {
    this.isOpen = false;
  }

  exec(sql: string): void {
    this.#client.exec(sql);
  }

  function(name: string, ...rest: unknown[]): void {
    const body = rest.at(-1);
    if (typeof body !== 'function') throw new TypeError('The "function" argument must be a function.');
    const call = (...values: SqlValue[]): unknown => Reflect.apply(body, undefined, values);
    Object.defineProperty(call, 'length', { value: body.length });
    this.#client.registerFunction(
      name,
      { deterministic: false, directOnly: false, varargs: false, safeIntegers: false },
      call,
    );
  }

  loadExtension(path: string): void {
    this.#client.loadExtension(path);
  }

  enableLoadExtension(): void {}

  location(): null {
    return null;
  }

  [Symbol.dispose](): void {
    this.close();
  }
}
