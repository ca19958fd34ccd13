import type { ColumnBefore, NamedColumn } from '../model/change.ts';
import { originsBehind } from './computations.ts';
import type { FollowedTables } from './followed-tables.ts';
import { aliasesOf } from './lookups.ts';
import { foldName } from './quote.ts';

/**
 * Finds the columns of before that a lookup names. A name without a table before it belongs to a table of the lookup, if one has
 * such a column, and else to the table that is written: https://sqlite.org/lang_select.html
 * @param target the table that an UPDATE writes; null where a query reads all tables in one FROM.
 */
export function originsOfLookup(
  moving: FollowedTables,
  sql: string,
  target: string | null,
  sources: readonly string[],
  names: readonly NamedColumn[],
): ColumnBefore[] {
  const tables = target === null ? sources : [target, ...sources];
  const aliases = new Map(tables.map((table) => [table, new Set(aliasesOf(sql, table).map(foldName))]));
  const has = (table: string, name: string): boolean => moving.get(foldName(table))?.feeds.has(name) === true;
  return names.flatMap(({ qualifier, name }) => {
    const inner = sources.filter((table) => has(table, name));
    const unqualified = inner.length > 0 ? inner : tables;
    const own = qualifier === null ? unqualified : tables.filter((table) => aliases.get(table)?.has(qualifier));
    return originsBehind(moving, own, [name]);
  });
}
