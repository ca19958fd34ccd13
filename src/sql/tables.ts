import { memoized } from '../memoized.ts';
import type { Column, Schema, SchemaObject, Table } from '../model/schema.ts';
import { foldName, sameName } from './quote.ts';

/** The tables of a schema by what they are looked up by. Schemas that grew out of each other share one. */
interface Lookup {
  /** The place of the first table of a name. */
  readonly byName: Map<string, number>;
  /** The places of the tables with a foreign key to a name, in their order. */
  readonly byParent: Map<string, number[]>;
  /** The schema that has all of these tables; those that it grew out of have only the first ones. */
  newest: Schema;
}

/** A schema is asked at every turn and never changes. */
const lookups = new WeakMap<Schema, Lookup>();

type ObjectsByType = Readonly<Record<SchemaObject['type'], readonly SchemaObject[]>>;

const byType = new WeakMap<Schema, ObjectsByType>();

/** The table of a schema that has a name, or undefined. */
export function tableNamed(schema: Schema, name: string): Table | undefined {
  const place = lookupOf(schema).byName.get(foldName(name));
  return place === undefined ? undefined : schema.tables[place];
}

/** The place in a schema of the table that has a name; -1 where there is none. */
export function placeOfTable(schema: Schema, name: string): number {
  const place = lookupOf(schema).byName.get(foldName(name)) ?? -1;
  return place < schema.tables.length ? place : -1;
}

/** The tables of a schema that have one of these names, in its order. */
export function tablesNamed(schema: Schema, names: Iterable<string>): readonly Table[] {
  const places = new Set<number>();
  for (const name of names) places.add(placeOfTable(schema, name));
  return [...places].sort((a, b) => a - b).flatMap((place) => schema.tables[place] ?? []);
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
  const places = lookupOf(schema).byParent.get(foldName(parent)) ?? [];
  return places.flatMap((place) => schema.tables[place] ?? []);
}

/** The tables of a schema that a module keeps: virtual ones, and those under them. */
export const moduleTables = memoized(({ tables }: Schema): readonly Table[] =>
  tables.filter(({ kind }) => kind !== 'table'),
);

/** The objects of a schema that are of one type, in their order. */
export function objectsOfType(schema: Schema, type: SchemaObject['type']): readonly SchemaObject[] {
  const known = byType.get(schema) ?? groupByType(schema.objects);
  byType.set(schema, known);
  return known[type];
}

const viewsIn = memoized(
  (views: readonly SchemaObject[]): ReadonlyMap<string, SchemaObject> =>
    new Map(views.map((view) => [foldName(view.name), view])),
);

/** The views of a schema by their folded names. */
export function viewsByName(schema: Schema): ReadonlyMap<string, SchemaObject> {
  // Schemas that have the same views share the list of them.
  return viewsIn(objectsOfType(schema, 'view'));
}

const triggersByTable = memoized(
  (triggers: readonly SchemaObject[]): ReadonlyMap<string, readonly SchemaObject[]> =>
    Map.groupBy(triggers, ({ table }) => foldName(table)),
);

/** The triggers of a table or view, in their order. */
export function triggersOf(schema: Schema, table: string): readonly SchemaObject[] {
  // Schemas that have the same triggers share the list of them.
  return triggersByTable(objectsOfType(schema, 'trigger')).get(foldName(table)) ?? [];
}

/**
 * Tells that a schema has come of another one by adding tables and other objects, if it has: then most is known of it.
 * @param added the objects that it has more.
 */
export function growLookup(before: Schema, after: Schema, added: readonly SchemaObject[]): void {
  if (!byType.has(after) && byType.has(before)) byType.set(after, growByType(before, after, added));
  const known = lookups.get(before);
  if (known === undefined || lookups.has(after) || known.newest !== before) return;
  // A table that was there keeps its name and its keys, whatever index it gets.
  if (!before.tables.every(({ name }, i) => name === after.tables[i]?.name)) return;
  addTables(known, after, before.tables.length);
  lookups.set(after, known);
}

function groupByType(objects: readonly SchemaObject[]): ObjectsByType {
  const of = (wanted: SchemaObject['type']): SchemaObject[] => objects.filter(({ type }) => type === wanted);
  return { table: of('table'), index: of('index'), trigger: of('trigger'), view: of('view') };
}

/** Most types of objects have none more. */
function growByType(before: Schema, { objects }: Schema, added: readonly SchemaObject[]): ObjectsByType {
  const types = new Set(added.map(({ type }) => type));
  const of = (wanted: SchemaObject['type']): readonly SchemaObject[] =>
    types.has(wanted) ? objects.filter(({ type }) => type === wanted) : objectsOfType(before, wanted);
  return { table: of('table'), index: of('index'), trigger: of('trigger'), view: of('view') };
}

function lookupOf(schema: Schema): Lookup {
  const known = lookups.get(schema);
  if (known !== undefined) return known;
  const lookup: Lookup = { byName: new Map(), byParent: new Map(), newest: schema };
  addTables(lookup, schema, 0);
  lookups.set(schema, lookup);
  return lookup;
}

function addTables(lookup: Lookup, schema: Schema, from: number): void {
  for (const [i, table] of schema.tables.slice(from).entries()) {
    const name = foldName(table.name);
    if (!lookup.byName.has(name)) lookup.byName.set(name, from + i);
    for (const parent of new Set(table.foreignKeys.map((key) => foldName(key.parent)))) {
      const places = lookup.byParent.get(parent);
      if (places === undefined) lookup.byParent.set(parent, [from + i]);
      else places.push(from + i);
    }
  }
  lookup.newest = schema;
}
