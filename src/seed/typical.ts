import type { RowSink } from '../model/dataset.ts';
import type { Schema, Table } from '../model/schema.ts';
import { foldName } from '../sql/quote.ts';
import { growTable } from './grow/grow.ts';
import type { Loaded } from './load-rows.ts';
import { parentsFirst } from './one-row.ts';
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
  const isKept = ({ name }: Table): boolean => options.keptEmpty?.has(foldName(name)) === true;
  const tables = among.filter((table) => table.kind !== 'shadow' && !isKept(table) && wanted(table) > 0);
  if (tables.length === 0) return [];
  const plan = planner(schema, sink, options);
  const missingIn = (table: Table): number => {
    const { facts, isLone } = plan(table);
    const room = isLone ? 1 : roomIn(table, facts);
    const missing = wanted(table);
    return room === Number.POSITIVE_INFINITY
      ? missing
      : Math.min(missing, Math.max(0, room - sink.count(table.name, [])));
  };
  return parentsFirst(tables, plan).flatMap((group) => {
    const left = new Map(group.map((table) => [table, missingIn(table)]));
    let short: Short[] = [];
    for (let turn = group.length > 1 ? 1 : Number.POSITIVE_INFINITY; left.size > 0; turn *= 2) {
      const refused: Short[] = [];
      let hasGrown = false;
      for (const [table, missing] of left) {
        const growth = growTable(table, plan, sink, Math.min(turn, missing));
        if (growth.refusal !== null) refused.push({ table: table.name, growth });
        hasGrown ||= growth.added > 0;
        if (growth.added >= missing) left.delete(table);
        else left.set(table, missing - growth.added);
      }
      short = refused;
      // In a circle, what a table lacks may come with the others' next turn.
      if (!hasGrown || group.length === 1) break;
    }
    return short;
  });
}
