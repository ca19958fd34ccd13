import type { Judge, Unfilled } from '../model/dataset.ts';
import type { Migration } from '../model/history.ts';
import type { Schema, Table } from '../model/schema.ts';
import { readFacts } from './facts.ts';
import { fillCircle, fillTable, isEmpty, type Planner } from './fill.ts';
import { readLater } from './later.ts';
import { targetsFirst } from './order.ts';
import { referenceFinder } from './references.ts';
import type { RowPlan } from './slots.ts';

/** How many rows of a parent are tried as the one that a reference points at. */
const targetLimit = 3;

/**
 * Puts one plain row into every table that has none, parents first, so that every reference points at a row that is
 * there. The values depend on the seed number, the table and the column alone.
 * @param options.later the migrations that have not run yet: they tell of references, lists of values and documents that
 * the schema leaves unsaid.
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
    return fillEach(group, plan, judge);
  });
}

function planner(
  schema: Schema,
  judge: Judge,
  options: { readonly later: readonly Migration[]; readonly seed: number },
): Planner {
  const later = readLater(options.later, schema);
  const referencesOf = referenceFinder(schema, later);
  const plans = new Map<Table, RowPlan>();
  return (table) => {
    const known = plans.get(table);
    if (known !== undefined) return known;
    const { found, dangling } = referencesOf(table);
    const plan: RowPlan = {
      seed: options.seed,
      table,
      variant: 0,
      numbered: false,
      facts: readFacts(table, schema, later),
      references: found,
      dangling,
      targets: ({ parent, parentColumns }) => judge.rows(parent.name, parentColumns, targetLimit),
    };
    plans.set(table, plan);
    return plan;
  };
}

/** Fills tables one by one, and again as long as one of them gives another a parent. */
function fillEach(tables: readonly Table[], plan: Planner, judge: Judge): Unfilled[] {
  let unfilled: Unfilled[] = [];
  for (let before = tables.length + 1; before > 0; ) {
    const open = tables.filter((table) => isEmpty(table, judge));
    if (open.length === before) return unfilled;
    before = open.length;
    unfilled = open.flatMap((table) => {
      const refusal = fillTable(table, plan, judge);
      return refusal === null ? [] : [{ table: table.name, reason: refusal.message }];
    });
  }
  return unfilled;
}
