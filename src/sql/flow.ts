import type { ColumnSource, CopiedColumn, Copy, Lookup } from '../model/change.ts';
import type { Statement, StatementHead } from '../model/history.ts';
import type { Schema } from '../model/schema.ts';
import { readUpdate } from './assignments.ts';
import { columnNamesOf, computationOf } from './computations.ts';
import { type FlowTable, type FollowedTables, followTables, type Moving, newTable } from './followed-tables.ts';
import { originsOfLookup } from './looked-up.ts';
import { type LeftJoins, readLeftJoins } from './lookup-text.ts';
import { foldName, sameName } from './quote.ts';
import { readWriteText, renamedColumn } from './write-text.ts';

export type { FlowTable } from './followed-tables.ts';

/** The tables at the end of a migration. */
export interface Flow {
  /** Those that its statements make, write, read or change; all others are as they were. */
  readonly tables: readonly FlowTable[];
  /** Whether a VACUUM may have given rows other rowids. https://sqlite.org/lang_vacuum.html */
  readonly renumbered: boolean;
  /** The table that one of before has become: itself, or the one made anew under its name; null when it is gone. */
  becomes(table: string): FlowTable | null;
}

/**
 * Follows tables, columns and values through the statements of a migration: renames, drops, copies and updates.
 * @param schema that of before.
 * @param copies what SQLite says of each INSERT and CREATE TABLE … AS.
 */
export function readFlow(statements: readonly Statement[], copies: readonly Copy[], schema: Schema): Flow {
  const moving = followTables(schema);
  const copyOf = new Map(copies.map((copy) => [copy.statement, copy]));
  let columnNames: ReadonlySet<string> | null = null;
  const isColumnName = (text: string): boolean => {
    columnNames ??= columnNamesOf(schema, copies, statements);
    return columnNames.has(foldName(text));
  };
  for (const statement of statements) take(moving, statement, copyOf.get(statement.index), isColumnName);
  const ends = moving.all();
  return {
    tables: ends,
    renumbered: statements.some(({ sql }) => /^vacuum\b/i.test(sql)),
    becomes: (table) =>
      ends.find(({ before }) => before !== null && sameName(before, table)) ??
      ends.find(({ name, before }) => before === null && sameName(name, table)) ??
      moving.asItWas(table),
  };
}

/** Takes one statement into account. */
function take(
  moving: FollowedTables,
  { head, index, sql }: Statement,
  copy: Copy | undefined,
  isColumnName: (text: string) => boolean,
): void {
  if (head.target === null) return;
  const name = foldName(head.target);
  const table = moving.get(name);
  const column = foldName(head.column ?? '');
  switch (head.verb) {
    case 'create-table':
      if (table !== undefined) break;
      moving.add(head.target, newTable(null, []));
      put(moving, head, sql, readWriteText(sql).query, copy, isColumnName);
      break;
    case 'insert':
    case 'replace': {
      const { sets, query } = readWriteText(sql);
      put(moving, head, sql, query, copy, isColumnName);
      if (table !== undefined && /^values\b/i.test(query ?? '')) table.mixed = true;
      for (const set of sets) table?.feeds.set(foldName(set), [{ kind: 'intended', statement: index }]);
      break;
    }
    case 'update':
      if (table !== undefined) update(moving, table, head, { index, sql });
      break;
    case 'delete':
      if (table !== undefined) table.deletedFrom = true;
      break;
    case 'add-column':
      table?.feeds.set(column, [{ kind: 'intended', statement: index }]);
      break;
    case 'drop-column':
      table?.feeds.delete(column);
      table?.lookups.delete(column);
      break;
    case 'rename-column':
      if (table !== undefined) rename(table, column, foldName(renamedColumn(sql) ?? ''));
      break;
    case 'rename-table':
      if (table === undefined || head.renamedTo === null) break;
      moving.delete(name);
      moving.add(head.renamedTo, table);
      break;
    case 'drop-table':
      moving.delete(name);
  }
}

function rename({ feeds, lookups }: Moving, from: string, to: string): void {
  const [fed, asked] = [feeds.get(from), lookups.get(from)];
  feeds.delete(from);
  lookups.delete(from);
  if (fed !== undefined) feeds.set(to, fed);
  if (asked !== undefined) lookups.set(to, asked);
}

/** Notes what an UPDATE sets; where it is about some rows, the others hold what they held. */
function update(
  moving: FollowedTables,
  { feeds, lookups }: Moving,
  { target, sources }: StatementHead,
  { index, sql }: Pick<Statement, 'index' | 'sql'>,
): void {
  const { assignments, isWhole } = readUpdate(sql);
  const tables = [...(target === null ? [] : [target]), ...sources];
  const outer = target === null ? [] : [target];
  const set = assignments.map(({ column, expression }): [string, ColumnSource] => {
    const by = expression === null ? undefined : computationOf(moving, tables, expression, outer);
    return [foldName(column), { kind: 'intended', statement: index, ...(by && { by }) }];
  });
  const asked = assignments.map(({ column, lookup }): [string, Lookup[]] => {
    const reads = lookup === null ? [] : originsOfLookup(moving, sql, target, sources, lookup.names);
    return [
      foldName(column),
      lookup === null ? [] : [{ statement: index, reads, isPlain: lookup.isPlain, finds: null }],
    ];
  });
  for (const [column, found] of asked) lookups.set(column, [...(isWhole ? [] : (lookups.get(column) ?? [])), ...found]);
  // All that SET reads is of before.
  for (const [column, feed] of set) {
    const known = feeds.get(column);
    if (isWhole || known === undefined) feeds.set(column, [feed]);
    else known.push(feed);
  }
}

