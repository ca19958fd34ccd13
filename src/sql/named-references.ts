import { foldName } from './quote.ts';

/**
 * Whether a column of another table says by its name that it holds the number of a row: `album_id`, `albumId`, `albums_id` or
 * `album_rowid` for a row of `albums`, or the name of its key where that says it, such as `album_no`.
 * @param key the column of the table that holds the number; null where that is its hidden rowid.
 */
export function refersByName(column: string, table: string, key: string | null): boolean {
  const name = joined(column);
  const forms = formsOf(joined(table));
  const ends = ['rowid', 'row_id', ...(key === null ? [] : [joined(key)])];
  if (forms.some((form) => ends.some((end) => name === `${form}_${end}` || name.endsWith(`_${form}_${end}`))))
    return true;
  const isTelling = key !== null && forms.some((form) => joined(key).startsWith(`${form}_`));
  return isTelling && name === joined(key);
}

/** The words of a name in small letters, joined by `_`. */
function joined(name: string): string {
  return foldName(name.replace(/(\p{Ll}|\d)(\p{Lu})/gu, '$1_$2')).replace(/[^\p{L}\p{N}]+/gu, '_');
}

/** A name as it is, and in the singular. */
function formsOf(table: string): string[] {
  if (/[^aeiou]ies$/.test(table)) return [table, `${table.slice(0, -3)}y`];
  if (/(?:ss|sh|ch|x|zz|us)es$/.test(table)) return [table, table.slice(0, -2)];
  return /[^su]s$/.test(table) ? [table, table.slice(0, -1)] : [table];
}
