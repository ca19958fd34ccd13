import type { Database } from '../database/connection.ts';
import type { TableChange } from '../model/change.ts';
import type { State } from '../model/outcome.ts';
import type { Table } from '../model/schema.ts';
import type { Flow, FlowTable } from '../sql/flow.ts';
import { foldName, sameName } from '../sql/quote.ts';
import { tableNamed } from '../sql/tables.ts';
import { isUnique, pairOf } from './identity.ts';
import { type ComparedColumn, pairColumns } from './pairing.ts';
import { countMissing, diffUnited } from './row-diff.ts';

/** A table that is gone, with another one into which its rows went. */
interface Move {
  readonly end: FlowTable;
  readonly now: Table;
  /** The columns whose values are there, unchanged. */
  readonly columns: readonly ComparedColumn[];
}

/**
 * A table that is gone: another one may have all its rows. Those of its columns that are copied there must be copied
 * unchanged, except for the key. A row that was there twice is there twice, unless a key of the other table folds it, and so are
 * equal rows of two tables that go into one; a row that comes to be there more often was multiplied by a join.
 */
export function findMoved(
  db: Database,
  schema: string,
  flow: Flow,
  table: Table,
  before: State,
  after: State,
): TableChange[] {
  const moves = movesOf(table, flow, after);
  if (moves.length === 0) return [];
  const counts = moves.map((move) => {
    const others = alongside(table, move, flow, before, after);
    const isLast = others.every(
      (each) => before.schema.tables.indexOf(each.table) < before.schema.tables.indexOf(table),
    );
    const pair = pairOf({ schema, before: table, after: move.now }, move.columns);
    const missing = countMissing(db, pair);
    // Tables that go into one are compared with it together, at the last of them.
    if (isUnique(move.now, move.columns) || !isLast) return { missing, duplicated: 0 };
    const pairs = others.map((each) => pairOf({ schema, before: each.table, after: move.now }, each.columns));
    const { lost, duplicated } = diffUnited(db, [...pairs, pair]);
    return {
      missing: Math.max(missing, lost),
      duplicated: isMultiplied(table, move, flow, before, after) ? duplicated : 0,
    };
  });
  const [first, second] = moves;
  const duplicated = second === undefined ? (counts[0]?.duplicated ?? 0) : 0;
  const isDuplicated = first !== undefined && duplicated > 0;
  return [
    {
      table: table.name,
      now: isDuplicated ? first.now.name : null,
      lost: Math.min(...counts.map(({ missing }) => missing)),
      duplicated,
      changed: 0,
      columns: [],
      swapped: [],
      copiedBy: isDuplicated ? firstCopy(first.end) : null,
      keys: { columns: [], rows: [] },
    },
  ];
}

/** The tables at the end that have all columns of a table which is gone, but for its key. */
function movesOf(table: Table, flow: Flow, after: State): Move[] {
  return flow.tables.flatMap((end): Move[] => {
    const now = tableNamed(after.schema, end.name);
    if (now?.kind !== 'table' || !end.sources.has(foldName(table.name))) return [];
    const columns = pairColumns(table, now, withUnited(end), { flow, referrers: [], moved: true });
    const rest = table.columns.filter(
      ({ name, generated }) => generated === 'no' && !table.primaryKey.some((key) => sameName(key, name)),
    );
    const isWhole = rest.every(({ name }) => columns.some((column) => sameName(column.before, name)));
    const exact = columns.filter(({ beforeAffinity, afterAffinity }) => beforeAffinity === afterAffinity);
    return isWhole && exact.length > 0 ? [{ end, now, columns: exact }] : [];
  });
}

/** A table with what all SELECTs of a UNION put into it. */
function withUnited(end: FlowTable): FlowTable {
  if (end.united.size === 0) return end;
  const names = new Set([...end.feeds.keys(), ...end.united.keys()]);
  const all = [...names].map(
    (name) => [name, [...(end.feeds.get(name) ?? []), ...(end.united.get(name) ?? [])]] as const,
  );
  return { ...end, feeds: new Map(all) };
}

/** The other tables that are gone and whose rows went, by the same columns, where those of this one did. */
function alongside(
  table: Table,
  { end, columns }: Move,
  flow: Flow,
  before: State,
  after: State,
): { readonly table: Table; readonly columns: readonly ComparedColumn[] }[] {
  const filled = columns.map((column) => foldName(column.after)).sort();
  return before.schema.tables.flatMap((other) => {
    if (other === table || !end.sources.has(foldName(other.name)) || flow.becomes(other.name) !== null) return [];
    const move = movesOf(other, flow, after).find((each) => each.end === end);
    const isAlike =
      move?.columns
        .map((column) => foldName(column.after))
        .sort()
        .join() === filled.join();
    if (move === undefined || !isAlike) return [];
    // One after the other, in the order of the columns of the first.
    const ordered = columns.flatMap((column) => move.columns.find((each) => sameName(each.after, column.after)) ?? []);
    return [{ table: other, columns: ordered }];
  });
}

/**
 * Whether a join with children of the table is all that can have made several rows of one: the other table tells nothing of its
 * children that would make one row of each.
 */
function isMultiplied(table: Table, { end }: Move, flow: Flow, before: State, after: State): boolean {
  const [other, second] = [...end.sources].filter((source) => !sameName(source, table.name));
  const child = other === undefined ? undefined : tableNamed(before.schema, other);
  if (end.before !== null || end.mixed || second !== undefined || child === undefined) return false;
  const feeds = [...end.feeds.values()].flat();
  if (new Set(feeds.map(({ statement }) => statement)).size > 1) return false;
  const refers = child.foreignKeys.some(({ parent }) => sameName(parent, table.name));
  const own = [
    ...child.primaryKey,
    ...child.indexes.flatMap(({ unique, columns }) => (unique ? columns.filter((name) => name !== null) : [])),
  ];
  const isTold = feeds.some(
    (feed) =>
      feed.kind === 'column' && sameName(feed.table, child.name) && own.some((name) => sameName(name, feed.column)),
  );
  return refers && !isTold && !movesOf(child, flow, after).some((move) => move.end === end);
}

function firstCopy({ feeds }: FlowTable): number | null {
  const statements = [...feeds.values()].flat().flatMap(({ statement }) => (statement > 0 ? [statement] : []));
  return statements.length > 0 ? Math.min(...statements) : null;
}
