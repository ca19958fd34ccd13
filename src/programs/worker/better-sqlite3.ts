import type { SqlValue } from '../../model/connection.ts';
import type { BoundValues, Compiled, Ran } from '../../model/program.ts';
import { SqliteError } from './channel.ts';
import type { Client } from './connection.ts';

/** Opens what a driver is asked to open: throws where that is a database that the program has no business with. */
export type Opening = (path: string) => void;

/**
 * The class of better-sqlite3 over the connection of the step: what tools and programs get for the driver.
 * https://github.com/WiseLibs/better-sqlite3/blob/master/docs/api.md
 */
export function betterSqlite3(client: Client, opening: Opening): unknown {
  function open(path: unknown, options: unknown): Record<string, unknown> {
    const name = path === undefined || path === null || path === '' ? ':memory:' : String(path);
    opening(name);
    return database(client, name, options);
  }
  // It is called with and without `new`; what a constructor returns is what it makes.
  function Database(path: unknown, options: unknown): Record<string, unknown> {
    return Object.setPrototypeOf(open(path, options), Database.prototype);
  }
  return Object.assign(Database, { SqliteError, default: Database, Database });
}

function database(client: Client, name: string, _options: unknown): Record<string, unknown> {
  let bigInts = false;
  let isOpen = true;
  const db: Record<string, unknown> = {
    name,
    memory: name === ':memory:',
    readonly: false,
    prepare: (sql: unknown) => statement(client, text(sql), bigInts, db),
    exec: (sql: unknown) => {
      client.exec(text(sql));
      return db;
    },
    pragma: (source: unknown, options?: { simple?: boolean }) => pragma(client, text(source), options?.simple === true),
    transaction: (body: unknown) => transaction(client, body, db),
    function: (given: unknown, ...rest: unknown[]) => {
      const body = rest.at(-1);
      if (typeof body !== 'function') throw new TypeError('Expected last argument to be a function');
      const options = rest.length > 1 ? flags(rest[0]) : flags({});
      client.registerFunction(text(given), options, (...values) => Reflect.apply(body, undefined, values));
      return db;
    },
    loadExtension: (path: unknown) => {
      client.loadExtension(text(path));
      return db;
    },
    defaultSafeIntegers: (on = true) => {
      bigInts = Boolean(on);
      return db;
    },
    unsafeMode: () => db,
    close: () => {
      isOpen = false;
      return db;
    },
  };
  for (const refused of ['backup', 'serialize', 'aggregate', 'table']) {
    db[refused] = () => {
      throw new Error(`${refused}() of a database is not there where rowproof runs a program.`);
    };
  }
  return Object.defineProperties(db, {
    open: { get: () => isOpen, enumerable: true },
    inTransaction: { get: () => client.inTransaction(), enumerable: true },
  });
}

function pragma(client: Client, source: string, simple: boolean): unknown {
  const sql = `PRAGMA ${source}`;
  const { columns, rows } = client.query(sql, none, false);
  return simple ? rows[0]?.[0] : rows.map((row) => toObject(columns, row));
}

const none: BoundValues = { positional: [], named: null };

function statement(client: Client, sql: string, safe: boolean, owner: unknown): Record<string, unknown> {
  const { reader, columns } = client.prepare(sql);
  let bigInts = safe;
  let shape: 'object' | 'array' | 'first' | 'tables' = 'object';
  let bound: BoundValues | null = null;
  const valuesOf = (given: readonly unknown[]): BoundValues => bound ?? toValues(given);
  const query = (given: readonly unknown[], first: boolean): unknown[] => {
    const queried = client.query(sql, valuesOf(given), bigInts, first);
    return queried.rows.map((row) => {
      if (shape === 'array') return row;
      if (shape === 'first') return row[0];
      return shape === 'tables' ? byTable(queried.columns, row) : toObject(queried.columns, row);
    });
  };
  const needRows = (): void => {
    if (!reader) throw new TypeError('This statement does not return data. Use run() instead');
  };
  const all = (...given: unknown[]): unknown[] => {
    needRows();
    return query(given, false);
  };
  const self: Record<string, unknown> = {
    ...{ source: sql, database: owner, reader, readonly: reader, busy: false },
    all,
    get: (...given: unknown[]) => {
      needRows();
      return query(given, true)[0];
    },
    run: (...given: unknown[]): Ran => {
      if (reader) throw new TypeError('This statement returns data. Use get(), all(), or iterate() instead');
      const { changes, lastInsertRowid } = client.query(sql, valuesOf(given), bigInts);
      return { changes, lastInsertRowid };
    },
    iterate: (...given: unknown[]) => all(...given)[Symbol.iterator](),
    bind: (...given: unknown[]) => {
      bound = toValues(given);
      return self;
    },
    columns: () => {
      needRows();
      return columns().map(({ name, column, table }) => ({
        name,
        column,
        table,
        database: table && 'main',
        type: null,
      }));
    },
    safeIntegers: (on = true) => {
      bigInts = Boolean(on);
      return self;
    },
  };
  const shapes = { raw: 'array', pluck: 'first', expand: 'tables' } as const;
  for (const [name, wanted] of Object.entries(shapes)) {
    self[name] = (on = true) => {
      shape = on ? wanted : 'object';
      return self;
    };
  }
  return self;
}

