import type { Sqlite3Static, Database as WasmDatabase, SqlValue as WasmValue } from '@sqlite.org/sqlite-wasm';
import type { Connection, FunctionBody, FunctionOptions, SqlValue } from '../model/connection.ts';
import type { Settings } from '../model/settings.ts';
import { namingErrors, registrationOf } from './registered.ts';

/** The work of one statement. */
export interface Work {
  /** Instructions of SQLite's virtual machine. https://sqlite.org/c3ref/c_stmtstatus_counter.html */
  readonly steps: number;
  /** Rows that it inserted, updated or deleted, those of triggers and foreign-key actions included. */
  readonly changes: number;
}

/** A line of EXPLAIN QUERY PLAN, and the trigger that it belongs to. */
export interface PlanLine {
  readonly text: string;
  readonly trigger: string | null;
  /** Whether it belongs to a subquery that depends on no row, so that it is run once. */
  readonly isOnce: boolean;
}

/** A database whose statements are counted. */
export interface CountingDatabase {
  /** Runs a statement. @returns null if it fails, or once all statements together took more steps than allowed. */
  run(sql: string): Work | null;
  /** Whether the allowed steps are used up. */
  readonly isExhausted: boolean;
  /** The plan of a statement, with those of its triggers. https://sqlite.org/eqp.html */
  plan(sql: string): PlanLine[];
  /** The texts in the first column of a query; none if it fails. */
  texts(sql: string): string[];
  close(): void;
}

/** Opens a copy of a database whose statements may take so many steps together; null where it cannot be opened. */
export type StepCounter = (content: Uint8Array, settings: Settings, allowed: number) => CountingDatabase | null;

/** The instructions between two checks of the number of steps: a call takes as long as some hundred of them. */
const stride = 10_000;

/** Older builds lack statements that the drivers know, and a plain install of the package gives one of 3.41. */
const oldest = 3_053_000;

let loading: Promise<StepCounter | null> | undefined;

/**
 * Loads the build of SQLite that counts the steps of statements, which the drivers cannot: `@sqlite.org/sqlite-wasm`.
 * It works in memory alone, and no file is in its reach.
 * @returns null if the project has not installed the package, or has an old one.
 */
export function loadStepCounter(): Promise<StepCounter | null> {
  loading ??= load();
  return loading;
}

async function load(): Promise<StepCounter | null> {
  try {
    const { default: init } = await import('@sqlite.org/sqlite-wasm');
    const sqlite = await init();
    // It prints every statement that fails, which the outcome tells.
    sqlite.config.warn = () => {};
    if (sqlite.version.libVersionNumber < oldest) return null;
    return (content, settings, allowed) => open(sqlite, content, settings, allowed);
  } catch {
    // An optional package that is missing or does not start costs a finding, and never the run.
    return null;
  }
}

function open(
  sqlite: Sqlite3Static,
  content: Uint8Array,
  settings: Settings,
  allowed: number,
): CountingDatabase | null {
  const { capi } = sqlite;
  const db = new sqlite.oo1.DB(':memory:');
  let left = allowed;
  fill(sqlite, db, content);
  configure(sqlite, db, settings);
  if (!isConnected(db, settings)) {
    db.close();
    return null;
  }
  capi.sqlite3_progress_handler(
    db,
    stride,
    () => {
      left -= stride;
      return left < 0 ? 1 : 0;
    },
    0,
  );
  return {
    run: (sql) => {
      const before = db.changes(true);
      try {
        const statement = db.prepare(sql);
        try {
          while (statement.step());
          const steps = capi.sqlite3_stmt_status(statement, capi.SQLITE_STMTSTATUS_VM_STEP, 0);
          return { steps, changes: db.changes(true) - before };
        } finally {
          statement.finalize();
        }
      } catch {
        return null;
      }
    },
    get isExhausted() {
      return left < 0;
    },
    plan: (sql) => readPlan(db, sql),
    texts: (sql) => {
      try {
        return db.selectValues(sql).map(String);
      } catch {
        return [];
      }
    },
    close: () => db.close(),
  };
}

