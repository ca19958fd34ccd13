import type { Table } from '../model/schema.ts';
import { hiddenRowid, rowidName } from '../sql/hidden-rowids.ts';
import { quoteName, sameName } from '../sql/quote.ts';
import { type Database, sqliteError } from './connection.ts';

/**
 * Counts the rows of a table with hidden rowids that no longer stand under the rowid that they had, by the columns that keep
 * name and type.
 * @param before the schema that the earlier database is attached as.
 * @returns 0 where the table has no rowids any more, or where its rows cannot be read: other findings tell that.
 */
export function countRenumbered(db: Database, before: string, was: Table, now: Table): number {
  const had = hiddenRowid(was);
  const has = now.rowidAlias ?? rowidName(now);
  if (had === null || has === null || now.withoutRowid) return 0;
  const isSame = (a: Table['columns'][number], b: Table['columns'][number]): boolean =>
    sameName(a.name, b.name) && sameName(a.type, b.type) && b.generated === 'no';
  const columns = was.columns.filter((column) => now.columns.some((other) => isSame(column, other)));
  const rows = (schema: string, rowid: string, table: string): string =>
    `SELECT ${[rowid, ...columns.map(({ name }) => quoteName(name))].join(', ')} FROM ${schema}.${quoteName(table)}`;
  const moved = `${rows(before, had, was.name)} EXCEPT ${rows('main', quoteName(has), now.name)}`;
  try {
    return db.prepare<[], number>(`SELECT count(*) FROM (${moved})`).pluck().get() ?? 0;
  } catch (error) {
    if (sqliteError(error) === null) throw error;
    return 0;
  }
}
