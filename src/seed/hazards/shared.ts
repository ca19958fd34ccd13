import { describeHazard } from '../../hazards/hazards.ts';
import { isHandle } from '../../hazards/names.ts';
import type { SqlValue } from '../../model/connection.ts';
import type { Hazard } from '../../model/hazard.ts';
import type { Migration } from '../../model/history.ts';
import type { Schema, Table } from '../../model/schema.ts';
import { readLineage } from '../../sql/lineage.ts';
import { foldName, sameName } from '../../sql/quote.ts';
import { tableNamed } from '../../sql/tables.ts';
import { readUniques } from '../../sql/uniques.ts';
import { columnsIn, type Feed, readFeeds } from '../reading/feeds.ts';
import type { Carriers } from './carriers.ts';
import type { Sources } from './sources.ts';

/** The rows of one table on their way into another: which columns go where, by the names there. */
interface Way {
  readonly table: Table;
  readonly columns: ReadonlyMap<string, string>;
}

/**
 * Rows of two tables with one key, which a migration brings into one table: there they are duplicates.
 * @returns the hazards of `table`, for the keys of each table that goes before it.
 */
export function hazardsOfSharedKeys(
  table: Table,
  migration: Migration,
  schema: Schema,
  { plainOf, referencesOf }: Sources,
  carriers: Carriers,
): Hazard[] {
  const into = Map.groupBy(migration.statements.flatMap(readFeeds), ({ target }) => foldName(target));
  return [...into].flatMap(([target, feeds]): Hazard[] => {
    const ways = feeds.flatMap((feed) => wayOf(feed, migration, schema) ?? []);
    const last = ways.findLast((way) => way.table === table);
    if (last === undefined) return [];
    const others = new Map(ways.filter((way) => way.table !== table).map((way) => [way.table, way]));
    return keysOf(target, migration, schema).flatMap((key): Hazard[] =>
      [...others.values()].flatMap((other): Hazard[] => {
        const pairs = key.map((name) => [last.columns.get(foldName(name)), other.columns.get(foldName(name))] as const);
        const held = plainOf(other.table);
        const values = new Map<string, SqlValue>();
        for (const [own, theirs] of pairs) {
          const value = theirs === undefined ? null : (held?.get(theirs) ?? null);
          if (own === undefined || value === null) return [];
          const points = referencesOf(table).some(({ columns }) => columns.includes(own));
          if (isHandle(own, value) && !points) return [];
          values.set(own, value);
        }
        const rows = carriers({ table, label: `shared ${other.table.name} ${key.join()}`, awkward: values });
        if (rows === null) return [];
        const columns = [...values.keys()];
        const said = describeHazard('shared-key', {
          table: table.name,
          columns,
          other: other.table.name,
          otherColumns: pairs.flatMap(([, theirs]) => theirs ?? []),
        });
        return [{ kind: 'shared-key', table: table.name, columns, ...said, rows }];
      }),
    );
  });
}

function wayOf({ target, into, source, items }: Feed, { statements }: Migration, schema: Schema): Way | null {
  const made = statements.find(
    ({ head }) => head.verb === 'create-table' && head.target !== null && sameName(head.target, target),
  );
  const there = tableNamed(schema, target)?.columns.map(({ name }) => name);
  const names = into ?? (made === undefined ? there : columnsIn(made.sql)) ?? [];
  const table = tableNamed(schema, source);
  if (table === undefined || table.kind !== 'table') return null;
  const columns = new Map<string, string>();
  for (const [i, item] of items.entries()) {
    const column = table.columns.find(({ name }) => item !== null && sameName(name, item));
    const name = names[i];
    if (column !== undefined && name !== undefined) columns.set(foldName(name), column.name);
  }
  return { table, columns };
}

/** The keys of the table that rows come into, as it is or as the migration makes it. */
function keysOf(target: string, migration: Migration, schema: Schema): (readonly string[])[] {
  const { nameAtEnd } = readLineage(migration);
  const made = migration.statements.flatMap(({ head, sql, index }) => {
    const isIt =
      head.target !== null && (sameName(head.target, target) || sameName(nameAtEnd(head.target, index) ?? '', target));
    return isIt && (head.verb === 'create-table' || head.verb === 'create-index') ? readUniques(sql) : [];
  });
  const there = tableNamed(schema, target)?.indexes.filter(({ unique, partial }) => unique && !partial) ?? [];
  const keys = [...made, ...there.map(({ columns }) => columns.flatMap((name) => name ?? []))];
  return [...new Map(keys.map((key) => [key.map(foldName).join('\0'), key])).values()];
}
