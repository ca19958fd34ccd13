import { quoteName, quoteString, sameName } from '../sql/quote.ts';
import { type Database, sqliteError } from './connection.ts';

/**
 * Counts the rows that a view gave before and gives no longer, in the columns that it computes: a bare column has the values
 * of its table.
 * @param before the schema that the earlier database is attached as.
 * @param whole whether bare columns of the same type count too: rows may stand beside others than before.
 * @returns null where it cannot be read, which is another finding, or no matter of the history.
 */
export function countOtherAnswers(
  db: Database,
  before: string,
  view: string,
  whole: boolean,
): { rows: number; of: number } | null {
  try {
    return countOthers(db, before, view, whole);
  } catch (error) {
    if (sqliteError(error) === null) throw error;
    return null;
  }
}

function countOthers(db: Database, before: string, view: string, whole: boolean): { rows: number; of: number } {
  const named = quoteName(view);
  const columnsOf = (schema: string): { name: string; type: string }[] =>
    db
      .prepare<[], { name: string; type: string }>(
        `SELECT name, type FROM pragma_table_xinfo(${quoteString(view)}, ${quoteString(schema)})`,
      )
      .all();
  const has = columnsOf('main');
  const bare = db.prepare(`SELECT * FROM main.${named}`).columns();
  const isBare = (column: string): boolean =>
    bare.some(({ name, column: origin }) => name === column && origin !== null);
  const shared = columnsOf(before).filter(({ name, type }) => {
    const now = has.find((other) => sameName(other.name, name));
    return now !== undefined && (!isBare(name) || (whole && sameName(now.type, type)));
  });
  const columns = shared.map(({ name }) => quoteName(name));
  const count = (from: string): number => db.prepare<[], number>(`SELECT count(*) FROM ${from}`).pluck().get() ?? 0;
  const of = count(`${before}.${named}`);
  const lost = of - count(`main.${named}`);
  if (lost !== 0 || columns.length === 0) return { rows: Math.abs(lost), of };
  const groups = (schema: string): string =>
    `SELECT ${columns.join(', ')}, count(*) FROM ${schema}.${named} GROUP BY ${columns.join(', ')}`;
  const other = `SELECT * FROM (${groups(before)}) EXCEPT SELECT * FROM (${groups('main')})`;
  return { rows: count(`(${other})`), of };
}
