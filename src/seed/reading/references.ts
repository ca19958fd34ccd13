import type { Column, Schema, Table } from '../../model/schema.ts';
import { foldName, includesName } from '../../sql/quote.ts';
import type { ReferencesClause } from '../../sql/references-clauses.ts';
import { columnNamed, columnsNamed, tableNamed } from '../../sql/tables.ts';
import { canHold, type KeyColumn } from './keys.ts';
import type { Later } from './later.ts';
import type { KeyNames } from './names-of-keys.ts';

/** Columns of a table that point at a row of `parent`. */
export interface Reference {
  readonly columns: readonly string[];
  readonly parent: Table;
  readonly parentColumns: readonly string[];
  /** Whether the schema declares it, so that SQLite may enforce it. */
  readonly declared: boolean;
}

/** The references of a table. */
export interface References {
  readonly found: readonly Reference[];
  /** Columns, folded, that point or will point at a missing table or column. */
  readonly dangling: readonly string[];
}

/** Finds references in a schema. */
export interface ReferenceFinder {
  /** The references of a table. */
  readonly ofTable: (table: Table) => References;
  /** The key that a name without a column means in a row of `table`, or null. */
  readonly ofName: (name: string, table: Table) => KeyColumn | null;
}

/**
 * Reads what the columns of tables point at: declared foreign keys, those that a later migration
 * will declare, and those that only names tell.
 */
export function referenceFinder(schema: Schema, later: Later, names: KeyNames): ReferenceFinder {
  const ofTable = (table: Table): References => {
    const found: Reference[] = [];
    const dangling: string[] = [];
    const links = (later.declarations.get(foldName(table.name)) ?? []).flatMap((declaration) => declaration.links);
    for (const [i, link] of [...table.foreignKeys, ...links].entries()) {
      const declared = i < table.foreignKeys.length;
      if (!declared && link.columns.some((column) => pointsAlready(found, column))) continue;
      // SQLite makes it of other columns.
      if (link.columns.some((column) => columnNamed(table, column)?.generated !== 'no')) continue;
      const reference = resolve(link, table, schema, declared);
      if (reference === null) dangling.push(...link.columns.map(foldName));
      else found.push(reference);
    }
    for (const column of table.columns) {
      const namesake = names.namesake(column.name);
      const key = namesake && mayPoint(column, table, namesake) ? namesake : names.keyNamedBy(column, table);
      if (key === null || pointsAlready(found, column.name)) continue;
      // It points at what is not there, and may be NULL instead.
      if (dangling.includes(foldName(column.name)) && !column.notNull && column.keyPosition === 0) continue;
      // Rows that a later migration copies there are not there yet.
      if (later.copiedFrom.get(foldName(key.table.name))?.has(foldName(table.name))) continue;
      found.push({ columns: [column.name], parent: key.table, parentColumns: [key.column.name], declared: false });
    }
    for (const link of later.matches.get(foldName(table.name)) ?? []) {
      const [column = ''] = link.columns;
      if (pointsAlready(found, column) || includesName(dangling, column)) continue;
      const reference = resolve(link, table, schema, false);
      if (reference !== null && !later.copiedFrom.get(foldName(link.parent))?.has(foldName(table.name)))
        found.push(reference);
    }
    // Of two keys over the same column the wider one decides, for its parent's row carries the narrower one's value.
    return { found: found.sort((a, b) => a.columns.length - b.columns.length), dangling };
  };
  return { ofTable, ofName: (name, table) => names.keyNamedBy({ ...unknownColumn, name }, table) };
}

const unknownColumn = { type: '', generated: 'no', keyPosition: 0 } as const;

function mayPoint(column: Column, table: Table, key: KeyColumn): boolean {
  const isOwnKey = table.primaryKey.length === 1 && column.keyPosition === 1;
  return !isOwnKey && key.table !== table && column.generated === 'no' && canHold(column, key.column);
}

function pointsAlready(references: readonly Reference[], column: string): boolean {
  return references.some(({ columns }) => includesName(columns, column));
}

function resolve(link: ReferencesClause, table: Table, schema: Schema, declared: boolean): Reference | null {
  const parent = tableNamed(schema, link.parent);
  if (parent === undefined) return null;
  const parentNames = link.parentColumns.length === 0 ? parent.primaryKey : link.parentColumns;
  // A later migration may write the names in other letters.
  const columns = columnsNamed(table, link.columns).map(({ name }) => name);
  const parentColumns = columnsNamed(parent, parentNames).map(({ name }) => name);
  if (columns.length !== link.columns.length || parentColumns.length !== columns.length) return null;
  return parentNames.length === columns.length ? { columns, parent, parentColumns, declared } : null;
}
