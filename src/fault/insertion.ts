import { type Database, sqliteError } from '../database/connection.ts';
import { readSchema } from '../database/introspect.ts';
import type { Statement } from '../model/history.ts';
import { readComputed } from '../sql/generated-columns.ts';
import { sameName } from '../sql/quote.ts';
import { tableNamed } from '../sql/tables.ts';
import { readWriteText } from '../sql/write-text.ts';
import type { ReportedInsertion } from './follow.ts';

/** Asks SQLite which columns a statement is about to fill, and from which; null for one that copies no rows. */
export function readInsertion(db: Database, { head, sql }: Statement): ReportedInsertion | null {
  if (head.verb !== 'insert' && head.verb !== 'replace' && head.verb !== 'create-table') return null;
  const { into, query } = readWriteText(sql);
  if (query === null || /^values\b/i.test(query)) return null;
  const results = resultsOf(db, query);
  if (results === null) return null;
  const names = results.map(({ column }) => column);
  if (head.verb === 'create-table')
    return { filled: { given: results.map(({ name }) => name), others: [], computed: [] }, names };
  const table = tableNamed(readSchema(db), head.target ?? '');
  if (table === undefined) return null;
  const columns = table.columns.filter(({ generated }) => generated === 'no');
  const given = into ?? columns.map(({ name }) => name);
  const others = columns
    .filter(({ name }) => !given.some((each) => sameName(each, name)))
    .map((column) => ({ name: column.name, otherwise: column.default ?? 'NULL' }));
  return { filled: { given, others, computed: readComputed(table.sql) }, names };
}

function resultsOf(db: Database, query: string): { readonly name: string; readonly column: string | null }[] | null {
  try {
    return db.prepare(query).columns();
  } catch (error) {
    if (sqliteError(error) === null) throw error;
    // The statement itself fails in the same way, which is told then.
    return null;
  }
}
