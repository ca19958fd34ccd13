import { memoized } from '../memoized.ts';
import type { Migration, Statement } from '../model/history.ts';
import type { Schema, Table } from '../model/schema.ts';
import { readChangeParts, readCondition } from '../sql/change-parts.ts';
import { tableAt } from '../sql/from-tables.ts';
import { type Lineage, readLineage } from '../sql/lineage.ts';
import { foldName, quoteName, sameName } from '../sql/quote.ts';
import { readSelectParts } from '../sql/select-parts.ts';
import { asOperand } from '../sql/substitute.ts';
import { tableNamed } from '../sql/tables.ts';
import { readWriteText } from '../sql/write-text.ts';
import { keyOf, type Listing } from './ask.ts';
import { follow, plainViews, type ReportedInsertion, written } from './follow.ts';
import { childrenBy } from './parents.ts';
import { allOf, express, narrowed, plainView, type View, type Views } from './view.ts';

/** A migration that was applied, with SQLite's answers on the way. */
export interface AppliedStep {
  readonly migration: Migration;
  readonly lineage: Lineage;
  readonly insertions: ReadonlyMap<number, ReportedInsertion>;
  readonly before: Schema;
  readonly after: Schema;
  /** The tables at the end, in terms of the database before. */
  readonly ends: Views;
}

/** Collects the facts about a migration that was applied. */
export function appliedAs(
  migration: Migration,
  insertions: ReadonlyMap<number, ReportedInsertion>,
  before: Schema,
  after: Schema,
): AppliedStep {
  const ends = follow(before, migration.statements, insertions);
  return { migration, lineage: readLineage(migration), insertions, before, after, ends };
}

/** The tables of before that a table of the end may have been. */
export function tablesBefore({ lineage, before }: AppliedStep, end: string): Table[] {
  const renamed = before.tables.filter(({ name }) => sameName(lineage.nameAtEnd(name, 1) ?? '', end));
  const same = tableNamed(before, end);
  return [...renamed, ...(same === undefined || renamed.includes(same) ? [] : [same])];
}

/** The rows of a table of before that statements delete, or that a cascade takes along; those of a dropped table, too. */
export function goneOf(applied: AppliedStep, table: Table): readonly Listing[] {
  return gonePart(applied, table, []).listings;
}

/** The rows of a table that go, and whether a circle of keys cut the search short. */
interface Gone {
  readonly listings: readonly Listing[];
  readonly isCut: boolean;
}

/** A table at the end of a chain of keys asks again what all tables before it asked. */
const goneIn = memoized((_applied: AppliedStep) => new Map<Table, Gone>());

function gonePart(applied: AppliedStep, table: Table, seen: readonly string[]): Gone {
  if (seen.includes(table.name)) return { listings: [], isCut: true };
  const known = goneIn(applied);
  const found = known.get(table) ?? findGone(applied, table, seen);
  if (!found.isCut) known.set(table, found);
  return found;
}

function findGone(applied: AppliedStep, table: Table, seen: readonly string[]): Gone {
  const { migration, lineage, before, insertions } = applied;
  const own = migration.statements.flatMap((statement): Listing[] => {
    const { head, index, sql } = statement;
    if (head.target === null || (head.verb !== 'delete' && head.verb !== 'drop-table')) return [];
    if (!sameName(lineage.nameAtStart(head.target, index) ?? '', table.name)) return [];
    if (head.verb === 'drop-table') return [{ view: plainView(table), conditions: [] }];
    const earlier = migration.statements.filter((each) => each.index < index);
    const view = follow(before, earlier, insertions).get(foldName(head.target));
    const gone = view === undefined ? null : deletedFrom(view, sql);
    return gone === null ? [] : [{ view: gone, conditions: [] }];
  });
  const views = plainViews(before);
  let isCut = false;
  const byCascade = table.foreignKeys.flatMap((key) => {
    const parent = tableNamed(before, key.parent);
    if (parent === undefined) return [];
    if (parent === table) return own.flatMap(({ view }) => childrenBy(table, key, view, views) ?? []);
    const above = gonePart(applied, parent, [...seen, table.name]);
    isCut ||= above.isCut;
    return above.listings.flatMap(({ view, conditions }) => {
      const rows = { ...view, where: [...view.where, ...conditions] };
      return childrenBy(table, key, rows, views) ?? [];
    });
  });
  return { listings: [...own, ...byCascade], isCut };
}