function fill({ capi, wasm }: Sqlite3Static, db: WasmDatabase, content: Uint8Array): void {
  if (content.byteLength === 0) return;
  const size = content.byteLength;
  // A Buffer is none of the arrays that it takes.
  const bytes = new Uint8Array(content.buffer, content.byteOffset, size);
  const flags = capi.SQLITE_DESERIALIZE_FREEONCLOSE | capi.SQLITE_DESERIALIZE_RESIZEABLE;
  const failed = capi.sqlite3_deserialize(db, 'main', wasm.allocFromTypedArray(bytes), size, size, flags);
  if (failed !== capi.SQLITE_OK) throw new Error(`sqlite3_deserialize: ${failed}`);
}

function configure({ capi }: Sqlite3Static, db: WasmDatabase, settings: Settings): void {
  const strings = settings.doubleQuotedStrings ? 1 : 0;
  capi.sqlite3_db_config(db, capi.SQLITE_DBCONFIG_DQS_DML, strings, 0);
  capi.sqlite3_db_config(db, capi.SQLITE_DBCONFIG_DQS_DDL, strings, 0);
  // https://sqlite.org/c3ref/c_dbconfig_defensive.html#sqlitedbconfigtriggereqp
  capi.sqlite3_db_config(db, capi.SQLITE_DBCONFIG_TRIGGER_EQP, 1, 0);
  const onOff = (on: boolean): string => (on ? 'ON' : 'OFF');
  db.exec(`PRAGMA foreign_keys = ${onOff(settings.foreignKeys)};
    PRAGMA recursive_triggers = ${onOff(settings.recursiveTriggers)};
    PRAGMA legacy_alter_table = ${onOff(settings.legacyAlterTable)};`);
}

/** Registers what the application registers. @returns false if it needs more than functions, for example an extension. */
function isConnected(db: WasmDatabase, { connect }: Settings): boolean {
  try {
    connect?.(connectionTo(db));
    return true;
  } catch {
    return false;
  }
}

function connectionTo(db: WasmDatabase): Connection {
  return {
    exec: (sql) => db.exec(sql),
    pragma: (source, { simple = false } = {}) =>
      simple ? db.selectValue(`PRAGMA ${source}`) : db.selectObjects(`PRAGMA ${source}`),
    function: (name: string, ...given: readonly [FunctionBody] | readonly [FunctionOptions, FunctionBody]) => {
      const [options, body] = given.length === 1 ? [{}, given[0]] : given;
      const { deterministic = false, directOnly = false, varargs = false } = registrationOf(options);
      const call = namingErrors(name, body);
      db.createFunction(name, (_context: unknown, ...values: WasmValue[]) => call(...values.map(toValue)), {
        arity: varargs ? -1 : body.length,
        deterministic,
        directOnly,
      });
    },
    // A statement that calls one fails, and is not measured.
    aggregate: () => {},
    enableLoadExtension: () => {},
    loadExtension: () => {
      throw new Error('this build of SQLite loads no extensions');
    },
  };
}

function toValue(value: WasmValue): SqlValue {
  if (value instanceof ArrayBuffer) return new Uint8Array(value);
  return value instanceof Int8Array ? new Uint8Array(value.buffer, value.byteOffset, value.byteLength) : value;
}

const planColumns = { id: 0, parent: 1, text: 3 } as const;

function readPlan(db: WasmDatabase, sql: string): PlanLine[] {
  const lines: PlanLine[] = [];
  let trigger: string | null = null;
  let once = new Set<WasmValue | undefined>();
  try {
    for (const row of db.selectArrays(`EXPLAIN QUERY PLAN ${sql}`)) {
      const shown = row[planColumns.text];
      // The program of a foreign-key action has no name.
      const text = typeof shown === 'string' ? shown : '-- TRIGGER ';
      const begun = /^-- TRIGGER (.*)$/s.exec(text)?.[1];
      if (begun !== undefined) {
        trigger = begun;
        // Each program has numbers of its own.
        once = new Set();
        continue;
      }
      const isOnce = /^(?:LIST SUBQUERY|SCALAR SUBQUERY|MATERIALIZE)/.test(text) || once.has(row[planColumns.parent]);
      if (isOnce) once.add(row[planColumns.id]);
      lines.push({ text, trigger, isOnce });
    }
  } catch {
    // The statement fails as well when it runs.
  }
  return lines;
}
