import type { Migration } from '../../model/history.ts';
import type { Schema, Table } from '../../model/schema.ts';
import { readUpdate } from '../../sql/assignments.ts';
import { columnNamesIn } from '../../sql/expressions.ts';
import { foldName, sameName } from '../../sql/quote.ts';
import { tableNamed } from '../../sql/tables.ts';
import { readWords } from '../../sql/words.ts';
import { append } from './append.ts';

/**
 * Reads the columns of which an UPDATE to come makes the key of their table, by the folded name of it: the application gives each row
 * a value of its own there, as it does in a key. `UPDATE t SET id = lower(code)` makes it of `code`.
 */
export function readRekeyed(migrations: readonly Migration[], schema: Schema): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const { head, sql } of migrations.flatMap(({ statements }) => statements)) {
    const table = head.verb === 'update' ? tableNamed(schema, head.target ?? '') : undefined;
    if (table === undefined) continue;
    for (const { column, text } of readUpdate(sql).assignments) {
      const source = isKey(table, column) && text !== null ? sourceIn(text, table) : null;
      if (source !== null && !sameName(source, column)) append(found, foldName(table.name), [source]);
    }
  }
  return found;
}

/** Whether a column is by itself the primary key, or unique in all rows. */
function isKey({ primaryKey, indexes }: Table, column: string): boolean {
  const keys = [
    primaryKey,
    ...indexes.filter(({ unique, partial }) => unique && !partial).map(({ columns }) => columns),
  ];
  return keys.some(([name, ...more]) => more.length === 0 && name != null && sameName(name, column));
}

/** The only column of the table in an expression that reads nothing else; null for any other expression. */
function sourceIn(text: string, { columns }: Table): string | null {
  if (/\bselect\b/i.test(text)) return null;
  const named = columnNamesIn(readWords(text));
  const [source, more] = columns.filter(({ name }) => named.includes(foldName(name)));
  return source === undefined || more !== undefined ? null : source.name;
}
