import type { ColumnBefore, ColumnSource } from '../model/change.ts';
import type { Column, Schema, Table } from '../model/schema.ts';
import { type Affinity, affinityOf } from '../sql/affinity.ts';
import type { Flow, FlowTable } from '../sql/flow.ts';
import { refersByName } from '../sql/named-references.ts';
import { foldName, sameName } from '../sql/quote.ts';
import { tableNamed } from '../sql/tables.ts';
import type { ColumnPair } from './column-diff.ts';

/** A column of before with what it has become, and where its values come from. */
export interface ComparedColumn extends ColumnPair {
  readonly feeds: readonly ColumnSource[];
  /** Whether statements convert its values and do nothing else to them. */
  readonly converted: boolean;
  /** Whether a statement means to change its values. */
  readonly intended: boolean;
  /** Whether the rows that were there hold what they held, as far as the statements say. */
  readonly kept: boolean;
}

/** The facts that pairing needs beyond the table. */
interface Surroundings {
  readonly flow: Flow;
  /** The tables whose foreign keys may lead to it. */
  readonly referrers: readonly Table[];
  /** Whether the rows went into another table, whose own names mean nothing. */
  readonly moved?: boolean;
}

/**
 * Pairs the columns of a table of before with those of what it has become. A renamed column is followed, and so is one
 * that a copy puts into a column of a new name; one that was dropped has no pair. An INTEGER PRIMARY KEY that a copy leaves
 * out is meant to be numbered anew, unless something refers to it.
 */
export function pairColumns(
  before: Table,
  after: Table,
  end: FlowTable,
  { flow, referrers, moved = false }: Surroundings,
): ComparedColumn[] {
  const follows = followers(before, flow);
  const referred = referredColumns(before, referrers);
  const taken = new Set<string>();
  const isOwnCopy = end.sources.has(foldName(before.name));
  const hadNames = new Set(before.columns.map(({ name }) => foldName(name)));
  const columns = after.columns.filter(({ generated }) => generated === 'no');
  const fillable = new Map(columns.map((column) => [foldName(column.name), column]));
  const fedBy = columnsFedBy(before, columns, end);
  return before.columns.flatMap((column): ComparedColumn[] => {
    const isOwn = (feed: ColumnSource): boolean =>
      feed.kind === 'column' && sameName(feed.table, before.name) && sameName(feed.column, column.name);
    // A key of another type is a different key.
    const isKey = before.primaryKey.some((name) => sameName(name, column.name));
    const converts = (feed: ColumnSource): boolean => !isKey && isConversionOf(feed, before.name, column.name);
    const isFree = ({ name }: Column): boolean => !taken.has(foldName(name));
    const namesake = fillable.get(foldName(column.name));
    const same = namesake !== undefined && isFree(namesake) ? namesake : undefined;
    const fed = (fedBy.get(foldName(column.name)) ?? []).filter(isFree);
    const isNew = ({ name }: Column): boolean => !hadNames.has(foldName(name));
    const now = moved ? fed[0] : end.before === null ? (same ?? fed.find(isNew)) : (fed[0] ?? same);
    if (now === undefined || column.generated !== 'no') return [];
    taken.add(foldName(now.name));
    const held = feedsOf(end, now.name);
    const feeds = [...held, ...(end.replacing.get(foldName(now.name)) ?? [])];
    const converted = held.some(converts) && held.every((feed) => isOwn(feed) || converts(feed));
    const isMeant = (feed: ColumnSource): boolean => feed.kind === 'intended' && !(converted && converts(feed));
    const isSet = held.length === 0 || held.some(isMeant) || follows.has(foldName(column.name));
    const isReferred = referred.has(foldName(column.name));
    const isNumbered = isAlias(after, now) && isNumberedAnew(end, now) && !isReferred;
    const isGivenUp = !isReferred && isReplacedByOwnKey(before, column, after, now, held);
    return [
      {
        before: column.name,
        after: now.name,
        beforeAffinity: affinityIn(before, column),
        afterAffinity: affinityIn(after, now),
        nullable: !column.notNull && !before.withoutRowid && !isAlias(before, column),
        feeds,
        converted,
        intended:
          isSet ||
          isNumbered ||
          isGivenUp ||
          feeds.some((feed) => isMeant(feed) || (isOwnCopy && isLookUp(feed, after, now))),
        kept: !isSet && !isNumbered && !isGivenUp && held.every(isOwn),
      },
    ];
  });
}

/** The columns that each column of before is put into, by its folded name; those that are given it converted come last. */
function columnsFedBy({ name: table }: Table, columns: readonly Column[], end: FlowTable): Map<string, Column[]> {
  const fed = new Map<string, Column[]>();
  const note = (sourceOf: (feed: ColumnSource) => ColumnBefore | null): void => {
    for (const column of columns) {
      const sources = feedsOf(end, column.name).flatMap((feed) => {
        const source = sourceOf(feed);
        return source !== null && sameName(source.table, table) ? [foldName(source.column)] : [];
      });
      for (const source of new Set(sources)) fed.set(source, [...(fed.get(source) ?? []), column]);
    }
  };
  note((feed) => (feed.kind === 'column' ? feed : null));
  note((feed) => (feed.kind === 'intended' ? (feed.by?.converts ?? null) : null));
  return fed;
}

