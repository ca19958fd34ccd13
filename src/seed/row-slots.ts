import type { SqlValue } from '../model/connection.ts';
import type { Column } from '../model/schema.ts';
import { constantOf } from '../sql/literals.ts';
import { columnNamed } from '../sql/tables.ts';
import { referenceSlots } from './pointing-slots.ts';
import { isDemanded } from './reading/demands.ts';
import type { RowPlan } from './row-plan.ts';
import { assemble, columnSlot, type Option, type Slot } from './slots.ts';

/** The slots of a table in the order in which they are laid down: a later one has the last word on its columns. */
export function slotsOf(plan: RowPlan): Slot[] {
  const { table } = plan;
  const written = table.columns.filter(({ generated }) => generated === 'no');
  const isDocument = (column: Column): boolean => plan.valuesOf(column).document !== null;
  const own = written
    .filter((column) => !isDocument(column))
    .map((column) => columnSlot(plan, column, plan.valueNamed));
  const pointing = referenceSlots(plan, assemble(own.map(({ plain }) => plain)));
  // Documents are made last: they may repeat other columns of their row.
  const rest = assemble([...own, ...pointing].map(({ plain }) => plain));
  const known = (key: string): SqlValue | undefined => rest.get(key) ?? plan.valueNamed(key);
  const all = [...own, ...written.filter(isDocument).map((column) => columnSlot(plan, column, known)), ...pointing];
  const shown = all.filter((slot, i) => !all.slice(i + 1).some((later) => covers(later, slot)));
  return withoutChoice([...filledSlots(shown, plan), ...heldSlots(plan)], plan);
}

/** Slots that fill a column, and what a migration to come copies where NULL is not allowed, if it picks the plain row. */
function filledSlots(slots: Slot[], { table, filled, filledIn }: RowPlan): Slot[] {
  const row = assemble(slots.map(({ plain }) => plain));
  const heldIn = (name: string): SqlValue | undefined =>
    row.get(name) ?? constantOf(columnNamed(table, name)?.default ?? null);
  const demanded = filledIn.filter((demand) => isDemanded(demand, heldIn)).flatMap(({ columns }) => columns);
  const columns = filled === null ? demanded : [filled, ...demanded];
  return columns.reduce((open, column) => open.flatMap((slot) => withoutNull(slot, column)), slots);
}

/** The cells that are the same in every row. */
function heldSlots({ held }: RowPlan): Slot[] {
  return [...held].map((cell) => ({ plain: [cell], others: () => [] }));
}

/** Slots of which those that the project itself fills have one option: no other would change the row. */
function withoutChoice(slots: Slot[], { overrides, variant }: RowPlan): Slot[] {
  if (overrides === null) return slots;
  const own = overrides(assemble(slots.map(({ plain }) => plain)), variant);
  return slots.map((slot) => (slot.plain.every(([column]) => own.has(column)) ? { ...slot, others: () => [] } : slot));
}

/** A slot without the options that leave `column` NULL. */
function withoutNull(slot: Slot, column: string): Slot[] {
  const fills = (option: Option): boolean => option.every(([name, cell]) => name !== column || cell != null);
  if (!slot.plain.some(([name]) => name === column)) return [slot];
  const [plain, ...others] = [slot.plain, ...slot.others()].filter(fills);
  return plain === undefined ? [] : [{ plain, others: () => others }];
}

/** Whether whatever `later` lays down hides all of `slot`. */
function covers(later: Slot, slot: Slot): boolean {
  const [cell, second] = later.plain;
  return second === undefined && slot.plain.every(([column]) => column === cell?.[0]);
}
