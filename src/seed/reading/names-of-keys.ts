import type { Schema, Table } from '../../model/schema.ts';
import { foldName } from '../../sql/quote.ts';
import { columnNamed, tableNamed } from '../../sql/tables.ts';
import { append } from './append.ts';
import { type ChildColumn, type KeyColumn, keyEndsOf, keyNamedBy, type NamedKey } from './keys.ts';

/** The meaning of columns' names in a schema. */
export interface KeyNames {
  /** The key that a column of a table means by its name, or null. */
  readonly keyNamedBy: (column: ChildColumn, table: Table) => KeyColumn | null;
  /** Where declared keys of columns of that name point, as far as they agree (`org_id` → organizations). */
  readonly namesake: (column: string) => KeyColumn | undefined;
}

/**
 * Makes a function that finds what names mean in a schema. The next schema is most often the same one with another table,
 * which is then added to what is known: what was returned before is not to be used any longer.
 */
export function nameReader(): (schema: Schema) => KeyNames {
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

interface GrowingNames extends KeyNames {
  readonly add: (table: Table, schema: Schema) => void;
  /** Whether a foreign key of a table that was added leads to this one, which was not there. */
  readonly isAwaited: (table: Table) => boolean;
}

function createNames(): GrowingNames {
  const byEnd = new Map<string, NamedKey[]>();
  const parents = new Map<string, KeyColumn>();
  const disputed = new Set<string>();
  const awaited = new Set<string>();
  return {
    keyNamedBy: (column, table) => keyNamedBy(column, table, byEnd),
    namesake: (column) => (disputed.has(foldName(column)) ? undefined : parents.get(foldName(column))),
    isAwaited: ({ name }) => awaited.has(foldName(name)),
    add: (table, schema) => {
      for (const [end, key] of keyEndsOf(table)) append(byEnd, end, [key]);
      for (const key of table.foreignKeys) {
        const parent = tableNamed(schema, key.parent);
        if (parent === undefined) awaited.add(foldName(key.parent));
        const column = parent && columnNamed(parent, key.parentColumns[0] ?? '');
        if (key.columns.length !== 1 || parent === undefined || parent === table || column === undefined) continue;
        const name = foldName(key.columns[0] ?? '');
        if ((parents.get(name)?.table ?? parent) !== parent) disputed.add(name);
        parents.set(name, { table: parent, column });
      }
    },
  };
}
