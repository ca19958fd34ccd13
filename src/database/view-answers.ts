import { quoteName, quoteString, sameName } from '../sql/quote.ts';
import { type Database, sqliteError } from './connection.ts';

/**
 * Counts the rows that a view gave before and gives no longer, in the columns that it computes: a bare column has the values
 * of its table. @param before the schema that the earlier database is attached as.
 * @returns null where it cannot be read, which is another finding, or no matter of the history.
 */
export function countOtherAnswers(db: Database, before: string, view: string): { rows: number; of: number } | null {
  try {
    return countOthers(db, before, view);
  } catch (error) {
    if (sqliteError(error) === null) throw error;
    return null;
  }
}

function countOthers(db: Database, before: string, view: string): { rows: number; of: number } {
  const named = quoteName(view);
  const columnsOf = (schema: string): string[] =>
    db
      .prepare<[], string>(`SELECT name FROM pragma_table_xinfo(${quoteString(view)}, ${quoteString(schema)})`)
      .pluck()
      .all();
  const has = columnsOf('main');
  const shared = columnsOf(before).filter((column) => has.some((name) => sameName(name, column)));
  const bare = db.prepare(`SELECT * FROM main.${named}`).columns();
  const isBare = (column: string): boolean =>
    bare.some(({ name, column: origin }) => name === column && origin !== null);
  const columns = shared.filter((column) => !isBare(column)).map(quoteName);
  const count = (from: string): number => db.prepare<[], number>(`SELECT count(*) FROM ${from}`).pluck().get() ?? 0;
  const of = count(`${before}.${named}`);
  const lost = of - count(`main.${named}`);
  if (lost !== 0 || columns.length === 0) return { rows: Math.abs(lost), of };
  const groups = (schema: string): string =>
    `SELECT ${columns.join(', ')}, count(*) FROM ${schema}.${named} GROUP BY ${columns.join(', ')}`;
  const other = `SELECT * FROM (${groups(before)}) EXCEPT SELECT * FROM (${groups('main')})`;
  return { rows: count(`(${other})`), of };
}
