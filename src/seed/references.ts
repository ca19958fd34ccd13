import type { Schema, Table } from '../model/schema.ts';
import { foldName, sameName } from '../sql/quote.ts';
import { findKeys, keyNamedBy } from './keys.ts';
import type { Later } from './later.ts';
import type { Link } from './links.ts';

/** Columns of a table that point at a row of `parent`. */
export interface Reference {
  readonly columns: readonly string[];
  readonly parent: Table;
  readonly parentColumns: readonly string[];
  /** Whether the schema declares it, so that SQLite may enforce it. */
  readonly declared: boolean;
}

/**
 * Makes a function that finds what the columns of a table point at: declared foreign keys, those that a later migration
 * will declare, and those that only names tell. Keys to tables or columns that do not exist are left out.
 */
export function referenceFinder(schema: Schema, later: Later): (table: Table) => readonly Reference[] {
  const tables = new Map(schema.tables.map((table) => [foldName(table.name), table]));
  const keys = findKeys(schema.tables);
  return (table) => {
    const declared = table.foreignKeys.flatMap((key) => resolve(key, table, tables, true));
    const links = (later.declarations.get(foldName(table.name)) ?? []).flatMap((declaration) => declaration.links);
    const expected = links.flatMap((link) => resolve(link, table, tables, false));
    const named = table.columns.flatMap((column): Reference[] => {
      const key = keyNamedBy(column, table, keys);
      if (key === null) return [];
      return [{ columns: [column.name], parent: key.table, parentColumns: [key.column.name], declared: false }];
    });
    const found: Reference[] = [...declared];
    for (const reference of [...expected, ...named]) {
      if (!reference.columns.some((column) => pointsAlready(found, column))) found.push(reference);
    }
    // Of two keys over the same column the wider one decides, for its parent's row carries the narrower one's value.
    return found.sort((a, b) => a.columns.length - b.columns.length);
  };
}

function pointsAlready(references: readonly Reference[], column: string): boolean {
  return references.some(({ columns }) => columns.some((name) => sameName(name, column)));
}

function resolve(link: Link, table: Table, tables: ReadonlyMap<string, Table>, declared: boolean): Reference[] {
  const parent = tables.get(foldName(link.parent));
  if (parent === undefined || !link.columns.every((column) => hasColumn(table, column))) return [];
  const parentColumns = link.parentColumns.length === 0 ? parent.primaryKey : link.parentColumns;
  if (parentColumns.length !== link.columns.length) return [];
  if (!parentColumns.every((column) => hasColumn(parent, column))) return [];
  return [{ columns: link.columns, parent, parentColumns, declared }];
}

function hasColumn(table: Table, column: string): boolean {
  return table.columns.some(({ name }) => sameName(name, column));
}