/** Whether a statement converts this column and does nothing else to it. */
function isConversionOf(feed: ColumnSource, table: string, column: string): boolean {
  const source = feed.kind === 'intended' ? feed.by?.converts : undefined;
  return source != null && sameName(source.table, table) && sameName(source.column, column);
}

/** Whether a column is given the key of a parent that it refers to from now on: a code becomes the number of what it stands for. */
function isLookUp(feed: ColumnSource, { name: own, foreignKeys }: Table, { name }: Column): boolean {
  if (feed.kind !== 'column' || sameName(feed.table, own)) return false;
  return foreignKeys.some(
    ({ columns, parent, parentColumns }) =>
      sameName(parent, feed.table) &&
      columns.some((column, i) => sameName(column, name) && sameName(parentColumns[i] ?? '', feed.column)),
  );
}

/**
 * Whether the key of a table gives its name to another key that its rows have already: `id` was a number, and holds what the unique
 * `public_id` held, which goes by that name from now on.
 */
function isReplacedByOwnKey(
  before: Table,
  column: Column,
  after: Table,
  now: Column,
  held: readonly ColumnSource[],
): boolean {
  if (!isAlias(before, column) || isAlias(after, now) || after.primaryKey.join() !== now.name) return false;
  const [feed, other] = held;
  if (feed?.kind !== 'column' || other !== undefined || !sameName(feed.table, before.name)) return false;
  const source = before.columns.find(({ name }) => sameName(name, feed.column));
  const goes = !after.columns.some(({ name }) => sameName(name, feed.column));
  const isKey = before.indexes.some(
    ({ unique, partial, columns: [first, more] }) =>
      unique && !partial && more === undefined && first != null && sameName(first, feed.column),
  );
  return source?.notNull === true && goes && isKey;
}

/** The names at the end of the tables that were made anew without a value for their INTEGER PRIMARY KEY. */
export function findRenumbered(flow: Flow, after: Schema): string[] {
  return flow.tables.flatMap((end) => {
    const table = tableNamed(after, end.name);
    const key = table?.columns.find((column) => isAlias(table, column));
    return table !== undefined && key !== undefined && isNumberedAnew(end, key) ? [table.name] : [];
  });
}

/** SQLite chooses the number where an INSERT gives none. https://sqlite.org/lang_createtable.html#rowid */
function isNumberedAnew(end: FlowTable, key: Column): boolean {
  const feeds = feedsOf(end, key.name);
  return feeds.length > 0 && feeds.every(({ kind }) => kind === 'default');
}

/** The columns, folded, of a table that foreign keys lead to, and its key if columns of other tables refer to it by their names. */
function referredColumns(table: Table, all: readonly Table[]): ReadonlySet<string> {
  const keys = all.flatMap(({ foreignKeys }) => foreignKeys.filter(({ parent }) => sameName(parent, table.name)));
  const referred = keys.flatMap(({ parentColumns }) => parentColumns.map(foldName));
  const key = table.columns.find((column) => isAlias(table, column));
  const isMeant = ({ name, kind, columns }: Table, own: Column): boolean =>
    kind === 'table' &&
    !sameName(name, table.name) &&
    columns.some((column) => refersByName(column.name, table.name, own.name));
  if (key !== undefined && all.some((other) => isMeant(other, key))) referred.push(foldName(key.name));
  return new Set(referred);
}

/** The columns, folded, that ON UPDATE CASCADE sets to what a statement means their parents to be. */
function followers({ foreignKeys }: Table, flow: Flow): ReadonlySet<string> {
  const following = foreignKeys.filter(({ onUpdate }) => onUpdate === 'CASCADE');
  const columns = following.flatMap(({ columns, parent, parentColumns }) => {
    const end = flow.becomes(parent);
    const isMeant = (name: string): boolean =>
      end !== null && feedsOf(end, name).some(({ kind }) => kind === 'intended');
    return columns.filter((_, i) => isMeant(parentColumns[i] ?? ''));
  });
  return new Set(columns.map(foldName));
}

function feedsOf(end: FlowTable, column: string): readonly ColumnSource[] {
  return end.feeds.get(foldName(column)) ?? [];
}

/** An INTEGER PRIMARY KEY holds integers alone; ANY in a STRICT table converts nothing. https://sqlite.org/stricttables.html */
function affinityIn(table: Table, column: Column): Affinity {
  return table.strict && sameName(column.type, 'any') ? 'blob' : affinityOf(column.type);
}

function isAlias({ rowidAlias }: Table, { name }: Column): boolean {
  return rowidAlias !== null && sameName(rowidAlias, name);
}
