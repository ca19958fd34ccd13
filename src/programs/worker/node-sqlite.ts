import type { SqlValue } from '../../model/connection.ts';
import type { Ran } from '../../model/program.ts';
import { type Opening, toValues } from './better-sqlite3.ts';
import type { Client } from './connection.ts';

/** node:sqlite over the connection of the step. https://nodejs.org/api/sqlite.html */
export function nodeSqlite(client: Client, opening: Opening): unknown {
  class StatementSync {
    readonly sourceSQL: string;
    #readsBigInts = false;
    #arrays = false;

    constructor(sql: string) {
      client.prepare(sql);
      this.sourceSQL = sql;
    }

    all(...given: unknown[]): readonly unknown[] {
      const { columns, rows } = client.query(this.sourceSQL, toValues(given), this.#readsBigInts);
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
      const { changes, lastInsertRowid } = client.query(this.sourceSQL, toValues(given), false);
      return { changes, lastInsertRowid };
    }

    columns(): { name: string; column: string | null; table: string | null }[] {
      return client
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

  class DatabaseSync {
    isOpen = true;

    constructor(path: unknown) {
      opening(String(path));
    }

    get isTransaction(): boolean {
      return client.inTransaction();
    }

    open(): void {
      this.isOpen = true;
    }

    close(): void {
      this.isOpen = false;
    }

    exec(sql: string): void {
      client.exec(sql);
    }

    prepare(sql: string): StatementSync {
      return new StatementSync(sql);
    }

    function(name: string, ...rest: unknown[]): void {
      const body = rest.at(-1);
      if (typeof body !== 'function') throw new TypeError('The "function" argument must be a function.');
      const call = (...values: SqlValue[]): unknown => Reflect.apply(body, undefined, values);
      Object.defineProperty(call, 'length', { value: body.length });
      client.registerFunction(
        name,
        { deterministic: false, directOnly: false, varargs: false, safeIntegers: false },
        call,
      );
    }

    loadExtension(path: string): void {
      client.loadExtension(path);
    }

    enableLoadExtension(): void {}

    location(): null {
      return null;
    }

    [Symbol.dispose](): void {
      this.close();
    }
  }

  const backup = (): never => {
    throw new Error('backup() is not there where rowproof runs a program.');
  };
  return { DatabaseSync, StatementSync, backup, constants: {} };
}
