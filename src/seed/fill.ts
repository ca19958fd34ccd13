// This room makes rows from a schema and a seed number, and tries each on a sink that its caller hands in.
import type { SqlValue } from '../model/connection.ts';
import type { Insertion, Refusal, RowSink, RowVerdict } from '../model/dataset.ts';
import type { Table } from '../model/schema.ts';
import { includesName } from '../sql/quote.ts';
import { columnNamed, columnsNamed } from '../sql/tables.ts';
import { findUnlessHopeless } from './hopeless.ts';
import { type NamedRow, nearestRows } from './nearest.ts';
import { isNullable } from './nulls.ts';
import { explainRefusal, overrule } from './overrides.ts';
import type { Reference } from './reading/references.ts';
import type { RowPlan } from './row-plan.ts';
import { slotsOf } from './row-slots.ts';
import { type Found, findRow } from './search.ts';
import { assemble, valueIn } from './slots.ts';
import { keyMemory, refusalToCome } from './to-come.ts';
import { planVirtual } from './virtual.ts';

/** Says how the row of a table is made. */
export type Planner = (table: Table) => RowPlan;

/** Whether a table has no row, asked where its module keeps them. */
export function isEmpty(table: Table, sink: RowSink): boolean {
  const virtual = table.kind === 'virtual' ? planVirtual(table) : null;
  return sink.isEmpty(virtual?.kind === 'row' ? virtual.store : table.name);
}

/**
 * Puts a plain row into an empty table; null, or why it stays empty. A table that relates rows of one parent to each
 * other (`from_stop_id`, `to_stop_id`) gets two of them: a stop is not next to itself, nor a group in itself.
 */
export function fillTable(table: Table, plan: Planner, sink: RowSink): RowVerdict {
  const own = plan(table);
  for (const parent of parentsOfPairs(own)) {
    const present = sink.rows(parent.name, [parent.primaryKey[0] ?? 'rowid'], 2);
    if (present.length === 1) placeRow({ ...plan(parent), variant: 1 }, sink);
  }
  return placeRow(own, sink).refusal;
}

/**
 * The parents of which a row needs two: those that more than one column points at, none of which can be NULL, and one of
 * a row that must not be the same pair as that of another table, for with one of each there is one pair.
 */
function parentsOfPairs({ table, references, rivals }: RowPlan): Table[] {
  const shared = rivals.filter(({ taken }) => taken().length > 0).flatMap(({ columns }) => columns);
  const rival = references.find(({ columns }) => columns.some((name) => includesName(shared, name)));
  const related = references.filter(({ parent, columns: [name = '', second] }) => {
    const column = columnNamed(table, name);
    if (column === undefined || second !== undefined || parent === table) return false;
    return !isNullable(table, column) || isInUniqueKey(table, column.name);
  });
  const paired = related.filter((each) => related.some((other) => other !== each && other.parent === each.parent));
  return [...new Set([...paired, ...(rival === undefined ? [] : [rival])].map(({ parent }) => parent))];
}

function isInUniqueKey(table: Table, column: string): boolean {
  return table.indexes.some(({ unique, columns }) => unique && columns.length > 1 && columns.includes(column));
}

/**
 * Puts rows into tables that point at each other in a circle, each pointing at the row that the next one will get. A
 * table that takes no row is left out, and the others are tried without it.
 */
export function fillCircle(tables: readonly Table[], plan: Planner, sink: RowSink): void {
  if (tables.length < 2) return;
  const open = tables.filter((table) => isEmpty(table, sink));
  if (open.length < 2) return;
  const planned = new Map(open.map((table) => [table.name, plannedRow(plan(table))]));
  const targets = (reference: Reference): readonly (readonly SqlValue[])[] => {
    const present = plan(reference.parent).targets(reference, 0);
    const row = planned.get(reference.parent.name);
    return present.length > 0 || row === undefined ? present : keyIn(row, reference);
  };
  const refusing: Table[] = [];
  sink.together(() => {
    for (const table of open) {
      const { refusal } = placeRow({ ...plan(table), numbered: true, targets }, sink);
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
    sink,
  );
}

/**
 * A row that was placed, or not, beside the one that would have been the plainest; both without the project's own
 * cells.
 */
export interface Placed extends Found<NamedRow> {
  readonly plain: NamedRow;
}

/** Puts the row of a plan in, or the nearest that SQLite takes. */
export function placeRow(plan: RowPlan, sink: RowSink): Placed {
  const { table, overrides, variant } = plan;
  const virtual = table.kind === 'virtual' ? planVirtual(table) : null;
  if (virtual?.kind === 'none') return refused({ code: 'SQLITE_ERROR', message: virtual.reason, ofAnyRow: true });
  const missing = missingParent(plan);
  if (missing !== null) return refused(missing);
  const slots = slotsOf(plan);
  if (virtual !== null) slots.push({ plain: virtual.cells, others: () => [] });
  const memory = keyMemory(plan, sink);
  const insert = (row: NamedRow, how?: Insertion): RowVerdict => {
    const whole = overrule(overrides, row, variant);
    return refusalToCome(plan, memory, whole) ?? sink.insert(table.name, whole, how);
  };
  const isKept = (): boolean => variant > 0 || !isEmpty(table, sink);
  const put = (row: NamedRow): RowVerdict => insert(row) ?? (isKept() ? null : notKept);
  const find = (way: typeof put): Found<NamedRow> => findRow(nearestRows(table, slots), way);
  const isAlone = overrides === null && virtual === null && !plan.guarded;
  const found = isAlone ? findUnlessHopeless(table, slots, put, find) : find(put);
  // Rows of another table may mend what an invariant says of this one.
  const refusal = found.refusal?.code === 'INVARIANT' ? insert(found.row, { lenient: true }) : found.refusal;
  return {
    row: found.row,
    refusal: refusal === null ? null : explainRefusal(table, overrides, found.row, variant, refusal),
    plain: assemble(slots.map(({ plain }) => plain)),
  };
}

const notKept: Refusal = {
  code: 'SQLITE_CONSTRAINT_TRIGGER',
  message: 'a trigger ignores the row or deletes it',
  ofAnyRow: false,
};

function refused(refusal: Refusal): Placed {
  return { refusal, row: new Map(), plain: new Map() };
}

/** Where foreign keys are not enforced SQLite would take an orphan, but no plain row is one. */
function missingParent({ table, references, targets }: RowPlan): Refusal | null {
  const missing = references.find((reference) => {
    if (!reference.declared || reference.parent.name === table.name || targets(reference, 0).length > 0) return false;
    return !columnsNamed(table, reference.columns).some((column) => isNullable(table, column));
  });
  if (missing === undefined) return null;
  const key = `${missing.columns.join(', ')} needs a row in ${missing.parent.name}, which has none`;
  return { code: 'SQLITE_CONSTRAINT_FOREIGNKEY', message: key, ofAnyRow: true };
}

/** The row that a table of a circle will get, as far as it does not depend on the circle. */
function plannedRow(plan: RowPlan): ReadonlyMap<string, SqlValue> {
  const row = assemble(slotsOf({ ...plan, numbered: true }).map(({ plain }) => plain));
  return overrule(plan.overrides, row, plan.variant);
}

function keyIn(row: ReadonlyMap<string, SqlValue>, { parentColumns }: Reference): SqlValue[][] {
  const values = parentColumns.map((column) => valueIn(row, column) ?? null);
  return values.includes(null) ? [] : [values];
}
