import type { Refusal, RowSink, RowVerdict } from '../model/dataset.ts';
import type { Database } from './connection.ts';
import { refusalOf } from './refusal.ts';

/** The transactions of a sink. */
export function rowTransactions(db: Database): Pick<RowSink, 'transaction' | 'trial' | 'together' | 'unenforced'> {
  return {
    transaction: (work) =>
      inTransaction(db, 'BEGIN', () => {
        work();
        return commit(db);
      }),
    trial: (work) => inTransaction(db, 'BEGIN', work),
    together: (work) =>
      withKeys(db, true, () => inTransaction(db, 'BEGIN; PRAGMA defer_foreign_keys = ON', () => work() ?? commit(db))),
    unenforced: (work) => withKeys(db, false, work),
  };
}

/** Runs `work` in a transaction, which is rolled back unless `work` has ended it. */
function inTransaction<T>(db: Database, begin: string, work: () => T): T {
  db.exec(begin);
  try {
    return work();
  } finally {
    if (db.inTransaction) db.exec('ROLLBACK');
  }
}

/** Inside a transaction the switch has no effect. https://sqlite.org/pragma.html#pragma_foreign_keys */
function withKeys<T>(db: Database, isOn: boolean, work: () => T): T {
  const before = db.pragma('foreign_keys', { simple: true }) === 1;
  if (before === isOn) return work();
  db.pragma(`foreign_keys = ${isOn ? 'ON' : 'OFF'}`);
  try {
    return work();
  } finally {
    db.pragma(`foreign_keys = ${before ? 'ON' : 'OFF'}`);
  }
}

function commit(db: Database): RowVerdict {
  return db.inTransaction ? ended(db, 'COMMIT') : rolledBack;
}

const rolledBack: Refusal = {
  code: 'SQLITE_CONSTRAINT_TRIGGER',
  message: 'a trigger rolled the transaction back',
  ofAnyRow: false,
};

/** Ends a transaction by `sql`; returns SQLite's reason against it, or null. */
export function ended(db: Database, sql: string): RowVerdict {
  try {
    db.exec(sql);
    return null;
  } catch (error) {
    return refusalOf(db, error, false);
  }
}
