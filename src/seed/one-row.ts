import type { Judge, Unfilled } from '../model/dataset.ts';
import type { Migration } from '../model/history.ts';
import type { Schema, Table } from '../model/schema.ts';
import { foldName } from '../sql/quote.ts';
import { fillCircle, fillTable, isEmpty, type Planner } from './fill.ts';
import { targetsFirst } from './order.ts';
import { factReader } from './reading/facts.ts';
import { readLater } from './reading/later.ts';
import { referenceFinder } from './reading/references.ts';
import type { RowPlan } from './slots.ts';

/** How many rows of a parent are tried as the one that a reference points at. */
const targetLimit = 3;

/**
 * Puts one plain row into every table that has none, parents first, so that every reference points at a row that is
 * there. The values depend on the seed number, the table and the column alone.
 * @param options.later the migrations that have not run yet: they tell of references, lists of values and documents
 * that the schema leaves unsaid.
 * @returns the tables that stay empty, each with the reason. No schema makes it throw.
 */
export function fillEmptyTables(
  schema: Schema,
  judge: Judge,
  options: { readonly later: readonly Migration[]; readonly seed: number },
): Unfilled[] {
  const empty = schema.tables.filter((table) => table.kind !== 'shadow' && isEmpty(table, judge));
  if (empty.length === 0) return [];
  const plan = planner(schema, judge, options);
  const parentsOf = (table: Table): Table[] => plan(table).references.map(({ parent }) => parent);
  const ordinary = new Set(empty.filter(({ kind }) => kind === 'table'));
  const groups = targetsFirst([...ordinary], (table) => parentsOf(table).filter((parent) => ordinary.has(parent)));
  // Virtual tables last: triggers of the tables that a full-text table indexes may have filled it.
  const virtual = empty.filter(({ kind }) => kind === 'virtual').map((table) => [table]);
  return [...groups, ...virtual].flatMap((group) => {
    fillCircle(group, plan, judge);
    return fillGroup(group, plan, judge);
  });
}

function planner(
  schema: Schema,
  judge: Judge,
  options: { readonly later: readonly Migration[]; readonly seed: number },
): Planner {
  const later = readLater(options.later, schema);
  const factsOf = factReader(schema, later);
  const references = referenceFinder(schema, later);
  const plans = new Map<Table, RowPlan>();
  return (table) => {
    const known = plans.get(table);
    if (known !== undefined) return known;
    const { found, dangling } = references.ofTable(table);
    const plan: RowPlan = {
      seed: options.seed,
      table,
      variant: 0,
      numbered: false,
      apart: later.given.has(foldName(table.name)),
      facts: factsOf(table),
      references: found,
      dangling,
      targets: ({ parent, parentColumns }) => judge.rows(parent.name, parentColumns, targetLimit),
      valueNamed: (name) => {
        const key = references.ofName(name, table);
        return key === null ? undefined : judge.rows(key.table.name, [key.column.name], 1)[0]?.[0];
      },
    };
    plans.set(table, plan);
    return plan;
  };
}

/** Fills the tables of a group, and again as long as one of them gives another a parent. */
function fillGroup(tables: readonly Table[], plan: Planner, judge: Judge): Unfilled[] {
  const open = tables.filter((table) => isEmpty(table, judge));
  const unfilled = open.flatMap((table) => {
    const refusal = isEmpty(table, judge) ? fillTable(table, plan, judge) : null;
    return refusal === null ? [] : [{ table: table.name, reason: refusal.message }];
  });
  const stuck = unfilled.length === 0 || unfilled.length === open.length || tables.length === 1;
  return stuck ? unfilled : fillGroup(tables, plan, judge);
}