/** The rows that a DELETE takes from a view; null where its condition cannot be said in terms of the database before. */
function deletedFrom(view: View, sql: string): View | null {
  const condition = readCondition(sql);
  const { name = '', alias = name } = tableAt(readChangeParts(sql)?.table ?? [], 0) ?? {};
  if (condition === null || alias === name) return narrowed(view, condition);
  if (!view.isPlain) return null;
  const keys = keyOf(view.table).map((key) => `${quoteName(alias)}.${key}`);
  const deleted = `SELECT ${keys.join(', ')} FROM ${view.from} AS ${quoteName(alias)} WHERE ${condition}`;
  return { ...view, where: [`${ownKey(view.table)} IN (${deleted})`], isPlain: false };
}

/** The rows of a table of before that no copy of them brings to the end. */
export function leftOutOf(applied: AppliedStep, table: Table, end: string): Listing[] {
  const copies = endsOf(applied, table, end).flatMap((view) => missingFrom(view, table));
  const folded = applied.migration.statements.flatMap((statement) => {
    const rows = writtenBy(statement, applied);
    return rows?.table.name === table.name ? surplusOf(rows, statement, applied) : [];
  });
  return [...copies, ...folded, ...applied.migration.statements.flatMap((each) => foldedOf(each, table, applied))];
}

/** The tables that hold the rows of a table at the end: the one of that name, or those into which they went where it is gone. */
export function endsOf({ ends, after }: AppliedStep, table: Table, end: string): View[] {
  const view = ends.get(foldName(end));
  const views = view === undefined && tableNamed(after, end) === undefined ? [...ends.values()] : [view];
  return views.filter((each) => each?.table.name === table.name).filter((each) => each !== undefined);
}

/** The rows that INSERT OR IGNORE leaves out on their way into a table: for a NULL, for each other, for one that is there. */
export function ignoredBy(index: number | null, applied: AppliedStep): Listing[] {
  const statement = applied.migration.statements.find((each) => each.index === index);
  const rows = statement === undefined ? null : writtenBy(statement, applied);
  if (statement === undefined || rows === null) return [];
  const target = tableNamed(
    applied.after,
    applied.lineage.nameAtEnd(statement.head.target ?? '', statement.index) ?? '',
  );
  const required = target?.columns.filter(({ notNull }) => notNull) ?? [];
  const nulls = required.flatMap(({ name }) => express(rows, quoteName(name)) ?? []);
  const there = target === undefined ? undefined : tableNamed(applied.before, target.name);
  const taken = (there === undefined || target === undefined ? [] : keysIn(target)).flatMap((columns): Listing[] => {
    const terms = columns.flatMap((name) => express(rows, quoteName(name)) ?? []);
    if (terms.length < columns.length || there === undefined) return [];
    const one = terms.length > 1 ? `(${terms.join(', ')})` : terms.join();
    return [
      {
        view: rows,
        conditions: [`${one} IN (SELECT ${columns.map(quoteName).join(', ')} FROM ${quoteName(there.name)})`],
      },
    ];
  });
  return [
    ...nulls.map((value): Listing => ({ view: rows, conditions: [`${value} IS NULL`] })),
    ...surplusOf(rows, statement, applied),
    ...taken,
  ];
}

/** The values that a statement writes, in terms of the database before the migration. */
function writtenBy(statement: Statement, { migration, before, insertions }: AppliedStep): View | null {
  const earlier = migration.statements.filter(({ index }) => index < statement.index);
  return written(statement, follow(before, earlier, insertions), insertions.get(statement.index));
}

