import type { SqlValue } from '../model/connection.ts';
import { sameName } from '../sql/quote.ts';
import { columnNamed } from '../sql/tables.ts';
import { rowidAt } from './column-values.ts';
import { pointingOf } from './pointing.ts';
import type { Reference } from './reading/references.ts';
import type { RowPlan } from './row-plan.ts';
import { assemble, columnSlot, type Option, type Slot } from './slots.ts';

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
  const { columns, nullable, isToItself, isOrdinarilyNull, rank, holds } = pointingOf(plan, reference);
  const none: Option = columns.filter((_, i) => nullable[i] === true).map(({ name }) => [name, null]);
  const targets = plan.targets(reference, plan.variant).filter(holds);
  const first = targets.length === 0 ? 0 : rank % targets.length;
  const pointing = [...targets.slice(first), ...targets.slice(0, first)].map(
    (key): Option => reference.columns.map((column, i) => [column, key[i]]),
  );
  // Only the first row of a table has no other to point at.
  if (isToItself) pointing.push(pointingAtItself(plan, reference, row));
  const options = (isToItself || isOrdinarilyNull) && none.length > 0 ? [none, ...pointing] : [...pointing, none];
  const [plain, ...others] = options.filter((option) => option.length > 0);
  if (plain === undefined) return [];
  // A name alone may be wrong: then the column is like any other.
  const own = reference.declared ? [] : columns.map((column) => columnSlot(plan, column, plan.valueNamed));
  return [{ plain, others: () => [...others, ...own.flatMap((slot) => [slot.plain, ...slot.others()])] }];
}

/** The only row of a table can point at nothing but itself; its rowid must then be known before SQLite counts it. */
function pointingAtItself(
  { table, variant, apart }: RowPlan,
  reference: Reference,
  row: ReadonlyMap<string, SqlValue>,
): Option {
  return reference.columns.flatMap((column, i): Option => {
    const key = columnNamed(table, reference.parentColumns[i] ?? '')?.name ?? '';
    if (sameName(key, column)) return [];
    if (key !== table.rowidAlias || row.has(key)) return [[column, row.get(key)]];
    const rowid = rowidAt(variant, apart);
    return [
      [key, rowid],
      [column, rowid],
    ];
  });
}
