import type { SqlValue } from '../model/connection.ts';
import type { Judge, Verdict } from '../model/dataset.ts';
import type { Table } from '../model/schema.ts';
import { sameName } from '../sql/quote.ts';
import { isNullable } from './nulls.ts';
import type { Reference } from './references.ts';
import type { Refusal } from './refusal.ts';
import { putRow } from './search.ts';
import { assemble, type RowPlan, type Slot, slotsOf } from './slots.ts';
import { planVirtual } from './virtual.ts';

/** Says how the row of a table is made. */
export type Planner = (table: Table) => RowPlan;

/** Whether a table has no row, asked where its module keeps them. */
export function isEmpty(table: Table, judge: Judge): boolean {
  const virtual = table.kind === 'virtual' ? planVirtual(table) : null;
  return judge.isEmpty(virtual?.kind === 'row' ? virtual.store : table.name);
}

/** Puts a plain row into an empty table; null, or why it stays empty. */
export function fillTable(table: Table, plan: Planner, judge: Judge): Verdict {
  const refusal = put(plan(table), judge);
  if (refusal === null) return null;
  // Two columns that point at one parent may have to differ, as in CHECK (a_id <> b_id): that takes a second row there.
  const filled = sharedParents(plan(table)).some((parent) => {
    const second = { ...plan(parent), variant: 1 };
    return judge.together(() => put(second, judge) ?? put(plan(table), judge)) === null;
  });
  return filled ? null : refusal;
}

/**
 * Puts rows into tables that point at each other in a circle, each pointing at the row that the next one will get. A
 * table that takes no row is left out, and the others are tried without it.
 */
export function fillCircle(tables: readonly Table[], plan: Planner, judge: Judge): void {
  const open = tables.filter((table) => isEmpty(table, judge));
  if (open.length < 2) return;
  const planned = new Map(open.map((table) => [table.name, plannedRow(plan(table))]));
  const targets = (reference: Reference): readonly (readonly SqlValue[])[] => {
    const present = plan(reference.parent).targets(reference);
    const row = planned.get(reference.parent.name);
    return present.length > 0 || row === undefined ? present : keyIn(row, reference);
  };
  const refusing: Table[] = [];
  judge.together(() => {
    for (const table of open) {
      const refusal = put({ ...plan(table), numbered: true, targets }, judge);
      if (refusal === null) continue;
      refusing.push(table);
      return refusal;
    }
    return null;
  });
  if (refusing.length === 0) return;
  fillCircle(
    open.filter((table) => !refusing.includes(table)),
    plan,
    judge,
  );
}

function put(plan: RowPlan, judge: Judge): Verdict {
  const { table } = plan;
  const virtual = table.kind === 'virtual' ? planVirtual(table) : null;
  if (virtual?.kind === 'none') return { code: 'SQLITE_ERROR', message: virtual.reason };
  const missing = missingParent(plan);
  if (missing !== null) return missing;
  const slots = slotsOf(plan);
  if (virtual !== null) slots.push({ plain: virtual.cells, others: () => [] } satisfies Slot);
  const wasEmpty = isEmpty(table, judge);
  return putRow(table, slots, judge, () => wasEmpty && isEmpty(table, judge));
}

/** Where foreign keys are not enforced SQLite would take an orphan, but no plain row is one. */
function missingParent({ table, references, targets }: RowPlan): Refusal | null {
  const missing = references.find((reference) => {
    if (!reference.declared || reference.parent.name === table.name || targets(reference).length > 0) return false;
    const columns = table.columns.filter(({ name }) => reference.columns.some((column) => sameName(column, name)));
    return !columns.some((column) => isNullable(table, column));
  });
  if (missing === undefined) return null;
  const key = `${missing.columns.join(', ')} needs a row in ${missing.parent.name}, which has none`;
  return { code: 'SQLITE_CONSTRAINT_FOREIGNKEY', message: key };
}

/** The tables that more than one reference points at. */
function sharedParents({ table, references }: RowPlan): Table[] {
  const parents = references.map(({ parent }) => parent).filter((parent) => parent !== table);
  return [...new Set(parents.filter((parent, i) => parents.indexOf(parent) !== i))];
}

/** The row that a table of a circle will get, as far as it does not depend on the circle. */
function plannedRow(plan: RowPlan): ReadonlyMap<string, SqlValue> {
  return assemble(slotsOf({ ...plan, numbered: true }).map(({ plain }) => plain));
}

function keyIn(row: ReadonlyMap<string, SqlValue>, { parentColumns }: Reference): SqlValue[][] {
  const values = parentColumns.map((column) => [...row].find(([name]) => sameName(name, column))?.[1] ?? null);
  return values.includes(null) ? [] : [values];
}
