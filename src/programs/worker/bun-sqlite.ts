import { betterSqlite3, type Opening } from './better-sqlite3.ts';
import type { Client } from './connection.ts';

/**
 * bun:sqlite over the connection of the step: that of better-sqlite3 with its own words for statements.
 * https://bun.sh/docs/api/sqlite
 */
export function bunSqlite(client: Client, opening: Opening): unknown {
  const Better = betterSqlite3(client, opening);
  function Database(path: unknown): object {
    // It is a class, which makes objects.
    const db: unknown = typeof Better === 'function' ? Reflect.construct(Better, [path]) : null;
    if (typeof db !== 'object' || db === null) throw new Error('the stand-in for better-sqlite3 makes no database');
    const compile = boundTo(db, 'prepare');
    const execute = boundTo(db, 'exec');
    const prepare = (sql: unknown): object => statementOf(compile(sql));
    const run = (sql: unknown, ...given: unknown[]): unknown => {
      // Without values the text may hold several statements.
      if (given.length > 0) return boundTo(prepare(sql), 'run')(...given);
      execute(sql);
      return { changes: 0, lastInsertRowid: 0 };
    };
    return Object.assign(db, { query: prepare, prepare, run, exec: run });
  }
  return { Database, default: Database, constants: {} };
}

/** Rows that are not there are null, and a statement may run whether it gives rows or not. */
function statementOf(made: unknown): object {
  if (typeof made !== 'object' || made === null) throw new Error('the stand-in for better-sqlite3 makes no statement');
  const isReader = Reflect.get(made, 'reader') === true;
  const raw = boundTo(made, 'raw');
  const run = (given: readonly unknown[]): unknown => boundTo(made, 'run')(...given.map(withoutSigns));
  const all = (...given: unknown[]): unknown => {
    if (isReader) return boundTo(made, 'all')(...given.map(withoutSigns));
    run(given);
    return [];
  };
  return {
    all,
    get: (...given: unknown[]) => {
      const rows = all(...given);
      return Array.isArray(rows) ? (rows[0] ?? null) : null;
    },
    run: (...given: unknown[]) => {
      if (!isReader) return run(given);
      all(...given);
      return { changes: 0, lastInsertRowid: 0 };
    },
    values: (...given: unknown[]) => {
      raw(true);
      try {
        return all(...given);
      } finally {
        raw(false);
      }
    },
    finalize: () => {},
  };
}

function boundTo(target: object, name: string): (...given: unknown[]) => unknown {
  const method: unknown = Reflect.get(target, name);
  if (typeof method !== 'function') throw new TypeError(`there is no ${name}() to call`);
  return (...given) => Reflect.apply(method, target, given);
}

/** Names of values have their sign there; a boolean is a number. */
function withoutSigns(value: unknown): unknown {
  if (typeof value === 'boolean') return value ? 1n : 0n;
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return value;
  if (Array.isArray(value)) return value.map(withoutSigns);
  return Object.fromEntries(
    Object.entries(value).map(([name, each]) => [name.replace(/^[$@:]/, ''), withoutSigns(each)]),
  );
}