function missingFrom(copy: View, table: Table): Listing[] {
  const where = allOf(copy.where);
  if (copy.alias === null) return where === null ? [] : [{ view: plainView(table), conditions: [notTrue(where)] }];
  const qualified = keyOf(table).map((key) => `${quoteName(copy.alias ?? '')}.${key}`);
  const kept = `SELECT ${qualified.join(', ')} FROM ${copy.from}${where === null ? '' : ` WHERE ${where}`}`;
  return [{ view: plainView(table), conditions: [`${ownKey(table)} NOT IN (${kept})`] }];
}

function ownKey(table: Table): string {
  const keys = keyOf(table);
  return keys.length > 1 ? `(${keys.join(', ')})` : keys.join();
}

function notTrue(condition: string): string {
  const inner = /^(.*) IS NOT TRUE$/.exec(condition)?.[1];
  return inner === undefined ? `${asOperand(condition)} IS NOT TRUE` : inner;
}

/** The rows that a copy with GROUP BY, DISTINCT or LIMIT does not bring along. */
function foldedOf({ head, sql, index }: Statement, table: Table, { lineage }: AppliedStep): Listing[] {
  const parts = readSelectParts(readWriteText(sql).query ?? '');
  const [source, ...others] = parts?.tables ?? [];
  const keys = keyOf(table);
  const [id] = keys;
  if (parts?.isFolded !== true || source === undefined || others.length > 0 || keys.length > 1 || id === undefined)
    return [];
  if (!sameName(lineage.nameAtStart(source.name, index) ?? '', table.name)) return [];
  const view = plainView(table);
  const from = `${quoteName(table.name)}${sameName(source.alias, table.name) ? '' : ` AS ${quoteName(source.alias)}`}`;
  const where = parts.where === null ? '' : ` WHERE ${parts.where}`;
  const groups =
    parts.groupBy ?? (head.narrowings.includes('distinct') ? parts.items.map(({ text }) => text).join(', ') : null);
  const kept = (list: string, tail: string): Listing => {
    return { view, conditions: [`${id} NOT IN (SELECT ${list} FROM ${from}${where}${tail})`] };
  };
  if (parts.limit !== null) return [kept(id, ` ${parts.limit}`)];
  if (groups === null) return [];
  return [kept(`min(${id})`, ` GROUP BY ${groups}`), kept(`max(${id})`, ` GROUP BY ${groups}`)];
}

/** The primary key and the unique keys of a table, as far as they are columns. */
function keysIn(table: Table): (readonly string[])[] {
  return [
    ...(table.primaryKey.length > 0 ? [table.primaryKey] : []),
    ...table.indexes.flatMap(({ unique, partial, columns }) => {
      const named = columns.filter((name) => name !== null);
      return unique && !partial && named.length === columns.length ? [named] : [];
    }),
  ];
}

/** The rows that share a key of the table that they go into with another one, all but the first or all but the last. */
function surplusOf(rows: View, { head, index }: Statement, { after, lineage }: AppliedStep): Listing[] {
  const end = lineage.nameAtEnd(head.target ?? '', index);
  const table = end === null ? undefined : tableNamed(after, end);
  const [id, ...others] = keyOf(rows.table);
  if (table === undefined || rows.alias !== null || id === undefined || others.length > 0) return [];
  return keysIn(table).flatMap((columns) => {
    const terms = columns.flatMap((name) => express(rows, quoteName(name)) ?? []);
    if (terms.length < columns.length) return [];
    const within = allOf(rows.where);
    const kept = (which: 'min' | 'max'): string =>
      `${id} NOT IN (SELECT ${which}(${id}) FROM ${rows.from}${within === null ? '' : ` WHERE ${within}`} GROUP BY ${terms.join(', ')})`;
    // OR REPLACE keeps the last of them.
    const order = head.narrowings.includes('or-replace') ? (['max', 'min'] as const) : (['min', 'max'] as const);
    return order.map((which): Listing => ({ view: rows, conditions: [kept(which)] }));
  });
}
