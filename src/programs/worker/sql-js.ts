import type { SqlValue } from '../../model/connection.ts';
import type { BoundValues, Queried } from '../../model/program.ts';
import { splitStatements } from '../../sql/statements.ts';
import { type Opening, toValues } from './better-sqlite3.ts';
import type { Client } from './connection.ts';

/**
 * The package sql.js over the connection of the step. It keeps a database in memory, so that one which is made of bytes is a
 * copy of the file that the project has read. https://sql.js.org/documentation/
 */
export function sqlJs(client: Client, opening: Opening): unknown {
  class Statement extends SqlJsStatement {
    constructor(sql: string) {
      super(client, sql);
    }
  }

  class Database extends SqlJsDatabase {
    constructor(bytes?: unknown) {
      opening(bytes === undefined || bytes === null ? ':memory:' : 'given to sql.js as bytes');
      super(client);
    }

    prepare(sql: string, values?: unknown): Statement {
      const statement = new Statement(sql);
      if (values !== undefined) statement.bind(values);
      return statement;
    }
  }

  const initSqlJs = async (): Promise<object> => ({ Database, Statement });
  return Object.assign(initSqlJs, { default: initSqlJs });
}

/** A statement of the package: what is bound to it, and the row that it stands at. */
class SqlJsStatement {
  readonly #client: Client;
  readonly #sql: string;
  #values: BoundValues = toValues([]);
  #queried: Queried | null = null;
  #next = 0;

  constructor(client: Client, sql: string) {
    client.prepare(sql);
    this.#client = client;
    this.#sql = sql;
  }

  bind(values?: unknown): boolean {
    this.reset();
    this.#values = valuesOf(values);
    return true;
  }

  step(): boolean {
    this.#queried ??= this.#client.query(this.#sql, this.#values, false);
    this.#next += 1;
    return this.#next <= this.#queried.rows.length;
  }

  get(values?: unknown): SqlValue[] {
    if (values !== undefined && this.bind(values)) this.step();
    return [...(this.#queried?.rows[this.#next - 1] ?? [])];
  }

  getAsObject(values?: unknown): Record<string, SqlValue> {
    const row = this.get(values);
    return Object.fromEntries(this.getColumnNames().map((name, place) => [name, row[place] ?? null]));
  }

  getColumnNames(): string[] {
    const columns = this.#queried?.columns ?? this.#client.prepare(this.#sql).columns();
    return columns.map(({ name }) => name);
  }

  getSQL(): string {
    return this.#sql;
  }

  run(values?: unknown): void {
    this.bind(values);
    this.step();
    this.reset();
  }

  reset(): void {
    this.#queried = null;
    this.#next = 0;
  }

  free(): boolean {
    this.reset();
    return true;
  }

  freemem(): void {}
}

/** A database of the package, but for its statements. */
class SqlJsDatabase {
  readonly #client: Client;
  #changes = 0;

  constructor(client: Client) {
    this.#client = client;
  }

  exec(sql: string, values?: unknown): { columns: string[]; values: SqlValue[][] }[] {
    return splitStatements(sql).flatMap((statement) => {
      const { columns, rows } = this.#query(statement.sql, values);
      return rows.length === 0 ? [] : [{ columns: columns.map(({ name }) => name), values: [...rows] }];
    });
  }

  run(sql: string, values?: unknown): this {
    if (values === undefined) this.#client.exec(sql);
    else this.#query(sql, values);
    return this;
  }

  each(sql: string, ...rest: unknown[]): this {
    const functions = rest.filter((each) => typeof each === 'function');
    const { columns, rows } = this.#query(
      sql,
      rest.find((each) => typeof each !== 'function'),
    );
    for (const row of rows) {
      const given = Object.fromEntries(columns.map(({ name }, place) => [name, row[place] ?? null]));
      if (functions[0] !== undefined) Reflect.apply(functions[0], undefined, [given]);
    }
    if (functions[1] !== undefined) Reflect.apply(functions[1], undefined, []);
    return this;
  }

  getRowsModified(): number {
    return this.#changes;
  }

  create_function(name: string, body: (...values: SqlValue[]) => unknown): this {
    const options = { deterministic: false, directOnly: false, varargs: false, safeIntegers: false };
    this.#client.registerFunction(name, options, body);
    return this;
  }

  export(): never {
    throw new Error('export() of a database is not there where rowproof runs a program.');
  }

  close(): void {}

  #query(sql: string, values: unknown): Queried {
    const queried = this.#client.query(sql, valuesOf(values), false);
    if (!queried.reader) this.#changes = queried.changes;
    return queried;
  }
}

/** As the package binds values: whole numbers of 32 bits as INTEGER, large ones as text. Names have their sign. */
function valuesOf(given: unknown): BoundValues {
  if (Array.isArray(given)) return toValues([given.map(asStored)]);
  if (typeof given !== 'object' || given === null) return toValues([]);
  return toValues([
    Object.fromEntries(Object.entries(given).map(([name, value]) => [name.replace(/^[$@:]/, ''), asStored(value)])),
  ]);
}

function asStored(value: unknown): unknown {
  if (typeof value === 'boolean') return value ? 1n : 0n;
  if (typeof value === 'bigint') return value.toString();
  return typeof value === 'number' && value === Math.trunc(value) && Math.abs(value) < 2 ** 31 ? BigInt(value) : value;
}
