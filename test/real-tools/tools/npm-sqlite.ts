import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { type Database, open } from 'sqlite';
import { keepFirst } from '../prefix.ts';
import type { RealTool } from '../real-tool.ts';

type Done = (this: object, error: Error | null, rows?: unknown[]) => void;

/** better-sqlite3 as a class of the form that `sqlite` takes as its driver: the one of node-sqlite3. */
function driverWith(foreignKeys: boolean): unknown {
  return class {
    readonly #db: Sqlite.Database;

    constructor(file: string, done: Done) {
      this.#db = new Sqlite(file);
      this.#db.pragma(`foreign_keys = ${foreignKeys ? 'ON' : 'OFF'}`);
      setImmediate(() => done.call({}, null));
    }

    run(sql: string, ...given: unknown[]): void {
      this.#answer(given, (values) => {
        this.#db.prepare(sql).run(...values);
        return [];
      });
    }

    all(sql: string, ...given: unknown[]): void {
      this.#answer(given, (values) => this.#db.prepare(sql).all(...values));
    }

    exec(sql: string, ...given: unknown[]): void {
      this.#answer(given, () => {
        this.#db.exec(sql);
        return [];
      });
    }

    close(...given: unknown[]): void {
      this.#answer(given, () => {
        this.#db.close();
        return [];
      });
    }

    #answer(given: unknown[], work: (values: unknown[]) => unknown[]): void {
      const done = given.at(-1);
      if (typeof done !== 'function') throw new Error('sqlite calls back');
      try {
        const rows = work(given.slice(0, -1));
        done.call({ changes: 0 }, null, rows);
      } catch (error) {
        done.call({}, error);
      }
    }
  };
}

/** Opens a file as `sqlite` does, with foreign keys on or off as its driver would have them. */
export function openSqlite(file: string, foreignKeys: boolean): Promise<Database> {
  return open({ filename: file, driver: driverWith(foreignKeys) });
}

function onKeys(foreignKeys: boolean): RealTool['apply'] {
  return async (project, file, count) => {
    keepFirst(join(project, 'migrations'), count);
    const db = await openSqlite(file, foreignKeys);
    await db.migrate({ migrationsPath: join(project, 'migrations') });
    await db.close();
  };
}

const sample = { sample: 'npm-sqlite', place: 'migrations' } as const;

/** The npm package sqlite. */
export const npmSqlite: readonly RealTool[] = [
  {
    ...sample,
    name: 'sqlite 5.1, better-sqlite3',
    config: { driver: 'better-sqlite3' },
    apply: onKeys(true),
  },
  {
    ...sample,
    name: 'sqlite 5.1, foreign keys off as sqlite3 has them',
    config: { driver: 'sqlite3' },
    apply: onKeys(false),
  },
];
