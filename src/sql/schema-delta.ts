import { memoized } from '../memoized.ts';
import type { Schema, SchemaObject, Table } from '../model/schema.ts';
import { compareObjects } from './object-order.ts';
import { tableNamed } from './tables.ts';

/** The parts in which two schemas differ. */
export interface SchemaDelta {
  /** Objects of the later one that are new or other ones. */
  readonly come: readonly SchemaObject[];
  /** Objects of the earlier one that are gone, or other ones now. */
  readonly gone: readonly SchemaObject[];
  /** Tables of the later one that are new or other ones, in their order. */
  readonly tables: readonly Table[];
  /** Tables of the earlier one that are gone, or other ones now. */
  readonly left: readonly Table[];
}

/** The sides of a step go through the same schemas, and each of them asks. */
const deltasFrom = memoized((_before: Schema) => new WeakMap<Schema, SchemaDelta>());

const none: SchemaDelta = { come: [], gone: [], tables: [], left: [] };

/** Tells in which objects and tables two schemas differ. Each pair of schemas is compared once. */
export function schemaDelta(before: Schema, after: Schema): SchemaDelta {
  if (before === after) return none;
  const known = deltasFrom(before).get(after);
  if (known !== undefined) return known;
  return note(before, after, {
    ...changedObjects(before, after),
    tables: tablesBeyond(after, before),
    left: tablesBeyond(before, after),
  });
}

/**
 * Tells that a schema has come of another one by adding objects, which saves comparing the two.
 * @param added the objects that it has more.
 */
export function growDelta(before: Schema, after: Schema, added: readonly SchemaObject[]): void {
  const isGrown = !added.some(({ table }) => tableNamed(before, table) !== undefined);
  note(before, after, {
    come: added,
    gone: [],
    tables: isGrown ? after.tables.slice(before.tables.length) : tablesBeyond(after, before),
    left: isGrown ? [] : tablesBeyond(before, after),
  });
}

function note(before: Schema, after: Schema, delta: SchemaDelta): SchemaDelta {
  deltasFrom(before).set(after, delta);
  return delta;
}

/** The tables of one schema that the other has not, or not in the same form. */
function tablesBeyond({ tables }: Schema, others: Schema): Table[] {
  if (tables === others.tables) return [];
  // Most stand where they stood.
  return tables.filter((table, i) => others.tables[i] !== table && tableNamed(others, table.name) !== table);
}

function changedObjects(before: Schema, after: Schema): Pick<SchemaDelta, 'come' | 'gone'> {
  const come: SchemaObject[] = [];
  const gone: SchemaObject[] = [];
  let at = 0;
  // Both are sorted.
  for (const object of after.objects) {
    let old = before.objects[at];
    for (; old !== undefined && old !== object && compareObjects(old, object) < 0; old = before.objects[at]) {
      gone.push(old);
      at += 1;
    }
    if (old === undefined || (old !== object && compareObjects(old, object) !== 0)) {
      come.push(object);
      continue;
    }
    at += 1;
    if (old === object || (old.sql === object.sql && old.table === object.table)) continue;
    come.push(object);
    gone.push(old);
  }
  return { come, gone: [...gone, ...before.objects.slice(at)] };
}
