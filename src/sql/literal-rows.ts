import { inside, items } from './nesting.ts';
import { type Constant, readParts } from './parts.ts';
import { foldName, quoteName, quoteString, sameName } from './quote.ts';
import type { ReferencesClause } from './references-clauses.ts';
import { readWriteText } from './write-text.ts';

/** Rows that a migration writes out as VALUES. */
export interface LiteralRows {
  /** The folded name of the table. */
  readonly table: string;
  readonly sql: string;
}

/**
 * Says as a CHECK what a column holds that will refer to a table which is still to be made with its rows written out: one
 * of their keys, because the author of such a list has the rows in mind.
 * @returns null where the key is not one column, or the rows are not constants.
 */
export function checkOfLiteralRows(
  { columns, parent, parentColumns }: ReferencesClause,
  given: readonly LiteralRows[],
): string | null {
  const [column] = columns;
  if (column === undefined || columns.length > 1) return null;
  const rows = given.filter(({ table }) => table === foldName(parent));
  const keys = rows.flatMap(({ sql }) => keysIn(sql, parentColumns[0] ?? null));
  const literals = keys.map((key) => (typeof key === 'string' ? quoteString(key) : String(key)));
  return literals.length === 0 ? null : `${quoteName(column)} IN (${literals.join(', ')})`;
}

/** The values that an INSERT gives to a column; the key comes first where none is named. */
function keysIn(sql: string, column: string | null): Constant[] {
  const { into, query } = readWriteText(sql);
  const place = column === null ? 0 : (into?.findIndex((name) => sameName(name, column)) ?? 0);
  if (query === null || place < 0) return [];
  const parts = readParts(query);
  return parts.flatMap(({ key, depth }, i) => {
    if (key !== '(' || depth > 0) return [];
    const value = items(inside(parts, i))[place] ?? [];
    return value.flatMap((part) => (part.depth === 1 && part.constant !== null ? [part.constant] : []));
  });
}
