import type { Column, Schema, Table } from '../model/schema.ts';
import { foldName, sameName } from '../sql/quote.ts';
import { canHold, findKeys, keyNamedBy } from './keys.ts';
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

/** What the columns of a table point at. */
export interface References {
  readonly found: readonly Reference[];
  /** Columns, folded, that point or will point at a table or column that is not there. */
  readonly dangling: readonly string[];
}

/**
 * Makes a function that finds what the columns of a table point at: declared foreign keys, those that a later migration
 * will declare, and those that only names tell.
 */
export function referenceFinder(schema: Schema, later: Later): (table: Table) => References {
  const tables = new Map(schema.tables.map((table) => [foldName(table.name), table]));
  const keys = findKeys(schema.tables);
  const namesakes = targetsByName(schema.tables, tables);
  return (table) => {
    const found: Reference[] = [];
    const dangling: string[] = [];
    const links = (later.declarations.get(foldName(table.name)) ?? []).flatMap((declaration) => declaration.links);
    for (const [link, declared] of [...table.foreignKeys.map(declaredLink), ...links.map(laterLink)]) {
      if (!declared && link.columns.some((column) => pointsAlready(found, column))) continue;
      const reference = resolve(link, table, tables, declared);
      if (reference === null) dangling.push(...link.columns.map(foldName));
      else found.push(reference);
    }
    for (const column of table.columns) {
      const namesake = namesakes.get(foldName(column.name));
      const target = namesake && mayPoint(column, table, namesake) ? namesake : keyNamedBy(column, table, keys);
      if (target === null || pointsAlready(found, column.name)) continue;
      const { table: parent, column: key } = target;
      found.push({ columns: [column.name], parent, parentColumns: [key.name], declared: false });
    }
    // Of two keys over the same column the wider one decides, for its parent's row carries the narrower one's value.
    return { found: found.sort((a, b) => a.columns.length - b.columns.length), dangling };
  };
}

function declaredLink(link: Link): readonly [Link, boolean] {
  return [link, true];
}

function laterLink(link: Link): readonly [Link, boolean] {
  return [link, false];
}

/** Where columns of one name point, by that name, folded, as far as declarations agree: `org_id` may mean organizations. */
function targetsByName(
  tables: readonly Table[],
  byName: ReadonlyMap<string, Table>,
): ReadonlyMap<string, { readonly table: Table; readonly column: Column }> {
  const targets = new Map<string, { readonly table: Table; readonly column: Column }>();
  const disputed = new Set<string>();
  for (const table of tables) {
    for (const key of table.foreignKeys) {
      const parent = byName.get(foldName(key.parent));
      const column = parent?.columns.find(({ name }) => sameName(name, key.parentColumns[0] ?? ''));
      if (key.columns.length !== 1 || parent === undefined || parent === table || column === undefined) continue;
      const name = foldName(key.columns[0] ?? '');
      if ((targets.get(name)?.table ?? parent) !== parent) disputed.add(name);
      targets.set(name, { table: parent, column });
    }
  }
  for (const name of disputed) targets.delete(name);
  return targets;
}

function mayPoint(column: Column, table: Table, target: { readonly table: Table; readonly column: Column }): boolean {
  const isOwnKey = table.primaryKey.length === 1 && column.keyPosition === 1;
  return !isOwnKey && target.table !== table && column.generated === 'no' && canHold(column, target.column);
}

function pointsAlready(references: readonly Reference[], column: string): boolean {
  return references.some(({ columns }) => columns.some((name) => sameName(name, column)));
}

function resolve(link: Link, table: Table, tables: ReadonlyMap<string, Table>, declared: boolean): Reference | null {
  const parent = tables.get(foldName(link.parent));
  if (parent === undefined || !link.columns.every((column) => hasColumn(table, column))) return null;
  const parentColumns = link.parentColumns.length === 0 ? parent.primaryKey : link.parentColumns;
  if (parentColumns.length !== link.columns.length) return null;
  if (!parentColumns.every((column) => hasColumn(parent, column))) return null;
  return { columns: link.columns, parent, parentColumns, declared };
}

function hasColumn(table: Table, column: string): boolean {
  return table.columns.some(({ name }) => sameName(name, column));
}
