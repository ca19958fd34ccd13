import { memoized } from '../../memoized.ts';
import type { Migration } from '../../model/history.ts';
import type { Schema } from '../../model/schema.ts';
import { readDefinitions } from '../../sql/definitions.ts';
import { readLineage } from '../../sql/lineage.ts';
import { foldName } from '../../sql/quote.ts';
import { type ReferencesClause, readReferencesClauses } from '../../sql/references-clauses.ts';
import { tableNamed } from '../../sql/tables.ts';
import { readUniques } from '../../sql/uniques.ts';

/** The table that a migration brings rows into, whether it is there already or the migration makes it. */
export interface Destination {
  /** The columns that an INSERT fills without naming them. */
  readonly columns: readonly string[];
  /** The folded names of columns that take no NULL. */
  readonly required: ReadonlySet<string>;
  /** The columns of each whole key. */
  readonly keys: readonly (readonly string[])[];
  /** The references that it is made with; else those that it has. */
  readonly links: readonly ReferencesClause[];
}

/** The declarations of tables in a migration, by their folded names; keys also by the names that the tables have at its end. */
export const tablesMadeBy = memoized((migration: Migration): ReadonlyMap<string, Destination> => {
  const { nameAtEnd } = readLineage(migration);
  const made = new Map<string, Declared>();
  const at = (name: string): Declared => {
    const known = made.get(foldName(name)) ?? undeclared();
    made.set(foldName(name), known);
    return known;
  };
  for (const { head, sql, index } of migration.statements) {
    const { verb, target } = head;
    if (target === null || (verb !== 'create-table' && verb !== 'create-index')) continue;
    const keys = readUniques(sql);
    for (const table of new Set([at(target), at(nameAtEnd(target, index) ?? target)])) table.keys.push(...keys);
    if (verb === 'create-index') continue;
    const { columns, required, links } = at(target);
    const isFirst = columns.length === 0;
    for (const { column, words } of readDefinitions(sql)) {
      if (column === null) continue;
      if (isFirst) columns.push(column);
      if (words.some(({ key }, i) => key === 'NOT' && words[i + 1]?.key === 'NULL')) required.add(foldName(column));
    }
    links.push(...readReferencesClauses(sql));
  }
  return made;
});

/** The declarations of a table so far. */
interface Declared extends Destination {
  readonly columns: string[];
  readonly required: Set<string>;
  readonly keys: (readonly string[])[];
  readonly links: ReferencesClause[];
}

function undeclared(): Declared {
  return { columns: [], required: new Set(), keys: [], links: [] };
}

/** Reads the columns and constraints of the table that has a name when a migration brings rows into it. */
export function destinationOf(name: string, migration: Migration, schema: Schema): Destination {
  const made = tablesMadeBy(migration).get(foldName(name));
  const there = tableNamed(schema, name);
  const whole = there?.indexes.filter(({ unique, partial }) => unique && !partial) ?? [];
  const keys = [...(made?.keys ?? []), ...whole.map(({ columns }) => columns.flatMap((column) => column ?? []))];
  const required = there?.columns.filter(({ notNull }) => notNull).map((column) => foldName(column.name)) ?? [];
  return {
    columns: made?.columns.length ? made.columns : (there?.columns.map((column) => column.name) ?? []),
    required: new Set([...required, ...(made?.required ?? [])]),
    keys: [...new Map(keys.map((key) => [key.map(foldName).join('\0'), key])).values()],
    links: made?.links.length ? made.links : (there?.foreignKeys ?? []),
  };
}
