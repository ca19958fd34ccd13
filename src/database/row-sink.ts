import type { SqlValue } from '../model/connection.ts';
import type { Loader, Refusal, RowSink, Verdict } from '../model/dataset.ts';
import type { Invariant } from '../model/invariant.ts';
import { quoteName, quoteNames } from '../sql/quote.ts';
import { type Database, isMachineFault, sqliteError } from './connection.ts';
import type { Statement } from './engine.ts';
import { watchInvariants } from './invariant-watch.ts';

/** Each look at an invariant reads whole tables: after so many rows that it let pass, the others of the kind go unasked. */
const guardedRows = 128;

/**
 * Makes the sink over a connection, whose settings decide what it accepts. It must be outside a transaction, because
 * `PRAGMA foreign_keys` has no effect inside one (https://sqlite.org/pragma.html#pragma_foreign_keys).
 * @param invariants those in force, which rows must not break either
 */
export function createRowSink(db: Database, invariants: readonly Invariant[] = []): RowSink {
  const watch = watchInvariants(db, invariants);
  const statements = new Map<string, Statement<SqlValue[]>>();

  const prepared = (sql: string): Statement<SqlValue[]> => {
    const statement = statements.get(sql) ?? db.prepare<SqlValue[]>(sql);
    statements.set(sql, statement);
    return statement;
  };

  const loader = (table: string, columns: readonly string[], guarded: boolean, lenient = false): Loader => {
    const inserts = new Map<number, Statement<SqlValue[]>>();
    try {
      inserts.set(columns.length, prepared(insertInto(table, columns, 1)));
    } catch (error) {
      const never = refusal(db, error, true);
      return () => never;
    }
    const insertOf = (length: number): Statement<SqlValue[]> => {
      const insert = inserts.get(length) ?? prepared(insertInto(table, columns, length / columns.length));
      inserts.set(length, insert);
      return insert;
    };
    const run: Loader = (values) => {
      try {
        insertOf(values.length).run(...values.map(bindable));
        return null;
      } catch (error) {
        return refusal(db, error, false);
      }
    };
    if (!guarded && !watch.watches(table)) return run;
    let taken = 0;
    return (values) => {
      // The savepoint undoes the changes of triggers before one of them refused with RAISE(FAIL).
      db.exec('SAVEPOINT rowproof_row');
      const verdict = run(values) ?? (taken < guardedRows ? watch.check(table, lenient) : null) ?? release(db);
      if (verdict === null) taken += 1;
      // RAISE(ROLLBACK) has already removed the savepoint.
      else if (db.inTransaction) db.exec('ROLLBACK TO rowproof_row; RELEASE rowproof_row');
      return verdict;
    };
  };

  return {
    insert: (table, row, lenient) => loader(table, [...row.keys()], true, lenient)([...row.values()]),
    loader,

    isEmpty: (table) => readable(() => prepared(`SELECT 1 FROM main.${quoteName(table)}`).get() === undefined, true),

    count: (table, columns) =>
      readable(() => {
        const sql = `SELECT count(*) FROM main.${quoteName(table)} WHERE ${pointable(columns)}`;
        return db.prepare<[], number>(sql).pluck().get() ?? 0;
      }, 0),

    rows: (table, columns, limit, offset = 0) =>
      readable(() => {
        // NOT INDEXED: a covering index would give the rows in its own order.
        const from = `main.${quoteName(table)} NOT INDEXED WHERE ${pointable(columns)}`;
        const sql = `SELECT ${quoteNames(columns)} FROM ${from} LIMIT ? OFFSET ?`;
        return db.prepare<[number, number], SqlValue[]>(sql).raw().safeIntegers().all(limit, offset);
      }, []),

    broken: () => watch.broken().map(({ invariant: { name }, rows }) => ({ invariant: name, rows })),

    transaction: (work) => {
      db.exec('BEGIN');
      try {
        work();
        return db.inTransaction ? commit(db) : rolledBack;
      } finally {
        if (db.inTransaction) db.exec('ROLLBACK');
      }
    },

    trial: (work) => {
      db.exec('BEGIN');
      try {
        return work();
      } finally {
        if (db.inTransaction) db.exec('ROLLBACK');
      }
    },

    together: (work) => {
      const enforced = db.pragma('foreign_keys', { simple: true });
      db.exec('PRAGMA foreign_keys = ON; BEGIN; PRAGMA defer_foreign_keys = ON');
      try {
        const verdict = work();
        if (verdict !== null) return verdict;
        return db.inTransaction ? commit(db) : rolledBack;
      } finally {
        if (db.inTransaction) db.exec('ROLLBACK');
        db.exec(`PRAGMA foreign_keys = ${enforced === 1 ? 'ON' : 'OFF'}`);
      }
    },
  };
}

/** Rows that others may point at. Negative numbers are an application's own marks for rows that are not like the others. */
function pointable(columns: readonly string[]): string {
  const each = columns
    .map(quoteName)
    .map((column) => `${column} IS NOT NULL AND NOT (typeof(${column}) = 'integer' AND ${column} < 0)`);
  return each.join(' AND ') || 'TRUE';
}

function insertInto(table: string, columns: readonly string[], rows: number): string {
  const target = `INSERT INTO main.${quoteName(table)}`;
  if (columns.length === 0) return `${target} DEFAULT VALUES`;
  const row = `(${columns.map(() => '?').join(', ')})`;
  return `${target} (${quoteNames(columns)}) VALUES ${Array(rows).fill(row).join(', ')}`;
}

const rolledBack: Refusal = {
  code: 'SQLITE_CONSTRAINT_TRIGGER',
  message: 'a trigger rolled the transaction back',
  ofAnyRow: false,
};

function commit(db: Database): Verdict {
  return end(db, 'COMMIT');
}

/** The outermost savepoint is a transaction: deferred keys are checked here. https://sqlite.org/lang_savepoint.html */
function release(db: Database): Verdict {
  return db.inTransaction ? end(db, 'RELEASE rowproof_row') : null;
}

function end(db: Database, sql: string): Verdict {
  try {
    db.exec(sql);
    return null;
  } catch (error) {
    return refusal(db, error, false);
  }
}

function refusal(db: Database, error: unknown, ofAnyRow: boolean): Refusal {
  if (isMachineFault(error, db)) throw error;
  const message = error instanceof Error ? error.message : String(error);
  // Other errors come from a function that the application registered.
  const { code } = sqliteError(error) ?? { code: 'SQLITE_ERROR' };
  return { code, message, ofAnyRow };
}

/** Either engine binds every number as REAL, so that 1 would be 1.0 in a column without a type and '1.0' in TEXT. */
function bindable(value: SqlValue): SqlValue {
  return typeof value === 'number' && Number.isSafeInteger(value) ? BigInt(value) : value;
}

/** The result of `read`, or `otherwise` where SQLite cannot read the table, as when its module is not loaded. */
function readable<T>(read: () => T, otherwise: T): T {
  try {
    return read();
  } catch (error) {
    if (sqliteError(error) === null) throw error;
    return otherwise;
  }
}
