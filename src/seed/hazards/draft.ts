import { isHandle } from '../../hazards/names.ts';
import type { SqlValue } from '../../model/connection.ts';
import type { Refusal } from '../../model/dataset.ts';
import type { HazardRow } from '../../model/hazard.ts';
import type { Column, Index, Table } from '../../model/schema.ts';
import { includesName } from '../../sql/quote.ts';
import { columnNamed, columnsNamed } from '../../sql/tables.ts';
import { varied } from '../../text/vary.ts';
import type { NamedRow } from '../nearest.ts';
import { isOutside, partialKeysOf, type WayOut, waysOut } from '../partial-keys.ts';
import type { Reference } from '../reading/references.ts';
import { blamedColumns, isDuplicate } from '../refusal.ts';
import { valueIn } from '../slots.ts';
import { valueMaker } from '../values/believable.ts';
import { streamKey } from '../values/streams.ts';
import type { TableBefore } from './request.ts';
import { isBound } from './roles.ts';

/** The row that is asked for. */
export interface Wanted {
  readonly table: Table;
  /** Tells the row from others of the table: the same name gives the same row. */
  readonly label: string;
  /** The values that are in the row, or it does not exist. */
  readonly values?: NamedRow;
  /** Whether all else is as in the plain row, but for what keys force. */
  readonly twin?: boolean;
  /** Whether it leaves partial unique indexes where it would repeat a key of theirs; else it has another key. */
  readonly outside?: boolean;
  readonly unenforced?: boolean;
  readonly deleted?: boolean;
}

/** A row in the making. Each change makes another draft. */
export interface Draft {
  readonly before: TableBefore;
  readonly wanted: Wanted;
  readonly row: NamedRow;
  /** The rows that it points at and that go in before it. */
  readonly parents: readonly HazardRow[];
}

/** Gives a draft a parent of its own by a reference; null where there is none. */
export type Adopt = (draft: Draft, reference: Reference) => Draft | null;

/** Sets columns. */
export function change(draft: Draft, changes: Iterable<readonly [column: string, value: SqlValue]>): Draft {
  return { ...draft, row: new Map([...draft.row, ...changes]) };
}

/** Whether a column may change: it is not asked for, and SQLite does not compute it. */
function isOpen({ wanted, before }: Draft, column: string): boolean {
  return valueIn(wanted.values ?? new Map(), column) === undefined && valueIn(before.plain, column) !== undefined;
}

function isPlain({ row, before }: Draft, column: string): boolean {
  return valueIn(row, column) === valueIn(before.plain, column);
}

/** The references to other tables by which a draft points where the plain row does, and may point elsewhere. */
export function openReferences(draft: Draft): Reference[] {
  const { references, plain, table } = draft.before;
  return references.filter(
    ({ parent, columns }) =>
      parent !== table && columns.every((column) => isOpen(draft, column) && (valueIn(plain, column) ?? null) !== null),
  );
}

/** Whether a column refers to a row of some table. */
export function isPointing({ references }: TableBefore, column: string): boolean {
  return references.some(({ columns }) => includesName(columns, column));
}

/** Gives another value to every column that neither is a reference nor is limited by texts. */
export function varyAll(draft: Draft): Draft {
  const { table, facts, uniques } = draft.before;
  const open = table.columns.filter(
    ({ name }) => isOpen(draft, name) && !isPointing(draft.before, name) && !isBound(facts(name)),
  );
  // A value that every row repeats would fail with each hazard, and hide the differences of that one.
  const must = ({ name }: Column): boolean => uniques.some(({ names }) => includesName(names, name));
  return change(
    draft,
    open.map((column) => [column.name, otherValue(draft, column, 0, must(column))]),
  );
}

/** Makes the row differ from the plain one where a key asks for it; `adopt` is asked where only references could. */
export function varyKeys(draft: Draft, adopt: Adopt): Draft {
  const { before } = draft;
  const { table, plain } = before;
  // A random value is never drawn twice.
  const isRandom = ({ name }: Column): boolean =>
    isPlain(draft, name) && isUnguessable(before, name, plain.get(name) ?? null);
  const own = table.columns.filter(
    (column) => isOpen(draft, column.name) && (column.name === table.rowidAlias || isRandom(column)),
  );
  const apart = change(
    draft,
    own.map((column) => [column.name, otherValue(draft, column, 0, true)]),
  );
  return table.indexes.filter(({ unique }) => unique).reduce((each, index) => varyKey(each, index, adopt), apart);
}

