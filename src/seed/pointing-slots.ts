import type { SqlValue } from '../model/connection.ts';
import type { Column } from '../model/schema.ts';
import { sameName } from '../sql/quote.ts';
import { columnNamed, columnsNamed } from '../sql/tables.ts';
import { isNullable, isOrdinarilyNull } from './nulls.ts';
import type { Reference } from './reading/references.ts';
import type { RowPlan } from './row-plan.ts';
import { assemble, columnSlot, firstRowid, type Option, type Slot } from './slots.ts';
import { takes } from './values/affinity.ts';
import { satisfies } from './values/fit.ts';

/** A row that points at itself is made last: another reference may have set the key that it repeats. */
export function referenceSlots(plan: RowPlan, row: ReadonlyMap<string, SqlValue>): Slot[] {
  const isToItself = ({ parent }: Reference): boolean => parent.name === plan.table.name;
  const toOthers = plan.references.filter((reference) => !isToItself(reference));
  const others = toOthers.flatMap((reference) => referenceSlot(plan, reference, row));
  const withKeys = new Map([...row, ...assemble(others.map(({ plain }) => plain))]);
  return [
    ...others,
    ...plan.references.filter(isToItself).flatMap((reference) => referenceSlot(plan, reference, withKeys)),
  ];
}

function referenceSlot(plan: RowPlan, reference: Reference, row: ReadonlyMap<string, SqlValue>): Slot[] {
  const { table } = plan;
  const columns = columnsNamed(table, reference.columns);
  const none: Option = columns.filter((column) => isNullable(table, column)).map(({ name }) => [name, null]);
  const toItself = reference.parent.name === table.name;
  const targets = plan.targets(reference, plan.variant).filter((values) => holds(plan, columns, reference, values));
  const pointing = rotated(targets, rankOf(plan, reference)).map(
    (values): Option => reference.columns.map((column, i) => [column, values[i]]),
  );
  // Only the first row of a table has no other to point at.
  if (toItself) pointing.splice(targets.length, 0, pointingAtItself(plan, reference, row));

  const ordinarilyNull = columns.some((column) => isOrdinarilyNull(table, column, plan.facts(column.name)));
  const options = (toItself || ordinarilyNull) && none.length > 0 ? [none, ...pointing] : [...pointing, none];
  const [plain, ...others] = options.filter((option) => option.length > 0);
  if (plain === undefined) return [];
  // A name alone may be wrong: then the column is like any other.
  const own = reference.declared ? [] : columns.map((column) => columnSlot(plan, column, plan.valueNamed));
  return [{ plain, others: () => [...others, ...own.flatMap((slot) => [slot.plain, ...slot.others()])] }];
}

/** How many references before this one point at its parent: each gets another row, if there is one. */
function rankOf({ references }: RowPlan, reference: Reference): number {
  const rivals = references.filter(({ parent, columns }) => parent === reference.parent && columns.length === 1);
  return Math.max(0, rivals.indexOf(reference));
}

function rotated<T>(list: readonly T[], by: number): T[] {
  const at = list.length === 0 ? 0 : by % list.length;
  return [...list.slice(at), ...list.slice(0, at)];
}

/** An undeclared reference must not put a text into an INTEGER column, nor a value there that a CHECK forbids. */
export function holds(
  plan: RowPlan,
  columns: readonly Column[],
  reference: Reference,
  values: readonly SqlValue[],
): boolean {
  return (
    reference.declared ||
    columns.every(({ name, type }, i) => {
      const value = values[i] ?? null;
      return takes(type, value) && plan.facts(name).demanded.every((condition) => satisfies(value, condition));
    })
  );
}

/** The only row of a table can point at nothing but itself; its rowid must then be known before SQLite counts it. */
function pointingAtItself(plan: RowPlan, reference: Reference, row: ReadonlyMap<string, SqlValue>): Option {
  const { table } = plan;
  return reference.columns.flatMap((column, i): Option => {
    const key = columnNamed(table, reference.parentColumns[i] ?? '')?.name ?? '';
    if (sameName(key, column)) return [];
    if (key !== table.rowidAlias || row.has(key)) return [[column, row.get(key)]];
    return [
      [key, firstRowid(plan) + plan.variant],
      [column, firstRowid(plan) + plan.variant],
    ];
  });
}
