import type { Migration, Statement } from '../../model/history.ts';
import type { Schema, Table } from '../../model/schema.ts';
import { readLineage } from '../../sql/lineage.ts';
import { foldName, sameName } from '../../sql/quote.ts';
import { columnNamed, tableNamed } from '../../sql/tables.ts';
import { readUniques } from '../../sql/uniques.ts';
import { columnsIn, type Feed, readFeeds } from './feeds.ts';

/** The rows of one table on their way into another. */
export interface Way {
  readonly table: Table;
  /** The columns by the folded names that they get there. */
  readonly columns: ReadonlyMap<string, string>;
}

/** The way of the rows that a SELECT of a migration takes out of a table of `schema`; null without such a table. */
export function wayOf({ target, into, source, items }: Feed, migration: Migration, schema: Schema): Way | null {
  const names = into ?? columnsOf(target, migration, schema);
  const table = tableNamed(schema, source);
  if (table === undefined || table.kind !== 'table') return null;
  const columns = new Map<string, string>();
  for (const [i, item] of items.entries()) {
    const column = item === null ? undefined : columnNamed(table, item);
    const name = names[i];
    if (column !== undefined && name !== undefined) columns.set(foldName(name), column.name);
  }
  return { table, columns };
}

/** The statements by which a migration makes a table of that name. */
export function makersOf(target: string, { statements }: Migration): Statement[] {
  return statements.filter(
    ({ head }) => head.verb === 'create-table' && head.target !== null && sameName(head.target, target),
  );
}

/** The columns that an INSERT fills without naming them, whether the table is there already or the migration makes it. */
export function columnsOf(target: string, migration: Migration, schema: Schema): readonly string[] {
  const [made] = makersOf(target, migration);
  return made === undefined ? (tableNamed(schema, target)?.columns ?? []).map(({ name }) => name) : columnsIn(made.sql);
}

/** The keys of the table that rows come into, whether it is there already or the migration makes it. */
export function keysOf(target: string, migration: Migration, schema: Schema): (readonly string[])[] {
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

/** The columns of a table that become a key of the table that a migration copies its rows into. */
export function keysOnTheWay(table: Table, migration: Migration, schema: Schema): (readonly string[])[] {
  return migration.statements.flatMap(readFeeds).flatMap((feed) => {
    const way = sameName(feed.source, table.name) ? wayOf(feed, migration, schema) : null;
    if (way === null || way.table !== table) return [];
    return keysOf(feed.target, migration, schema).flatMap((key) => {
      const columns = key.flatMap((name) => way.columns.get(foldName(name)) ?? []);
      return columns.length === key.length ? [columns] : [];
    });
  });
}