/**
 * Notes what an INSERT puts into a table. Into one that was there before it adds rows, which says nothing about those that
 * are there, unless it replaces them or brings back what came from the table itself.
 */
function put(
  moving: FollowedTables,
  { verb, target, sources, narrowings }: StatementHead,
  sql: string,
  query: string | null,
  copy: Copy | undefined,
  isColumnName: (text: string) => boolean,
): void {
  const table = moving.get(foldName(target ?? ''));
  if (table === undefined || copy === undefined) return;
  // Tables that SQLite names are seen through views and common table expressions.
  const named = copy.columns.flatMap(({ source }) => (source.kind === 'column' ? [source.table] : []));
  const read = new Set([...sources, ...named].map(foldName));
  const origins = [...read].flatMap((source) => originsOf(moving.get(source)));
  for (const origin of origins) table.sources.add(origin);
  if (sources.length > 1 && narrowings.includes('compound')) table.mixed = true;
  const returns = table.before !== null && origins.includes(foldName(table.before));
  const adds = table.before !== null && !table.deletedFrom && verb !== 'replace' && !returns;
  // A row in the place of a deleted one is another row.
  const isOther = table.before !== null && table.deletedFrom && !returns;
  const known = adds ? table.added : table.before === null ? table.feeds : table.replacing;
  const joined = query === null ? null : readLeftJoins(query);
  for (const { column, source } of copy.columns) {
    const name = foldName(column);
    const asked = lookupsOf(moving, sql, source, copy.statement, sources, joined);
    if (!adds && asked.length > 0) table.lookups.set(name, [...(table.lookups.get(name) ?? []), ...asked]);
    const fed = feedsOf(moving, source, copy.statement, sources, isColumnName);
    const feeds = isOther ? fed.map(asMeant) : fed;
    known.set(name, [...(known.get(name) ?? []), ...feeds]);
  }
  for (const { column, source } of copy.united.flat()) {
    const name = foldName(column);
    const fed = feedsOf(moving, source, copy.statement, sources, isColumnName);
    table.united.set(name, [...(table.united.get(name) ?? []), ...fed]);
  }
}

function originsOf(table: Moving | undefined): string[] {
  if (table === undefined) return [];
  return [...(table.before === null ? [] : [foldName(table.before)]), ...table.sources];
}

function feedsOf(
  moving: FollowedTables,
  source: CopiedColumn['source'],
  statement: number,
  sources: readonly string[],
  isColumnName: (text: string) => boolean,
): ColumnSource[] {
  const meant: ColumnSource = { kind: 'intended', statement };
  if (source.kind === 'expression')
    return [source.by === null ? meant : { ...meant, by: computationOf(moving, sources, source.by) }];
  if (source.kind === 'default') return [{ kind: 'default', statement }];
  // A literal that names no column is a text by intent, in any quotes.
  if (source.kind === 'literal')
    return [isColumnName(source.text) ? { kind: 'literal', statement, text: source.text } : meant];
  const feeds = moving.get(foldName(source.table))?.feeds.get(foldName(source.column));
  // The statement that filled the column decided on its value.
  return feeds?.map((feed) => (feed.kind === 'column' ? { ...feed, statement } : feed)) ?? [meant];
}

/** The lookups behind a copied value: in its own text, by a LEFT JOIN, or before it was copied. */
function lookupsOf(
  moving: FollowedTables,
  sql: string,
  source: CopiedColumn['source'],
  statement: number,
  sources: readonly string[],
  joined: LeftJoins | null,
): readonly Lookup[] {
  if (source.kind === 'expression') {
    const lookup = source.by?.lookup ?? null;
    if (lookup === null) return [];
    const { names, isPlain } = lookup;
    return [{ statement, reads: originsOfLookup(moving, sql, null, sources, names), isPlain, finds: null }];
  }
  if (source.kind !== 'column') return [];
  const before = moving.get(foldName(source.table))?.lookups.get(foldName(source.column)) ?? [];
  if (joined === null || joined.left.has(foldName(source.table))) return before;
  return [
    ...before,
    { statement, reads: originsOfLookup(moving, sql, null, sources, joined.names), isPlain: false, finds: source },
  ];
}

function asMeant(feed: ColumnSource): ColumnSource {
  return feed.kind === 'intended' ? feed : { kind: 'intended', statement: feed.statement };
}
