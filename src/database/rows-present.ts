import type { SqlValue } from '../model/connection.ts';
import type { RowSink } from '../model/dataset.ts';
import { quoteName, quoteNames } from '../sql/quote.ts';
import { subquery } from '../sql/subquery.ts';
import { type Database, sqliteError } from './connection.ts';
import type { DriverStatement } from './engine.ts';

/** The questions of a sink about rows that are there. A table that SQLite cannot read counts as empty. */
export function rowReading(
  db: Database,
  prepared: (sql: string) => DriverStatement<SqlValue[]>,
): Pick<RowSink, 'isEmpty' | 'count' | 'rows' | 'first' | 'select'> {
  return {
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
        const rows = db.prepare<[number, number], SqlValue[]>(sql).raw().safeIntegers().all(limit, offset);
        return rows.map((row) => row.map(plainNumber));
      }, []),
    select: (query, limit) =>
      readable(() => {
        const sql = `SELECT * FROM ${subquery(query)} LIMIT ?`;
        const rows = db.prepare<[number], SqlValue[]>(sql).raw().safeIntegers().all(limit);
        return rows.map((row) => row.map(plainNumber));
      }, []),
    first: ({ name, columns }) => {
      const written = columns.filter(({ generated }) => generated === 'no').map((column) => column.name);
      if (written.length === 0) return null;
      const sql = `SELECT ${quoteNames(written)} FROM main.${quoteName(name)} NOT INDEXED LIMIT 1`;
      const values = readable(() => db.prepare<[], SqlValue[]>(sql).raw().safeIntegers().get(), undefined);
      return values === undefined ? null : new Map(written.map((each, i) => [each, plainNumber(values[i] ?? null)]));
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

function plainNumber(value: SqlValue): SqlValue {
  return typeof value === 'bigint' && Number.isSafeInteger(Number(value)) ? Number(value) : value;
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
