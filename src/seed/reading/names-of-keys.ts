import type { Column, Schema, Table } from '../../model/schema.ts';
import { foldName } from '../../sql/quote.ts';
import { columnNamed, tableNamed } from '../../sql/tables.ts';
import { createKeys, type Keys } from './keys.ts';

/** A key that is pointed at. */
export interface Target {
  readonly table: Table;
  readonly column: Column;
}

/** The meaning of columns' names in a schema. */
export interface Names {
  readonly keys: Keys;
  /** Where declared keys of columns of that name point, as far as they agree (`org_id` → organizations). */
  readonly namesake: (column: string) => Target | undefined;
}

/**
 * Makes a function that finds what names mean in a schema. The next schema is most often the same one with another table,
 * which is then added to what is known: what was returned before is not to be used any longer.
 */
export function nameReader(): (schema: Schema) => Names {
  let known = createNames();
  let tables: readonly Table[] = [];
  return (schema) => {
    const added = schema.tables.slice(tables.length);
    const isGrown = tables.every((table, i) => table === schema.tables[i]) && !added.some(known.isAwaited);
    if (!isGrown) known = createNames();
    for (const table of isGrown ? added : schema.tables) known.add(table, schema);
    tables = schema.tables;
    return known;
  };
}

interface GrowingNames extends Names {
  readonly add: (table: Table, schema: Schema) => void;
  /** Whether a foreign key of a table that was added leads to this one, which was not there. */
  readonly isAwaited: (table: Table) => boolean;
}

function createNames(): GrowingNames {
  const { keys, add } = createKeys();
  const targets = new Map<string, Target>();
  const disputed = new Set<string>();
  const awaited = new Set<string>();
  return {
    keys,
    namesake: (column) => (disputed.has(foldName(column)) ? undefined : targets.get(foldName(column))),
    isAwaited: ({ name }) => awaited.has(foldName(name)),
    add: (table, schema) => {
      add(table);
      for (const key of table.foreignKeys) {
        const parent = tableNamed(schema, key.parent);
        if (parent === undefined) awaited.add(foldName(key.parent));
        const column = parent && columnNamed(parent, key.parentColumns[0] ?? '');
        if (key.columns.length !== 1 || parent === undefined || parent === table || column === undefined) continue;
        const name = foldName(key.columns[0] ?? '');
        if ((targets.get(name)?.table ?? parent) !== parent) disputed.add(name);
        targets.set(name, { table: parent, column });
      }
    },
  };
}
