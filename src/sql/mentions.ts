import type { Schema, SchemaObject } from '../model/schema.ts';
import { namesIn } from './names.ts';
import { schemaDelta } from './schema-delta.ts';

/** Finds the tables, views and triggers whose text holds a name. */
export interface Mentions {
  /** The objects of a schema by the folded names in them; to be used before the next schema is asked about. */
  readonly in: (schema: Schema) => (name: string) => Iterable<SchemaObject>;
}

/** Makes a finder that goes from one schema to the next and reads only the texts that differ. */
export function startMentions(): Mentions {
  const byName = new Map<string, Map<string, SchemaObject>>();
  let current: Schema = { objects: [], tables: [] };
  const remove = (object: SchemaObject): void => {
    for (const name of namesOf(object)) byName.get(name)?.delete(keyOf(object));
  };
  const add = (object: SchemaObject): void => {
    for (const name of namesOf(object)) {
      const known = byName.get(name);
      if (known === undefined) byName.set(name, new Map([[keyOf(object), object]]));
      else known.set(keyOf(object), object);
    }
  };
  return {
    in: (schema) => {
      const { come, gone } = schemaDelta(current, schema);
      gone.forEach(remove);
      come.forEach(add);
      current = schema;
      return (name) => byName.get(name)?.values() ?? [];
    },
  };
}

/** An index names only what its table holds. */
function namesOf({ type, sql }: SchemaObject): Iterable<string> {
  return type === 'index' || sql === null ? [] : namesIn(sql);
}

function keyOf({ type, name }: SchemaObject): string {
  return `${type} ${name}`;
}