function toObject(columns: Compiled['columns'], row: readonly SqlValue[]): Record<string, SqlValue> {
  return Object.fromEntries(columns.map(({ name }, i) => [name, row[i] ?? null]));
}

/** Of a join the columns of each table by themselves, and those of none under `$`. */
function byTable(columns: Compiled['columns'], row: readonly SqlValue[]): Record<string, Record<string, SqlValue>> {
  const tables: Record<string, Record<string, SqlValue>> = {};
  columns.forEach(({ name, table }, i) => {
    const own = tables[table ?? '$'] ?? {};
    own[name] = row[i] ?? null;
    tables[table ?? '$'] = own;
  });
  return tables;
}

/** As better-sqlite3 takes them: values, arrays of values, and at most one object with those that have names. */
export function toValues(given: readonly unknown[]): BoundValues {
  const positional: SqlValue[] = [];
  let named: Record<string, SqlValue> | null = null;
  for (const each of given) {
    if (Array.isArray(each)) positional.push(...each.map(toValue));
    else if (isRecord(each)) {
      if (named !== null) throw new TypeError('You cannot specify named parameters in two different objects');
      named = Object.fromEntries(Object.entries(each).map(([name, value]) => [name, toValue(value)]));
    } else positional.push(toValue(each));
  }
  return { positional, named };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

/** Structured cloning would give a Buffer another class, and leave nothing of an object that no column can hold. */
function toValue(value: unknown): SqlValue {
  if (value === null || value === undefined) return null;
  if (typeof value === 'number' || typeof value === 'bigint' || typeof value === 'string') return value;
  if (value instanceof Uint8Array) return new Uint8Array(value);
  throw new TypeError('SQLite3 can only bind numbers, strings, bigints, buffers, and null');
}

function text(value: unknown): string {
  if (typeof value !== 'string') throw new TypeError('Expected first argument to be a string');
  return value;
}

function flags(options: unknown): Parameters<Client['registerFunction']>[1] {
  const given = isRecord(options) ? options : {};
  return {
    deterministic: given['deterministic'] === true,
    directOnly: given['directOnly'] === true,
    varargs: given['varargs'] === true,
    safeIntegers: given['safeIntegers'] === true,
  };
}

const variants = ['deferred', 'immediate', 'exclusive'] as const;

/** https://github.com/WiseLibs/better-sqlite3/blob/master/docs/api.md#transactionfunction---function */
function transaction(client: Client, body: unknown, owner: unknown): unknown {
  if (typeof body !== 'function') throw new TypeError('Expected first argument to be a function');
  const wrap = (begin: string): ((...given: unknown[]) => unknown) =>
    function wrapped(this: unknown, ...given: unknown[]) {
      const isNested = client.inTransaction();
      client.exec(isNested ? 'SAVEPOINT nested' : begin);
      try {
        const result: unknown = Reflect.apply(body, this, given);
        if (result instanceof Promise) {
          result.catch(() => {});
          throw new TypeError('Transaction function cannot return a promise');
        }
        client.exec(isNested ? 'RELEASE nested' : 'COMMIT');
        return result;
      } catch (error) {
        // SQLite may have rolled it back by itself.
        if (client.inTransaction()) client.exec(isNested ? 'ROLLBACK TO nested; RELEASE nested' : 'ROLLBACK');
        throw error;
      }
    };
  const modes = Object.fromEntries(variants.map((mode) => [mode, wrap(`BEGIN ${mode.toUpperCase()}`)]));
  const main = wrap('BEGIN');
  const all = { default: main, ...modes, database: owner };
  for (const each of [main, ...Object.values(modes)]) Object.assign(each, all);
  return main;
}
