import type { Migration } from '../../model/history.ts';
import type { Schema, Table } from '../../model/schema.ts';
import { foldName, sameName } from '../../sql/quote.ts';
import { columnNamed, tableNamed } from '../../sql/tables.ts';
import { type Transfer, transfersIn } from '../../sql/transfers.ts';
import { type Destination, destinationOf } from './destinations.ts';

/** The rows of a table of today on their way into another one. */
export interface Way extends Pick<Transfer, 'target' | 'isWhole' | 'isStrict'> {
  readonly table: Table;
  readonly into: Destination;
  /** Its columns by the folded names that they get there. */
  readonly columns: ReadonlyMap<string, string>;
  /** The names there of what holds the same constant in each row. */
  readonly constants: readonly string[];
}

/** The ways by which a migration takes rows out of the first table of each SELECT, in the order of its statements. */
export function waysOf(migration: Migration, schema: Schema): Way[] {
  return transfersIn(migration).flatMap(({ target, into: named, select, isWhole, isStrict }): Way[] => {
    const [source] = select.tables;
    const table = tableNamed(schema, source?.name ?? '');
    if (source == null || table === undefined || table.kind !== 'table') return [];
    const into = destinationOf(target, migration, schema);
    const names = named ?? into.columns;
    const columns = new Map<string, string>();
    for (const [i, { column }] of select.items.entries()) {
      const isOwn = sameName(column?.qualifier ?? source.alias, source.alias);
      const own = column !== null && isOwn ? columnNamed(table, column.name) : undefined;
      const name = names[i];
      if (own !== undefined && name !== undefined) columns.set(foldName(name), own.name);
    }
    const constants = select.items.flatMap(({ constant }, i) => (constant === null ? [] : (names[i] ?? [])));
    return [{ table, target, into, columns, constants, isWhole, isStrict }];
  });
}

/** The columns of a way's table that get the names of a key; null where some of it come from elsewhere. */
export function columnsUnder({ columns }: Way, key: readonly string[]): string[] | null {
  const own = key.flatMap((name) => columns.get(foldName(name)) ?? []);
  return own.length === key.length ? own : null;
}

/** The columns of a table that become a key of the table that a migration copies its rows into. */
export function keysOnTheWay(table: Table, migration: Migration, schema: Schema): (readonly string[])[] {
  const ways = waysOf(migration, schema).filter((way) => way.table === table);
  return ways.flatMap((way) =>
    way.into.keys.flatMap((key) => {
      const columns = columnsUnder(way, key);
      return columns === null ? [] : [columns];
    }),
  );
}
