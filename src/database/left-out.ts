import type { Migration, Statement } from '../model/history.ts';
import type { LeftOut } from '../model/outcome.ts';
import { readUpdate } from '../sql/assignments.ts';
import { quoteName, quoteString, sameName } from '../sql/quote.ts';
import { isVolatile } from '../sql/volatile.ts';
import { readWriteText } from '../sql/write-text.ts';
import { type Database, sqliteError } from './connection.ts';

/** Whether a statement may leave rows out that are deleted or dropped with their table further on. */
export function mayLeaveOut({ head, index, sql }: Statement, { statements }: Migration): boolean {
  const { verb, narrowings } = head;
  if ((verb !== 'insert' && verb !== 'replace') || isVolatile(sql)) return false;
  if (!narrowings.includes('or-ignore') && !(narrowings.includes('or-replace') && replacesWhole(sql))) return false;
  return statements.some(
    (later) =>
      later.index > index &&
      (later.head.verb === 'delete' || later.head.verb === 'drop-table') &&
      head.sources.some((source) => sameName(source, later.head.target ?? '')),
  );
}

/** Whether the last of two rows with one key takes the place of the first: an upsert that adds both up loses neither. */
function replacesWhole(sql: string): boolean {
  const sets = /\bon\s+conflict\b/i.test(sql) ? readUpdate(sql).assignments : [];
  return sets.every(({ text }) => /^excluded\s*\.\s*(?:\w+|"[^"]+"|`[^`]+`)$/i.test(text?.trim() ?? ''));
}

/**
 * Counts what an INSERT … SELECT with OR IGNORE or OR REPLACE, which has just run, left out or replaced by another of its rows
 * and what is not in its table: a row that is there already, in all that the statement gives, is not lost.
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
