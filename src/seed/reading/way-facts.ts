import type { Migration } from '../../model/history.ts';
import type { Schema, Table } from '../../model/schema.ts';
import { foldName, sameName } from '../../sql/quote.ts';
import type { ReferencesClause } from '../../sql/references-clauses.ts';
import { tableNamed } from '../../sql/tables.ts';
import { append } from './append.ts';
import { columnsUnder, type Way, waysOf } from './ways.ts';

/** A key of several columns that the rows of a table will share with those of another one. */
export interface Rival {
  /** The columns of the table itself. */
  readonly columns: readonly string[];
  /** The other table. */
  readonly table: string;
  /** The columns there, in the same order. */
  readonly tableColumns: readonly string[];
}

/** The facts that migrations to come tell of rows by where they copy them; by the folded name of a table of today. */
export interface WayFacts {
  /** The references that columns get on the way, so that they are keys of those parents today, declared or not. */
  readonly links: ReadonlyMap<string, readonly ReferencesClause[]>;
  readonly rivals: ReadonlyMap<string, readonly Rival[]>;
  /** The tables that have one row, as a migration takes it. */
  readonly loneRows: ReadonlySet<string>;
}

/** Reads where migrations to come copy the rows of the tables of `schema`. */
export function readWayFacts(migrations: readonly Migration[], schema: Schema): WayFacts {
  const links = new Map<string, ReferencesClause[]>();
  const rivals = new Map<string, Rival[]>();
  const loneRows = new Set<string>();
  const ways = migrations.map((migration) => waysOf(migration, schema));
  const all = ways.flat();
  for (const way of all) {
    append(links, foldName(way.table.name), linksOnTheWay(way, all, schema));
    if (writesOneKey(way)) loneRows.add(foldName(way.table.name));
  }
  for (const strict of ways.map((each) => each.filter(({ isStrict }) => isStrict)))
    for (const together of Map.groupBy(strict, ({ target }) => foldName(target)).values())
      for (const way of together) append(rivals, foldName(way.table.name), rivalsOf(way, together));
  return { links, rivals, loneRows };
}

/** The references, in its own columns, that a way's table gets to tables of today. */
function linksOnTheWay(way: Way, all: readonly Way[], schema: Schema): ReferencesClause[] {
  return way.into.links.flatMap((link) => {
    const columns = columnsUnder(way, link.columns);
    const parent = tableNamed(schema, link.parent);
    if (columns === null || parent === undefined || parent === way.table) return [];
    // Rows that are copied into the parent too are not there yet.
    const isToCome = all.some(({ table, target }) => table === way.table && sameName(target, parent.name));
    return isToCome ? [] : [{ ...link, columns }];
  });
}

/**
 * The pairs that come out of two tables into one, where a key of several columns takes each once: rows that nobody would be
 * surprised to meet do not stand in both. A key of one column is another matter, for numbers of two tables begin at 1 in both.
 */
function rivalsOf(way: Way, together: readonly Way[]): Rival[] {
  const others = together.filter(({ table }) => table !== way.table);
  return way.into.keys.flatMap((key) =>
    others.flatMap((other): Rival[] => {
      const [columns, tableColumns] = [columnsUnder(way, key), columnsUnder(other, key)];
      if (key.length < 2 || columns === null || tableColumns === null) return [];
      return [{ columns, table: other.table.name, tableColumns }];
    }),
  );
}

/**
 * Whether a way writes the same constant into a key for each row of its table (`SELECT 'theme', theme FROM settings`), so that there
 * is one. A table of rows that belong to others has many.
 */
function writesOneKey({ table, into, constants, isWhole, isStrict }: Way): boolean {
  const isKey = (name: string): boolean =>
    into.keys.some(([only, more]) => more === undefined && sameName(only ?? '', name));
  return isWhole && isStrict && constants.some(isKey) && !isOfOwners(table);
}

/** Whether each row belongs to another one, such as the settings of each user. */
function isOfOwners({ columns, primaryKey, foreignKeys }: Table): boolean {
  const isOwn = (name: string): boolean => primaryKey.some((key) => sameName(key, name));
  return foreignKeys.length > 0 || columns.some(({ name }) => /(?:_id|[a-z]Id)$/.test(name) && !isOwn(name));
}
