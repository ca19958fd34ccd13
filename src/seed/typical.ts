import type { RowSink } from '../model/dataset.ts';
import type { Schema, Table } from '../model/schema.ts';
import type { Planner } from './fill.ts';
import { growTable } from './grow/grow.ts';
import type { Loaded } from './load-rows.ts';
import { openAmong, parentsFirst } from './one-row.ts';
import { type FillOptions, planner } from './plan.ts';
import { roomIn } from './singletons.ts';

/** A table that took fewer rows than it was to get. */
export interface Short {
  readonly table: string;
  readonly growth: Loaded;
}

/**
 * Puts more plain rows into tables, parents first: `wanted` says how many into each, and is asked again when its turn
 * comes. Tables that point at each other in a circle grow in turns, each turn as large as all before it, so that rows
 * of the one can point at many of the other.
 * @param among the tables of the schema that may be wanted to grow.
 * @returns the tables that took fewer. No schema makes it throw.
 */
export function growTables(
  schema: Schema,
  sink: RowSink,
  wanted: (table: Table) => number,
  options: FillOptions,
  among: readonly Table[] = schema.tables,
): Short[] {
  const tables = openAmong(among, options).filter((table) => wanted(table) > 0);
  if (tables.length === 0) return [];
  const plan = planner(schema, sink, options);
  return parentsFirst(tables, plan).flatMap((group) => growGroup(group, plan, sink, wanted));
}

function growGroup(
  group: readonly Table[],
  plan: Planner,
  sink: RowSink,
  wanted: (table: Table) => number,
): readonly Short[] {
  const left = new Map(group.map((table) => [table, Math.min(wanted(table), roomLeft(table, plan, sink))]));
  let short: Short[] = [];
  for (let turn = group.length > 1 ? 1 : Number.POSITIVE_INFINITY; left.size > 0; turn *= 2) {
    const grown = [...left].map(([table, missing]) => ({
      ...{ table, missing },
      growth: growTable(table, plan, sink, Math.min(turn, missing)),
    }));
    short = grown.flatMap(({ table: { name }, growth }) => (growth.refusal === null ? [] : [{ table: name, growth }]));
    for (const { table, missing, growth } of grown) {
      if (growth.added >= missing) left.delete(table);
      else left.set(table, missing - growth.added);
    }
    // In a circle, what a table lacks may come with the others' next turn.
    if (group.length === 1 || grown.every(({ growth }) => growth.added === 0)) break;
  }
  return short;
}

/** How many more plain rows a table has room for. */
function roomLeft(table: Table, plan: Planner, sink: RowSink): number {
  const { facts, isLone } = plan(table);
  const room = isLone ? 1 : roomIn(table, facts);
  return room === Number.POSITIVE_INFINITY ? room : Math.max(0, room - sink.count(table.name, []));
}
