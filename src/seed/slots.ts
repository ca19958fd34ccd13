import type { SqlValue } from '../model/connection.ts';
import type { Column, Table } from '../model/schema.ts';
import { foldName, sameName } from '../sql/quote.ts';
import { columnNamed, columnsNamed } from '../sql/tables.ts';
import { type Cell, type CellRequest, isDocumentColumn, literalOf, otherCells, plainCell } from './cells.ts';
import { isNullable, isOrdinarilyNull } from './nulls.ts';
import type { Overrides } from './overrides.ts';
import type { UniqueKey } from './partial-keys.ts';
import { type Demand, isDemanded } from './reading/demands.ts';
import type { ColumnFacts } from './reading/facts.ts';
import type { Reference } from './reading/references.ts';
import { takes } from './values/affinity.ts';
import { satisfies } from './values/fit.ts';
import type { Vocabulary } from './values/vocabulary.ts';

/** Cells that go into a row together: one column's, or all that a composite reference sets. */
export type Option = readonly (readonly [column: string, cell: Cell])[];

/** The choices for some columns of a row. */
export interface Slot {
  readonly plain: Option;
  /** The choices after SQLite refuses the plain cells; asked only then. */
  readonly others: () => readonly Option[];
}

/** Columns that are unique across two tables, and the values that the other table holds of them. */
export interface RivalKey {
  readonly columns: readonly string[];
  readonly taken: () => readonly (readonly SqlValue[])[];
}

/** The plan by which the rows of a table are made. */
export interface RowPlan {
  readonly seed: number;
  readonly vocabulary: Vocabulary;
  readonly table: Table;
  /** 0 for the plain row; another number gives other values of the same kind. */
  readonly variant: number;
  /** A column that must not be NULL although the plain row could leave it so; null for none. */
  readonly filled: string | null;
  /** Whether the row says its rowid, for others to point at before it is there; else SQLite counts. */
  readonly numbered: boolean;
  /** Whether a migration to come writes rows of this table out: then its numbers stay out of their way. */
  readonly apart: boolean;
  /** Whether triggers may act on its rows, so that a refused one may leave something behind. */
  readonly guarded: boolean;
  readonly facts: (column: string) => ColumnFacts;
  readonly references: readonly Reference[];
  /** Whether a migration to come writes out a row with this value in a column: no row of today has it in a key. */
  readonly isWritten: (column: string, value: SqlValue) => boolean;
  /** Columns that point, or will, at a missing table or column. */
  readonly dangling: readonly string[];
  /** The project's own cells of a row, which are final; null without any. */
  readonly overrides: Overrides | null;
  /** Columns that later migrations will make unique together; other words may stand among them. */
  readonly uniques: readonly UniqueKey[];
  /**
   * Keys that a later migration takes once out of this table and another one, with what the other one holds of each.
   */
  readonly rivals: readonly RivalKey[];
  /** Columns that a later migration copies where NULL is not allowed, and out of which rows. */
  readonly filledIn: readonly Demand[];
  /** The values that columns hold in every row, so that it is outside a partial index. */
  readonly held: ReadonlyMap<string, SqlValue>;
  /** The values of the parent's columns in rows that a reference can point at. */
  readonly targets: (reference: Reference, variant: number) => readonly (readonly SqlValue[])[];
  /** The value that something of this name in the table would point with, as `client_id` inside a document. */
  readonly valueNamed: (name: string) => SqlValue | undefined;
}

/** The slots of a table in the order in which they are laid down: a later one has the last word on its columns. */
export function slotsOf(plan: RowPlan): Slot[] {
  const { table } = plan;
  const written = table.columns.filter(({ generated }) => generated === 'no');
  const documents = written.filter((column) => isDocumentColumn(column, plan.facts(column.name)));
  const own = written
    .filter((column) => !documents.includes(column))
    .map((column) => columnSlot(plan, column, plan.valueNamed));
  const pointing = referenceSlots(plan, assemble(own.map(({ plain }) => plain)));
  // Documents are made last: they may repeat other columns of their row.
  const rest = assemble([...own, ...pointing].map(({ plain }) => plain));
  const known = (key: string): SqlValue | undefined => rest.get(key) ?? plan.valueNamed(key);
  const all = [...own, ...documents.map((column) => columnSlot(plan, column, known)), ...pointing];
  const shown = all.filter((slot, i) => !all.slice(i + 1).some((later) => covers(later, slot)));
  const open = plan.filled === null ? shown : shown.flatMap((slot) => withoutNull(slot, plan.filled));
  return withoutChoice([...filledSlots(open, plan), ...heldSlots(plan)], plan);
}

