import type { RowSink, Unfilled } from '../model/dataset.ts';
import type { Schema, Table } from '../model/schema.ts';
import { foldName } from '../sql/quote.ts';
import { fillCircle, fillTable, isEmpty, type Planner } from './fill.ts';
import { targetsFirst } from './order.ts';
import { type FillOptions, planner } from './plan.ts';

/**
 * Puts one plain row into every table that has none, parents first, so that every reference points at a row that is
 * there. The values depend on the seed number, the table and the column alone.
 * @returns the tables that stay empty, each with the reason. No schema makes it throw.
 */
export function fillEmptyTables(schema: Schema, sink: RowSink, options: FillOptions): Unfilled[] {
  const few = sink.mayHaveFew?.(schema, 0) ?? schema.tables;
  const empty = openAmong(few, options).filter((table) => isEmpty(table, sink));
  if (empty.length === 0) return [];
  const plan = planner(schema, sink, options);
  const unfilled = parentsFirst(empty, plan).flatMap((group) => {
    fillCircle(group, plan, sink);
    return fillGroup(group, plan, sink);
  });
  return stillEmpty(empty, unfilled, sink);
}

/** The tables that may get rows now. */
export function openAmong(tables: readonly Table[], { keptEmpty }: FillOptions): Table[] {
  return tables.filter(({ kind, name }) => kind !== 'shadow' && keptEmpty?.has(foldName(name)) !== true);
}

/**
 * The tables that are empty in the end: triggers of later ones may have deleted rows of earlier ones, or put some in.
 */
export function stillEmpty(tables: readonly Table[], known: readonly Unfilled[], sink: RowSink): Unfilled[] {
  const reasons = new Map(known.map(({ table, reason }) => [table, reason]));
  return tables
    .filter((table) => table.kind !== 'shadow' && isEmpty(table, sink))
    .map(({ name }) => ({ table: name, reason: reasons.get(name) ?? emptied }));
}

const emptied = 'a trigger deletes its rows when another table gets one';

/**
 * Sorts tables so that each stands after those it points at, circles as one group. Virtual tables come last: triggers of
 * the tables that a full-text table indexes may have filled it.
 */
export function parentsFirst(tables: readonly Table[], plan: Planner): Table[][] {
  const ordinary = new Set(tables.filter(({ kind }) => kind === 'table'));
  const parentsOf = (table: Table): Table[] => plan(table).references.map(({ parent }) => parent);
  const groups = targetsFirst([...ordinary], (table) => parentsOf(table).filter((parent) => ordinary.has(parent)));
  return [...groups, ...tables.filter(({ kind }) => kind === 'virtual').map((table) => [table])];
}

/** Fills the tables of a group, and again as long as one of them gives another a parent. */
function fillGroup(tables: readonly Table[], plan: Planner, sink: RowSink): Unfilled[] {
  const open = tables.filter((table) => isEmpty(table, sink));
  const unfilled = open.flatMap((table) => {
    const refusal = isEmpty(table, sink) ? fillTable(table, plan, sink) : null;
    return refusal === null ? [] : [{ table: table.name, reason: refusal.message }];
  });
  const stuck = unfilled.length === 0 || unfilled.length === open.length || tables.length === 1;
  return stuck ? unfilled : fillGroup(tables, plan, sink);
}
