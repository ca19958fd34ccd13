import type { Statement } from 'better-sqlite3';
import type { SqlValue } from '../model/connection.ts';
import type { Judge, Refusal, Verdict } from '../model/dataset.ts';
import { quoteName, quoteNames } from '../sql/quote.ts';
import { type Database, sqliteError } from './connection.ts';

/**
 * Makes the judge over a connection, whose settings decide what it accepts. It must stand outside a transaction, for
 * `PRAGMA foreign_keys` does nothing inside one (https://sqlite.org/pragma.html#pragma_foreign_keys).
 */
export function createJudge(db: Database): Judge {
  const statements = new Map<string, Statement<SqlValue[]>>();

  const prepared = (sql: string): Statement<SqlValue[]> => {
    const statement = statements.get(sql) ?? db.prepare<SqlValue[]>(sql);
    statements.set(sql, statement);
    return statement;
  };

  return {
    insert: (table, row) => {
      let insert: Statement<SqlValue[]>;
      try {
        insert = prepared(insertInto(table, [...row.keys()]));
      } catch (error) {
        return refusal(error, true);
      }
      // The savepoint takes back what triggers did before one of them refused with RAISE(FAIL).
      db.exec('SAVEPOINT rowproof_row');
      try {
        insert.run(...[...row.values()].map(bindable));
        db.exec('RELEASE rowproof_row');
        return null;
      } catch (error) {
        // RAISE(ROLLBACK) has taken the savepoint away already.
        if (db.inTransaction) db.exec('ROLLBACK TO rowproof_row; RELEASE rowproof_row');
        return refusal(error, false);
      }
    },

    isEmpty: (table) => readable(() => prepared(`SELECT 1 FROM main.${quoteName(table)}`).get() === undefined, true),

    rows: (table, columns, limit) =>
      readable(() => {
        const present = columns.map((column) => `${quoteName(column)} IS NOT NULL`).join(' AND ');
        // NOT INDEXED: a covering index would give the rows in its own order.
        const sql = `SELECT ${quoteNames(columns)} FROM main.${quoteName(table)} NOT INDEXED WHERE ${present} LIMIT ?`;
        return db.prepare<[number], SqlValue[]>(sql).raw().safeIntegers().all(limit);
      }, []),

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

function insertInto(table: string, columns: readonly string[]): string {
  const target = `INSERT INTO main.${quoteName(table)}`;
  if (columns.length === 0) return `${target} DEFAULT VALUES`;
  return `${target} (${quoteNames(columns)}) VALUES (${columns.map(() => '?').join(', ')})`;
}

const rolledBack: Refusal = {
  code: 'SQLITE_CONSTRAINT_TRIGGER',
  message: 'a trigger rolled the transaction back',
  ofAnyRow: false,
};

function commit(db: Database): Verdict {
  try {
    db.exec('COMMIT');
    return null;
  } catch (error) {
    return refusal(error, false);
  }
}

function refusal(error: unknown, ofAnyRow: boolean): Refusal {
  const message = error instanceof Error ? error.message : String(error);
  // What is not SQLite's comes from a function that the application registered.
  const { code } = sqliteError(error) ?? { code: 'SQLITE_ERROR' };
  return { code, message, ofAnyRow };
}

/** better-sqlite3 binds every number as REAL, so that 1 would be 1.0 in a column without a type and '1.0' in TEXT. */
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