/** Slots that fill what a migration to come copies where NULL is not allowed, if it picks the plain row. */
function filledSlots(slots: Slot[], { table, filledIn }: RowPlan): Slot[] {
  const row = assemble(slots.map(({ plain }) => plain));
  const heldIn = (name: string): SqlValue | undefined =>
    row.get(name) ?? literalOf(columnNamed(table, name)?.default ?? null);
  const demanded = filledIn.filter((demand) => isDemanded(demand, heldIn)).flatMap(({ columns }) => columns);
  return demanded.reduce((open, column) => open.flatMap((slot) => withoutNull(slot, column)), slots);
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
function withoutNull(slot: Slot, column: string | null): Slot[] {
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

/** The row that the options make, column by column; a column without a cell is left to SQLite. */
export function assemble(options: readonly Option[]): Map<string, SqlValue> {
  const row = new Map<string, SqlValue>();
  for (const [column, cell] of options.flat()) {
    if (cell === undefined) row.delete(column);
    else row.set(column, cell);
  }
  return row;
}

/** The value of a column whatever the case of its name; undefined where the row has none. */
export function valueIn(row: ReadonlyMap<string, SqlValue>, column: string): SqlValue | undefined {
  return row.has(column) ? row.get(column) : [...row].find(([name]) => sameName(name, column))?.[1];
}

/** Where the numbers of rows begin that must not be in the way of those that people write out. */
const apartFrom = 1_000_000;

/** The rowid of a row that says it. */
function rowidOf({ apart }: RowPlan): number {
  return apart ? apartFrom + 1 : 1;
}

/** Whether a column tells rows apart by itself or with others. */
function isKey(table: Table, column: string): boolean {
  return column === table.rowidAlias || table.indexes.some(({ unique, columns }) => unique && columns.includes(column));
}

function columnSlot(plan: RowPlan, column: Column, known: CellRequest['known']): Slot {
  const { seed, vocabulary, table, variant } = plan;
  const request = { seed, vocabulary, table, column, variant, facts: plan.facts(column.name), known };
  return {
    plain: [[column.name, startingCell(plan, request)]],
    // Any other key could be one of those that are written out.
    others: () =>
      plan.apart && isKey(table, column.name) ? [] : otherCells(request).map((cell): Option => [[column.name, cell]]),
  };
}

function startingCell(plan: RowPlan, request: CellRequest): Cell {
  const { table, numbered, apart, dangling } = plan;
  const { column } = request;
  if ((numbered || apart) && column.name === table.rowidAlias) return rowidOf(plan) + request.variant;
  // Any value here would be an orphan.
  if (isNullable(table, column) && dangling.includes(foldName(column.name))) return null;
  const cell = plainCellOf(plan, request);
  return apart && typeof cell === 'number' && isKey(table, column.name) ? cell + apartFrom : cell;
}

/** How many rows on another value is looked for. */
const steps = 8;

/** The plain cell, or that of a row further on where a migration to come writes a row with such a key. */
function plainCellOf(plan: RowPlan, request: CellRequest): Cell {
  const { table, column, variant } = request;
  const cell = plainCell(request);
  if (!plan.apart || typeof cell !== 'string' || !isKey(table, column.name)) return cell;
  for (let step = 0; step < steps; step++) {
    const other = step === 0 ? cell : plainCell({ ...request, variant: variant + step });
    if (other !== undefined && !plan.isWritten(column.name, other)) return other;
  }
  return `${cell} ${variant + 1}`;
}

/** A row that points at itself is made last: another reference may have set the key that it repeats. */
function referenceSlots(plan: RowPlan, row: ReadonlyMap<string, SqlValue>): Slot[] {
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
      [key, rowidOf(plan) + plan.variant],
      [column, rowidOf(plan) + plan.variant],
    ];
  });
}
