import { EventEmitter } from 'node:events';
import type { SqlValue } from '../../model/connection.ts';
import type { BoundValues } from '../../model/program.ts';
import { type Opening, toValues } from './better-sqlite3.ts';
import type { Client } from './connection.ts';

type Callback = (this: unknown, error: Error | null, result?: unknown) => void;

/**
 * The package sqlite3 over the connection of the step. Requests run at once, in order, and are answered later.
 * https://github.com/TryGhost/node-sqlite3/wiki/API
 */
export function sqlite3(client: Client, opening: Opening): unknown {
  class Database extends Connection {
    constructor(filename: string, ...rest: unknown[]) {
      super(client, filename);
      opening(filename);
      tell(callbackOf(rest), this, () => undefined);
      setImmediate(() => this.emit('open'));
    }
  }
  const module = { Database, Statement, ...{ OPEN_READONLY: 1, OPEN_READWRITE: 2, OPEN_CREATE: 4 } };
  const flags = { OPEN_FULLMUTEX: 0x10000, OPEN_URI: 0x40, OPEN_SHAREDCACHE: 0x20000, OPEN_PRIVATECACHE: 0x40000 };
  const all: Record<string, unknown> = { ...module, ...flags };
  all['verbose'] = () => all;
  all['cached'] = { Database };
  all['default'] = all;
  return all;
}

/** A key that no user has; a private field would fail behind a Proxy. */
const connected = Symbol('connected');

/** A database of the package. */
class Connection extends EventEmitter {
  readonly filename: string;
  readonly open = true;
  readonly [connected]: Client;

  constructor(client: Client, filename: string) {
    super();
    this[connected] = client;
    this.filename = filename;
  }

  run(sql: string, ...rest: unknown[]): this {
    const { values, callback } = split(rest);
    let done = {};
    tell(
      callback,
      () => done,
      () => {
        const { reader, changes, lastInsertRowid } = this[connected].query(sql, values, false);
        if (!reader) done = { changes, lastID: Number(lastInsertRowid), sql };
      },
    );
    return this;
  }

  all(sql: string, ...rest: unknown[]): this {
    const { values, callback } = split(rest);
    tell(callback, { sql }, () => rowsOf(this[connected], sql, values));
    return this;
  }

  get(sql: string, ...rest: unknown[]): this {
    const { values, callback } = split(rest);
    tell(callback, { sql }, () => rowsOf(this[connected], sql, values)[0]);
    return this;
  }

  each(sql: string, ...rest: unknown[]): this {
    const functions = rest.filter((each) => typeof each === 'function');
    const { values } = split(rest.filter((each) => typeof each !== 'function'));
    const [row, complete] = functions;
    tell(
      (error, rows) => {
        const all = Array.isArray(rows) ? rows : [];
        if (error !== null && typeof row === 'function') Reflect.apply(row, this, [error]);
        for (const one of all) if (typeof row === 'function') Reflect.apply(row, this, [null, one]);
        if (typeof complete === 'function') Reflect.apply(complete, this, [error, all.length]);
      },
      this,
      () => rowsOf(this[connected], sql, values),
    );
    return this;
  }

  exec(sql: string, callback?: Callback): this {
    tell(callback, this, () => this[connected].exec(sql));
    return this;
  }

  prepare(sql: string, ...rest: unknown[]): Statement {
    return new Statement(this, sql, rest);
  }

  serialize(work?: () => void): void {
    work?.();
  }

  parallelize(work?: () => void): void {
    work?.();
  }

  configure(): void {}

  interrupt(): void {}

  wait(callback?: Callback): this {
    tell(callback, this, () => undefined);
    return this;
  }

  loadExtension(path: string, callback?: Callback): this {
    tell(callback, this, () => this[connected].loadExtension(path));
    return this;
  }

  close(callback?: Callback): void {
    tell(callback, this, () => undefined);
  }
}

