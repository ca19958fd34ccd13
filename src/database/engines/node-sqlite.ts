import { readFileSync } from 'node:fs';
import type { DatabaseSync, SQLOutputValue } from 'node:sqlite';
import { pathToFileURL } from 'node:url';
import { HarnessError } from '../../errors.ts';
import type { Database, Engine, OpenOptions } from '../engine.ts';
import { toNodeAggregate } from './node-aggregate.ts';
import { createScratch } from './node-scratch.ts';
import { isBindable, prepareStatement, toBuffer } from './node-statement.ts';
import { resultCodeName } from './result-codes.ts';

/** The SQLite of Node, behind an interface like that of better-sqlite3: https://nodejs.org/api/sqlite.html */
export const nodeSqlite: Engine = {
  name: 'node',
  version: () => {
    loadDriver();
    return process.versions['sqlite'] ?? '';
  },
  openMemory: (bytes, options) => {
    if (!('deserialize' in loadDriver().DatabaseSync.prototype)) return openScratch(bytes, options);
    const db = open(':memory:', options);
    if (bytes !== undefined) db.deserialize(bytes);
    return adapt(db, { memory: true, read: () => toBuffer(db.serialize()), discard: () => {} });
  },
  openFile: (path, { mustExist, timeout, ...options }) => {
    const url = pathToFileURL(path);
    // https://sqlite.org/uri.html#recognized_query_parameters
    url.searchParams.set('mode', mustExist ? 'rw' : 'rwc');
    const db = open(url, options, timeout);
    return adapt(db, { memory: false, read: () => toBuffer(db.serialize()), discard: () => {} });
  },
  errorOf: (error) => {
    if (!(error instanceof Error && 'code' in error && error.code === 'ERR_SQLITE_ERROR')) return null;
    const code = 'errcode' in error ? Number(error.errcode) : 1;
    return { code: resultCodeName(code), message: error.message };
  },
};

/** Before Node 24.16 no database can be read from bytes, so that it is a file, without waiting for the disk. */
function openScratch(bytes: Buffer | undefined, options: OpenOptions): Database {
  const { path, discard } = createScratch(bytes);
  const db = open(path, options);
  db.exec('PRAGMA journal_mode = MEMORY; PRAGMA synchronous = OFF');
  const read = (): Buffer => {
    // Unlike a database in memory it takes a write-ahead log, if a migration wants one.
    db.exec('PRAGMA wal_checkpoint(TRUNCATE)');
    return readFileSync(path);
  };
  return adapt(db, { memory: true, read, discard });
}

function open(location: string | URL, { doubleQuotedStrings }: OpenOptions, timeout = 0): DatabaseSync {
  const { DatabaseSync } = loadDriver();
  return new DatabaseSync(location, {
    timeout,
    enableDoubleQuotedStringLiterals: doubleQuotedStrings,
    // As in better-sqlite3: https://sqlite.org/c3ref/c_dbconfig_defensive.html#sqlitedbconfigdefensive
    defensive: true,
    allowExtension: true,
  });
}

type Driver = typeof import('node:sqlite');

let driver: Driver | undefined;

/** Loads the driver when it is wanted: some versions of Node say then that it is experimental, which helps no reader. */
function loadDriver(): Driver {
  if (driver !== undefined) return driver;
  const warn = process.emitWarning;
  process.emitWarning = (warning: string | Error) => {
    if (!String(warning).startsWith('SQLite is an experimental feature')) warn.call(process, warning);
  };
  try {
    driver = process.getBuiltinModule('node:sqlite');
  } finally {
    process.emitWarning = warn;
  }
  // The type says that it is always there.
  if (driver !== undefined) return driver;
  throw new HarnessError('unsupported', `This Node (${process.versions.node}) comes without node:sqlite.`, {
    remedy:
      'Use a Node that is built with it, and run it without --no-experimental-sqlite; or use --engine better-sqlite3.',
  });
}

let undefended: boolean | undefined;

/** Whether this Node knows no option `defensive`, which came with 24.12 (https://nodejs.org/api/sqlite.html). */
function isUndefended(): boolean {
  if (undefended !== undefined) return undefended;
  const db = open(':memory:', { doubleQuotedStrings: false });
  try {
    db.exec('CREATE TABLE t (a); PRAGMA writable_schema = ON; UPDATE sqlite_schema SET sql = sql');
    undefended = true;
  } catch {
    undefended = false;
  } finally {
    db.close();
  }
  return undefended;
}

/** Where the content of a connection lies. */
interface Store {
  readonly memory: boolean;
  read(): Buffer;
  /** Called when the connection is closed. */
  discard(): void;
}

function adapt(db: DatabaseSync, { memory, read, discard }: Store): Database {
  return {
    memory,
    undefended: isUndefended(),
    get inTransaction() {
      return db.isTransaction;
    },
    get open() {
      return db.isOpen;
    },
    prepare: (sql) => prepareStatement(db, sql),
    exec: (sql) => db.exec(sql),
    pragma: (source, { simple = false } = {}) => {
      const statement = prepareStatement<[], unknown>(db, `PRAGMA ${source}`);
      return simple ? statement.pluck().get() : statement.all();
    },
    function: (name, { safeIntegers = false, ...options }, body) => {
      const call = (...values: SQLOutputValue[]) => {
        const result = body(...(safeIntegers ? values : values.map(toNumber)));
        if (result === undefined || isBindable(result)) return result;
        throw new TypeError(`User-defined function ${name}() returned an invalid value`);
      };
      // Its length is the number of parameters in SQL.
      Object.defineProperty(call, 'length', { value: body.length });
      db.function(name, { ...options, useBigIntArguments: true }, call);
    },
    aggregate: (name, aggregate) => {
      const { deterministic, directOnly, varargs, safeIntegers = false } = aggregate;
      const made = toNodeAggregate(aggregate, safeIntegers ? (value) => value : toNumber);
      // Its types allow only stored values for totals, and its documentation any. https://nodejs.org/api/sqlite.html
      const options = { ...made, deterministic, directOnly, varargs, useBigIntArguments: true };
      Reflect.apply(db.aggregate, db, [name, options]);
    },
    loadExtension: (path) => db.loadExtension(path),
    serialize: read,
    close: () => {
      if (!db.isOpen) return;
      db.close();
      discard();
    },
  };
}

function toNumber<V>(value: V): V | number {
  return typeof value === 'bigint' ? Number(value) : value;
}
