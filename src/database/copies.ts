import type { CopiedColumn, Copy, Expression } from '../model/change.ts';
import type { Statement } from '../model/history.ts';
import { readCompound } from '../sql/compound.ts';
import { foldName, quoteString, unquote } from '../sql/quote.ts';
import { readResultColumns } from '../sql/result-columns.ts';
import { readWriteText } from '../sql/write-text.ts';
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
    const results = readResults(db, query);
    const { common, selects, isUnion } = readCompound(query);
    const others = (isUnion ? selects.slice(1) : []).map((other) => readResults(db, common + other));
    if (head.verb === 'create-table') {
      const named = (sources: readonly { readonly source: Source }[]): CopiedColumn[] =>
        results.map(({ name }, i) => ({
          column: name,
          source: sources[i]?.source ?? { kind: 'expression', by: null },
        }));
      return { statement: index, columns: named(results), united: others.map(named) };
    }
    const all = targetColumns(db, head.target);
    const given = into ?? all;
    const places = new Map(given.map((name, place) => [foldName(name), place]));
    const columnsOf = (sources: readonly { readonly source: Source }[]): CopiedColumn[] =>
      all.map((column): CopiedColumn => {
        const place = places.get(foldName(column));
        if (place === undefined) return { column, source: { kind: 'default' } };
        return { column, source: sources[place]?.source ?? { kind: 'expression', by: null } };
      });
    return { statement: index, columns: columnsOf(results), united: others.map(columnsOf) };
  } catch (error) {
    if (sqliteError(error) === null) throw error;
    // The statement itself fails in the same way, and that error is reported.
    return null;
  }
}

type Source = CopiedColumn['source'];

/** The columns of a query by name, with where they come from; none for VALUES. */
function readResults(db: Database, query: string): { readonly name: string; readonly source: Source }[] {
  if (/^values\b/i.test(query)) return [];
  const results = db.prepare(query).columns();
  const expressions = readResultColumns(query, results.length);
  return results.map((result, i) => ({ name: result.name, source: sourceOf(result, expressions[i] ?? null) }));
}

function sourceOf({ name, column, table }: ResultColumn, by: Expression | null): Source {
  if (by?.looksUp === true) return { kind: 'expression', by };
  if (column !== null && table !== null) return { kind: 'column', table, column };
  // SQLite names a result by its text: a quoted name without a column has become a string.
  return /^"(?:[^"]|"")*"$/.test(name) ? { kind: 'literal', text: unquote(name) } : { kind: 'expression', by };
}

/** The columns that INSERT fills when it lists none. */
function targetColumns(db: Database, table: string): string[] {
  return db
    .prepare<[], string>(`SELECT name FROM pragma_table_xinfo(${quoteString(table)}) WHERE hidden = 0 ORDER BY cid`)
    .pluck()
    .all();
}
