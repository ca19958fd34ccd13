import type { Column, Schema, Table } from '../model/schema.ts';
import { foldName, sameName } from './quote.ts';

/** The tables of a schema by what they are looked up by. */
interface Lookup {
  readonly byName: ReadonlyMap<string, Table>;
  readonly byParent: ReadonlyMap<string, readonly Table[]>;
}

/** A schema is asked at every turn and never changes. */
const lookups = new WeakMap<Schema, Lookup>();

/** The table of a schema that has a name, or undefined. */
export function tableNamed(schema: Schema, name: string): Table | undefined {
  return lookupOf(schema).byName.get(foldName(name));
}

/** The column of a table that has a name, or undefined. */
export function columnNamed({ columns }: Pick<Table, 'columns'>, name: string): Column | undefined {
  return columns.find((column) => sameName(column.name, name));
}

/** The columns of a table that have names, in the order of the names; a name without a column is left out. */
export function columnsNamed(table: Pick<Table, 'columns'>, names: Iterable<string>): Column[] {
  return [...names].flatMap((name) => columnNamed(table, name) ?? []);
}

/** The tables that have a foreign key to the table of that name, which need not be there. */
export function childrenOf(schema: Schema, parent: string): readonly Table[] {
  return lookupOf(schema).byParent.get(foldName(parent)) ?? [];
}

/** Tells that a schema has come of another one by adding tables, if it has: then most is known of it. */
export function growLookup(before: Schema, after: Schema): void {
  const known = lookups.get(before);
  if (known === undefined || lookups.has(after)) return;
  if (!before.tables.every((table, i) => table === after.tables[i])) return;
  const byName = new Map(known.byName);
  const byParent = new Map(known.byParent);
  for (const table of after.tables.slice(before.tables.length)) {
    const name = foldName(table.name);
    if (!byName.has(name)) byName.set(name, table);
    for (const parent of parentsOf(table)) byParent.set(parent, [...(byParent.get(parent) ?? []), table]);
  }
  lookups.set(after, { byName, byParent });
}

function parentsOf({ foreignKeys }: Table): Set<string> {
  return new Set(foreignKeys.map(({ parent }) => foldName(parent)));
}

function lookupOf(schema: Schema): Lookup {
  const known = lookups.get(schema);
  if (known !== undefined) return known;
  const byParent = new Map<string, Table[]>();
  for (const table of schema.tables) {
    for (const parent of parentsOf(table)) {
      const children = byParent.get(parent);
      if (children === undefined) byParent.set(parent, [table]);
      else children.push(table);
    }
  }
  const byName = new Map<string, Table>();
  for (const table of schema.tables) {
    const name = foldName(table.name);
    if (!byName.has(name)) byName.set(name, table);
  }
  const lookup = { byName, byParent };
  lookups.set(schema, lookup);
  return lookup;
}
