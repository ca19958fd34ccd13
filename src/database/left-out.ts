import type { Migration, Statement } from '../model/history.ts';
import type { LeftOut } from '../model/outcome.ts';
import { quoteName, quoteString, sameName } from '../sql/quote.ts';
import { isVolatile } from '../sql/volatile.ts';
import { readWriteText } from '../sql/write-text.ts';
import { type Database, sqliteError } from './connection.ts';

/** Whether a statement may leave rows out that are deleted or dropped with their table further on. */
export function mayLeaveOut({ head, index, sql }: Statement, { statements }: Migration): boolean {
  if (head.verb !== 'insert' || !head.narrowings.includes('or-ignore') || isVolatile(sql)) return false;
  return statements.some(
    (later) =>
      later.index > index &&
      (later.head.verb === 'delete' || later.head.verb === 'drop-table') &&
      head.sources.some((source) => sameName(source, later.head.target ?? '')),
  );
}

/**
 * Counts what an INSERT OR IGNORE … SELECT, which has just run, left out and what is not in its table: a row that is there
 * already, in all that the statement gives, is not lost.
 * @returns null where nothing is, or where the query cannot run again.
 */
export function countLeftOut(db: Database, { index, head, sql }: Statement): LeftOut | null {
  const { into, query } = readWriteText(sql);
  const table = head.target;
  if (query === null || table === null) return null;
  try {
    const all = db
      .prepare<[], string>(`SELECT name FROM pragma_table_xinfo(${quoteString(table)}) WHERE hidden = 0 ORDER BY cid`)
      .pluck()
      .all();
    const columns = into ?? all;
    const names = columns.map((_, i) => `c${i}`);
    const held = columns.map(quoteName).join(', ');
    const same = columns.map((column, i) => `t.${quoteName(column)} IS q.${names[i]}`).join(' AND ');
    const given = `WITH q (${names.join(', ')}) AS (${query}\n)`;
    // Most rows are equal to the byte; the rest are compared after the conversion of the columns.
    const missing = `SELECT * FROM q EXCEPT SELECT ${held} FROM main.${quoteName(table)}`;
    const count = (from: string): number =>
      db.prepare<[], number>(`${given} SELECT count(*) FROM ${from}`).pluck().get() ?? 0;
    const rows = count(
      `(${missing}) AS q WHERE NOT EXISTS (SELECT 1 FROM main.${quoteName(table)} AS t WHERE ${same})`,
    );
    if (rows === 0) return null;
    return { statement: index, table, sources: head.sources, rows, of: count('(SELECT DISTINCT * FROM q)') };
  } catch (error) {
    if (sqliteError(error) === null) throw error;
    return null;
  }
}