/** A statement of the package. */
class Statement {
  readonly #db: Connection;
  readonly #sql: string;
  #bound: unknown[];

  constructor(db: Connection, sql: string, rest: unknown[]) {
    this.#db = db;
    this.#sql = sql;
    const { callback } = split(rest);
    this.#bound = rest.filter((each) => typeof each !== 'function');
    if (callback !== undefined) tell(callback, this, () => db[connected].prepare(sql));
  }

  bind(...rest: unknown[]): this {
    this.#bound = rest.filter((each) => typeof each !== 'function');
    tell(callbackOf(rest), this, () => undefined);
    return this;
  }

  run(...rest: unknown[]): this {
    this.#db.run(this.#sql, ...this.#given(rest));
    return this;
  }

  all(...rest: unknown[]): this {
    this.#db.all(this.#sql, ...this.#given(rest));
    return this;
  }

  get(...rest: unknown[]): this {
    this.#db.get(this.#sql, ...this.#given(rest));
    return this;
  }

  each(...rest: unknown[]): this {
    this.#db.each(this.#sql, ...this.#given(rest));
    return this;
  }

  reset(callback?: Callback): this {
    tell(callback, this, () => undefined);
    return this;
  }

  finalize(callback?: Callback): Connection {
    tell(callback, this, () => undefined);
    return this.#db;
  }

  #given(rest: unknown[]): unknown[] {
    return rest.some((each) => typeof each !== 'function') ? rest : [...this.#bound, ...rest];
  }
}

/** Does something at once and tells of it in a later turn, as the package does. */
function tell(callback: Callback | undefined, self: unknown, work: () => unknown): void {
  const told = attempt(work);
  const receiver: unknown = typeof self === 'function' ? self() : self;
  setImmediate(() => {
    if (callback !== undefined) Reflect.apply(callback, receiver, [told.error, told.result]);
    else if (told.error !== null && receiver instanceof EventEmitter) receiver.emit('error', told.error);
  });
}

function attempt(work: () => unknown): { error: Error | null; result?: unknown } {
  try {
    return { error: null, result: work() };
  } catch (error) {
    if (!(error instanceof Error)) return { error: new Error(String(error)) };
    const code = 'code' in error ? String(error.code).split('_').slice(0, 2).join('_') : 'SQLITE_ERROR';
    return { error: Object.assign(new Error(`${code}: ${error.message}`, { cause: error }), { errno: 1, code }) };
  }
}

function rowsOf(client: Client, sql: string, values: BoundValues): Record<string, SqlValue>[] {
  const { columns, rows } = client.query(sql, values, false);
  return rows.map((row) => Object.fromEntries(columns.map(({ name }, i) => [name, row[i] ?? null])));
}

/** Parameters and the callback behind them. Names have their sign; a whole number is bound as INTEGER. */
function split(rest: readonly unknown[]): { values: BoundValues; callback: Callback | undefined } {
  const { positional, named } = toValues(rest.filter(isValue).map(asStored));
  const names =
    named === null ? null : Object.entries(named).map(([name, value]) => [name.replace(/^[$@:]/, ''), value]);
  return {
    values: { positional, named: names === null ? null : Object.fromEntries(names) },
    callback: callbackOf(rest),
  };
}

/** A value that is undefined stands for none. */
function isValue(each: unknown): boolean {
  return typeof each !== 'function' && each !== undefined;
}

function callbackOf(rest: readonly unknown[]): Callback | undefined {
  const callback = rest.find((each) => typeof each === 'function');
  return typeof callback === 'function' ? (callback as Callback) : undefined;
}

/** As the package binds values: booleans and whole numbers as INTEGER, dates as milliseconds. */
function asStored(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(asStored);
  if (typeof value === 'boolean') return value ? 1n : 0n;
  if (typeof value === 'number') return Number.isSafeInteger(value) ? BigInt(value) : value;
  if (value instanceof Date) return BigInt(value.getTime());
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, asStored(each)]));
}
