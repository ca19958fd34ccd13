import type { Table } from '../model/schema.ts';
import { namesIn } from './names.ts';
import { foldName, sameName } from './quote.ts';

/** The names of a rowid, where no column has them. https://sqlite.org/lang_createtable.html#rowid */
const names = ['rowid', '_rowid_', 'oid'];

/**
 * The name by which SQL reaches the rowid of a table that no INTEGER PRIMARY KEY keeps: a copy or VACUUM may give the rows
 * other ones. @returns null for a table with such a key, for one without rowids, and where columns have all the names.
 */
export function hiddenRowid({ kind, columns, rowidAlias, withoutRowid }: Table): string | null {
  if (kind !== 'table' || rowidAlias !== null || withoutRowid) return null;
  return rowidName({ columns });
}

/** The name by which SQL reaches the rowid of a table that has rowids; null where columns have all the names. */
export function rowidName({ columns }: Pick<Table, 'columns'>): string | null {
  return names.find((name) => !columns.some((column) => sameName(column.name, name))) ?? null;
}

/** Whether a text may read the hidden rowids of a table. */
export function readsHiddenRowids(sql: string, table: Table): boolean {
  const words = namesIn(sql);
  if (hiddenRowid(table) === null || !words.has(foldName(table.name))) return false;
  return names.some((name) => words.has(name) && !table.columns.some((column) => sameName(column.name, name)));
}