function varyKey(draft: Draft, index: Index, adopt: Adopt): Draft {
  const { before, row, wanted } = draft;
  const { table } = before;
  const names = index.columns.flatMap((name) => name ?? []);
  // NULLs are never equal to each other: https://sqlite.org/nulls.html
  const differs = names.some((name) => !isPlain(draft, name) || (valueIn(row, name) ?? null) === null);
  const ways = waysOutOf(before, index);
  if (names.length === 0 || differs || isOutside(ways, table, row)) return draft;
  const way = wanted.outside === true ? ways.find(({ column }) => isOpen(draft, column)) : undefined;
  if (way !== undefined)
    return change(draft, [[way.column, way.value === undefined ? filled(before, way.column) : way.value]]);
  const open = columnsNamed(table, names).filter(({ name }) => isOpen(draft, name));
  const own = open.findLast(({ name }) => !isPointing(before, name));
  const reference = openReferences(draft).findLast(({ columns }) => columns.some((name) => includesName(names, name)));
  const adopted = own === undefined && reference !== undefined ? adopt(draft, reference) : null;
  const column = own ?? open.at(-1);
  if (adopted !== null || column === undefined) return adopted ?? draft;
  return change(draft, [[column.name, otherValue(draft, column, 0, true)]]);
}

/** Another row after a refusal; null where there is none. @param attempt from 1 on */
export function yieldTo(draft: Draft, refusal: Refusal, attempt: number): Draft | null {
  const { before } = draft;
  const blamed = columnsNamed(before.table, blamedColumns(refusal, before.table)).filter(({ name }) =>
    isOpen(draft, name),
  );
  if (isDuplicate(refusal)) {
    // SQLite does not say what an index computes from, so that every column has its turn.
    const column = blamed.at(-1 - ((attempt - 1) % Math.max(1, blamed.length)));
    return column === undefined ? null : change(draft, [[column.name, otherValue(draft, column, attempt, true)]]);
  }
  const varied = blamed.filter(({ name }) => !isPlain(draft, name) && !isPointing(before, name));
  if (varied.length === 0) return null;
  return change(
    draft,
    varied.map(({ name }) => [name, before.plain.get(name) ?? null]),
  );
}

/** Whether nobody has a value of a column by chance, as that of a random key; a row that refers to it has it too. */
export function isUnguessable(before: TableBefore, column: string, value: SqlValue): boolean {
  return isHandle(column, value) && !isPointing(before, column);
}

/** Ways for a row to be outside a partial unique index; none of another index. */
export function waysOutOf({ table, facts }: TableBefore, index: Index): readonly WayOut[] {
  return partialKeysOf({ ...table, indexes: [index] }).flatMap(({ condition }) =>
    condition === null ? [] : waysOut(condition, table, facts),
  );
}

/** A value of a column where the plain row has NULL. */
function filled({ seed, vocabulary, table }: TableBefore, name: string): SqlValue {
  const column = columnNamed(table, name);
  const { columns } = table;
  return column === undefined ? null : valueMaker({ seed, vocabulary, table: table.name, columns, column }).at(1);
}

/** Another value for a column. @param must whether it has to differ from the plain one */
function otherValue({ before, wanted }: Draft, column: Column, attempt: number, must: boolean): SqlValue {
  const { seed, table, plain, apart } = before;
  const isRowid = column.name === table.rowidAlias;
  // One number for the whole row, so that columns that are compared with each other move by the same amount; keys
  // have their own.
  const own = must || isRowid ? column.name : '';
  const number = streamKey(seed, table.name, wanted.label, own, String(attempt));
  if (!isRowid) return varied(plain.get(column.name) ?? null, number, must);
  // Rows that migrations write out begin at 1, other generated ones of such tables at a million.
  return (apart ? 2_000_000 : 10_000) + (wanted.deleted === true ? 900_000 : number % 900_000);
}
