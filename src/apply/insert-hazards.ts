import type { Database } from '../database/connection.ts';
import type { SqlValue } from '../model/connection.ts';
import type { HazardRow } from '../model/hazard.ts';
import { quoteName, quoteNames } from '../sql/quote.ts';

interface RunResult {
  readonly changes: number;
  readonly lastInsertRowid: number | bigint;
}

/**
 * Makes a function that inserts a row unchanged, and deletes it again if it says so; where a row is not to be enforced,
 * foreign keys are off meanwhile, for which it must stand outside a transaction. It returns whether the row went in, which
 * a trigger may prevent in silence, and throws SQLite's error when it is refused.
 */
export function hazardInserter(db: Database): (row: HazardRow) => boolean {
  const prepared = new Map<string, (values: readonly SqlValue[]) => RunResult>();
  const run = (sql: string, values: readonly SqlValue[]): RunResult => {
    const known = prepared.get(sql);
    if (known !== undefined) return known(values);
    const statement = db.prepare<SqlValue[]>(sql);
    prepared.set(sql, (given) => statement.run(...given));
    return statement.run(...values);
  };
  const enforces = db.pragma('foreign_keys', { simple: true }) === 1;
  return ({ table, values, enforced, deleted }) => {
    const into = `main.${quoteName(table)}`;
    const columns = [...values.keys()];
    const marks = columns.map(() => '?').join(', ');
    const insert = `INSERT INTO ${into} (${quoteNames(columns)}) VALUES (${marks})`;
    const isSwitched = enforces && !enforced;
    if (isSwitched) db.pragma('foreign_keys = OFF');
    try {
      const { changes, lastInsertRowid } = run(insert, [...values.values()].map(bindable));
      if (deleted) run(`DELETE FROM ${into} WHERE rowid = ?`, [lastInsertRowid]);
      return changes > 0;
    } finally {
      if (isSwitched) db.pragma('foreign_keys = ON');
    }
  };
}

/** Inserts rows, each once. Refused rows are left out. */
export function insertHazards(db: Database, rows: Iterable<HazardRow>): void {
  const plant = hazardInserter(db);
  for (const row of new Set(rows)) {
    try {
      plant(row);
    } catch {
      // Without the rows that it went in with first, a trigger may refuse it.
    }
  }
}

/** Either engine binds every number as REAL, so that 1 would be 1.0 in a column without a type and '1.0' in TEXT. */
function bindable(value: SqlValue): SqlValue {
  return typeof value === 'number' && Number.isSafeInteger(value) ? BigInt(value) : value;
}
