import type { ForeignKey, Schema, SchemaObject, Table } from '../model/schema.ts';
import { perFamily } from './family.ts';

/** A column of a foreign key, from `PRAGMA foreign_key_list`. */
export interface KeyRow {
  readonly id: number;
  readonly from: string;
  readonly parent: string;
  /** NULL where the declaration leaves the parent's key implied. */
  readonly to: string | null;
  readonly on_delete: string;
  readonly on_update: string;
}

/** The facts of one table by itself; implied keys of parents are resolved with the whole schema. */
export interface KnownTable {
  readonly kind: Table['kind'];
  /** The rows of `sqlite_schema` that it was read from: its own and those of its indexes. */
  readonly objects: readonly SchemaObject[];
  /** Without its foreign keys. */
  readonly table: Table;
  readonly keys: readonly KeyRow[];
}

/** The sources of a schema, so the next one needs only the differences. */
export interface SchemaReading {
  readonly schema: Schema;
  /** Every row of `sqlite_schema`, in its order. */
  readonly objects: readonly SchemaObject[];
  readonly facts: readonly KnownTable[];
  readonly hasVirtual: boolean;
}

/** The result of adding objects to a schema. */
interface Growth {
  readonly before: Schema;
  readonly added: readonly SchemaObject[];
  readonly reading: SchemaReading;
}

/** The schemas that a family of connections has read last. */
export interface SchemaMemory {
  readonly readings: WeakMap<Schema, SchemaReading>;
  /** The newest first. */
  readonly recent: SchemaReading[];
  readonly growths: Growth[];
  /** Tables with their foreign keys, by the parents' keys that those leave implied. */
  readonly tables: WeakMap<KnownTable, Map<string, Table>>;
}

const limit = 8;

/** The memory of the family that a connection belongs to. */
export const memoryOf = perFamily(
  (): SchemaMemory => ({ readings: new WeakMap(), recent: [], growths: [], tables: new WeakMap() }),
);

/** The schema that was read from the same objects not long ago. */
export function recall(memory: SchemaMemory, objects: readonly SchemaObject[]): Schema | null {
  const known = memory.recent.find((reading) => sameObjects(reading.objects, objects));
  if (known === undefined) return null;
  return remember(memory, known);
}

/** The schema that came of adding the same objects to the same schema not long ago. */
export function recallGrown(memory: SchemaMemory, before: Schema, added: readonly SchemaObject[]): Schema | null {
  const known = memory.growths.find((growth) => growth.before === before && sameObjects(growth.added, added));
  return known === undefined ? null : remember(memory, known.reading);
}

/** Notes what was read last. */
export function remember({ readings, recent }: SchemaMemory, reading: SchemaReading): Schema {
  readings.set(reading.schema, reading);
  const at = recent.indexOf(reading);
  if (at >= 0) recent.splice(at, 1);
  recent.unshift(reading);
  recent.length = Math.min(recent.length, limit);
  return reading.schema;
}

/** Notes the result of adding objects to a schema. */
export function rememberGrown(
  memory: SchemaMemory,
  before: Schema,
  added: readonly SchemaObject[],
  reading: SchemaReading,
): Schema {
  memory.growths.unshift({ before, added, reading });
  memory.growths.length = Math.min(memory.growths.length, limit);
  return remember(memory, reading);
}

/** Finds what is known of tables that are the same in a schema that was read not long ago. */
export function recallFacts({
  recent,
}: SchemaMemory): (kind: Table['kind'], objects: readonly SchemaObject[]) => KnownTable | null {
  const readings = [...recent];
  const byName: Map<string, KnownTable>[] = [];
  const factsOf = (i: number): Map<string, KnownTable> => {
    const known = byName[i] ?? new Map(readings[i]?.facts.map((each) => [each.table.name, each]));
    byName[i] = known;
    return known;
  };
  return (kind, objects) => {
    const name = objects[0]?.table ?? '';
    for (let i = 0; i < readings.length; i++) {
      const own = factsOf(i).get(name);
      if (own?.kind === kind && sameObjects(own.objects, objects)) return own;
    }
    return null;
  };
}

/** Whether a table has foreign keys that name no column of their parent. */
export function impliesKeys({ keys }: KnownTable): boolean {
  return keys.some(({ to }) => to === null);
}

/** A table with its foreign keys, the same object for the same keys. */
export function resolveTable(
  { tables }: SchemaMemory,
  facts: KnownTable,
  primaryKeyOf: (table: string) => readonly string[],
): Table {
  const implied = facts.keys.flatMap(({ to, parent }) => (to === null ? [primaryKeyOf(parent)] : []));
  const text = implied.length === 0 ? '' : JSON.stringify(implied);
  const known = tables.get(facts) ?? new Map<string, Table>();
  tables.set(facts, known);
  const table = known.get(text) ?? { ...facts.table, foreignKeys: toForeignKeys(facts.keys, primaryKeyOf) };
  known.set(text, table);
  return table;
}

function toForeignKeys(rows: readonly KeyRow[], primaryKeyOf: (table: string) => readonly string[]): ForeignKey[] {
  return [...Map.groupBy(rows, ({ id }) => id).values()].flatMap((parts): ForeignKey[] => {
    const [first] = parts;
    if (first === undefined) return [];
    const { parent, on_delete: onDelete, on_update: onUpdate } = first;
    const columns = parts.map(({ from }) => from);
    const parentColumns = parts.map(({ to }, i) => to ?? primaryKeyOf(parent)[i] ?? 'rowid');
    return [{ columns, parent, parentColumns, onDelete, onUpdate }];
  });
}

function sameObjects(these: readonly SchemaObject[], others: readonly SchemaObject[]): boolean {
  return these.length === others.length && these.every((object, i) => sameObject(object, others[i]));
}

function sameObject(object: SchemaObject, other: SchemaObject | undefined): boolean {
  if (object === other) return true;
  return (
    object.sql === other?.sql &&
    object.name === other.name &&
    object.table === other.table &&
    object.type === other.type
  );
}
