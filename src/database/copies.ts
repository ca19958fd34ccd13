import type { CopiedColumn, Copy } from '../model/change.ts';
import type { Statement } from '../model/history.ts';
import { foldName, quoteString, unquote } from '../sql/quote.ts';
import { readWriteText, subqueryResults } from '../sql/write-text.ts';
import { type Database, sqliteError } from './connection.ts';
import type { ResultColumn } from './engine.ts';

/**
 * Asks SQLite where the rows come from that a statement is about to put into a table: for each column of the target the
 * column that it is copied from, seen through views and subqueries (https://sqlite.org/c3ref/column_database_name.html).
 * @returns null for a statement that puts in none, or that does not compile.
 */
export function readCopy(db: Database, { index, head, sql }: Statement): Copy | null {
  if (head.verb !== 'insert' && head.verb !== 'replace' && head.verb !== 'create-table') return null;
  const { into, query } = readWriteText(sql);
  if (query === null || head.target === null) return null;
  try {
    const isValues = /^values\b/i.test(query);
    const described = isValues ? [] : db.prepare(query).columns();
    const subqueries = subqueryResults(query, described.length);
    const results = described.map((result, i) => (subqueries.has(i) ? { ...result, column: null } : result));
    if (head.verb === 'create-table') {
      const columns = results.map((result) => ({ column: result.name, source: sourceOf(result) }));
      return { statement: index, columns };
    }
    const all = targetColumns(db, head.target);
    const given = into ?? all;
    const places = new Map(given.map((name, place) => [foldName(name), place]));
    const columns = all.map((column): CopiedColumn => {
      const place = places.get(foldName(column));
      if (place === undefined) return { column, source: { kind: 'default' } };
      const result = results[place];
      return { column, source: result === undefined ? { kind: 'expression' } : sourceOf(result) };
    });
    return { statement: index, columns };
  } catch (error) {
    if (sqliteError(error) === null) throw error;
    // The statement itself fails in the same way, which is told then.
    return null;
  }
}

function sourceOf({ name, column, table }: ResultColumn): CopiedColumn['source'] {
  if (column !== null && table !== null) return { kind: 'column', table, column };
  // SQLite names a result by its text: a quoted name that is no column has become a string.
  return /^"(?:[^"]|"")*"$/.test(name) ? { kind: 'literal', text: unquote(name) } : { kind: 'expression' };
}

/** The columns that INSERT fills when it lists none. */
function targetColumns(db: Database, table: string): string[] {
  return db
    .prepare<[], string>(`SELECT name FROM pragma_table_xinfo(${quoteString(table)}) WHERE hidden = 0 ORDER BY cid`)
    .pluck()
    .all();
}
