import type { ForeignKey, Schema, Table } from '../model/schema.ts';
import { readCondition } from '../sql/change-parts.ts';
import { foldName, quoteName, sameName } from '../sql/quote.ts';
import { asOperand } from '../sql/substitute.ts';
import { childrenOf, tableNamed } from '../sql/tables.ts';
import type { Listing } from './ask.ts';
import type { FailedStatement } from './conditions.ts';
import { allOf, express, narrowed, type View, type Views } from './view.ts';

/** The rows that a statement writes without a parent, for each foreign key of its table. */
export function parentMissing({ statement, schema }: FailedStatement, views: Views, rows: View | null): Listing[] {
  const { verb, target } = statement.head;
  const table = tableNamed(schema, target ?? '');
  if (rows === null || table === undefined || verb === 'delete' || verb === 'drop-table') return [];
  return table.foreignKeys.flatMap((key) => {
    // A copy into a table that is made brings its own parents along.
    const isOwn = sameName(key.parent, table.name) && !views.has(foldName(key.parent));
    return orphansOf(rows, key, isOwn ? new Map(views).set(foldName(key.parent), rows) : views) ?? [];
  });
}

/** The rows of a view that have no parent by a foreign key; null where that is impossible. */
export function orphansOf(rows: View, { columns, parent, parentColumns }: ForeignKey, views: Views): Listing | null {
  const own = expressAll(rows, columns);
  const parents = views.get(foldName(parent));
  const keys = parents === undefined ? null : expressAll(parents, parentColumns);
  if (own === null || parents === undefined || keys === null) return null;
  const given = own.map((column) => `${column} IS NOT NULL`);
  return { view: rows, conditions: [...given, `${tuple(own)} NOT IN (${keysOf(parents, keys, true)})`] };
}

/**
 * The rows that refer to what DELETE or DROP TABLE takes away, and keep it from going: those whose key has no action, also
 * where a cascade reaches them.
 */
export function childrenLeft({ statement, schema }: FailedStatement, views: Views): Listing[] {
  const { verb, target } = statement.head;
  const table = tableNamed(schema, target ?? '');
  const view = views.get(foldName(target ?? ''));
  if (table === undefined || view === undefined || (verb !== 'delete' && verb !== 'drop-table')) return [];
  const gone = verb === 'delete' ? narrowed(view, readCondition(statement.sql)) : view;
  return gone === null ? [] : blockers(table, gone, schema, views, new Set());
}

function blockers(table: Table, gone: View, schema: Schema, views: Views, seen: Set<string>): Listing[] {
  const name = foldName(table.name);
  if (seen.has(name)) return [];
  seen.add(name);
  return childrenOf(schema, table.name).flatMap((child) =>
    child.foreignKeys
      .filter(({ parent }) => sameName(parent, table.name))
      .flatMap((key): Listing[] => {
        const listing = childrenBy(child, key, gone, views);
        if (listing === null) return [];
        if (key.onDelete === 'NO ACTION' || key.onDelete === 'RESTRICT')
          return sameName(child.name, table.name) ? staying(listing, gone) : [listing];
        if (key.onDelete !== 'CASCADE') return [];
        const { view, conditions } = listing;
        return blockers(child, { ...view, where: [...view.where, ...conditions] }, schema, views, seen);
      }),
  );
}

/** Those of a tree that refer to a row that goes, and do not go themselves. */
function staying({ view, conditions }: Listing, gone: View): Listing[] {
  const went = allOf(gone.where);
  return went === null ? [] : [{ view, conditions: [...conditions, `${asOperand(went)} IS NOT TRUE`] }];
}

/** The rows of a table that refer to those of a view. */
export function childrenBy(
  child: Table,
  { columns, parentColumns }: ForeignKey,
  gone: View,
  views: Views,
): Listing | null {
  const view = views.get(foldName(child.name));
  const own = view === undefined ? null : expressAll(view, columns);
  const keys = expressAll(gone, parentColumns);
  if (view === undefined || own === null || keys === null) return null;
  return { view, conditions: [`${tuple(own)} IN (${keysOf(gone, keys, false)})`] };
}

function keysOf(parents: View, keys: readonly string[], isFilled: boolean): string {
  // NOT IN (…, NULL) is never true.
  const { columns, rowidAlias, withoutRowid, primaryKey } = parents.table;
  const isNever = (key: string): boolean =>
    columns.some(
      ({ name, notNull }) =>
        quoteName(name) === key && (notNull || name === rowidAlias || (withoutRowid && primaryKey.includes(name))),
    );
  const filled = isFilled ? keys.filter((key) => !isNever(key)).map((key) => `${key} IS NOT NULL`) : [];
  const where = allOf([...parents.where, ...filled]);
  return `SELECT ${keys.join(', ')} FROM ${parents.from}${where === null ? '' : ` WHERE ${where}`}`;
}

function expressAll(view: View, columns: readonly string[]): string[] | null {
  const said = columns.map((name) => express(view, quoteName(name)));
  const known = said.filter((each) => each !== null);
  return known.length < said.length || known.length === 0 ? null : known;
}

function tuple(terms: readonly string[]): string {
  return terms.length > 1 ? `(${terms.join(', ')})` : terms.join();
}
