import { isHandle } from '../../hazards/names.ts';
import type { SqlValue } from '../../model/connection.ts';
import type { Refusal } from '../../model/dataset.ts';
import type { HazardRow } from '../../model/hazard.ts';
import type { Column, Index, Table } from '../../model/schema.ts';
import { foldName, includesName } from '../../sql/quote.ts';
import { columnNamed, columnsNamed } from '../../sql/tables.ts';
import { varied } from '../../text/vary.ts';
import { isOutside, partialKeysOf, type WayOut, waysOut } from '../partial-keys.ts';
import { blamedColumns } from '../refusal.ts';
import { valueIn } from '../slots.ts';
import { valueMaker } from '../values/believable.ts';
import { streamKey } from '../values/streams.ts';
import type { TableBefore } from './request.ts';
import { isBound } from './roles.ts';

/** The row that a draft is made after. */
export interface DraftSubject {
  readonly before: TableBefore;
  /** Tells the row from others of its table: the same label gives the same row. */
  readonly label: string;
  /** The values that stay. */
  readonly awkward: ReadonlyMap<string, SqlValue>;
}

/** A row in the making. Each change makes another draft. */
export interface Draft extends DraftSubject {
  readonly row: ReadonlyMap<string, SqlValue>;
  /** Columns, folded, that got another value than the plain row has. */
  readonly changed: ReadonlySet<string>;
  /** Those of them, folded, that go back to the plain value if SQLite refuses the row. */
  readonly free: ReadonlySet<string>;
  /** The rows that it points at and that go in before it. */
  readonly parents: readonly HazardRow[];
}

type Change = readonly [column: string, value: SqlValue];

/** The plain row with the awkward values in it. */
export function startDraft(subject: DraftSubject): Draft {
  const row = new Map([...subject.before.plain, ...subject.awkward]);
  return { ...subject, row, changed: new Set(), free: new Set(), parents: [] };
}

/** Whether a column must keep its value, because it is the awkward one or SQLite computes it. */
export function isFixed({ awkward, before: { plain } }: Draft, column: string): boolean {
  return valueIn(awkward, column) !== undefined || valueIn(plain, column) === undefined;
}

/** Sets columns. */
export function change(draft: Draft, changes: readonly Change[]): Draft {
  return {
    ...draft,
    row: new Map([...draft.row, ...changes]),
    changed: new Set([...draft.changed, ...changes.map(([column]) => foldName(column))]),
  };
}

/** Gives another value to every column that neither is a reference nor is limited by texts. @param except folded */
export function varyAll(draft: Draft, except: ReadonlySet<string>): Draft {
  const { table, plain, facts, uniques } = draft.before;
  const laterKeys = new Set(uniques.flatMap(({ names }) => names.map(foldName)));
  const open = table.columns.filter(
    ({ name }) => !isFixed(draft, name) && !except.has(foldName(name)) && !isBound(facts(name)),
  );
  const changes = open.map((column): Change => {
    const other = otherValue(draft, column, 0, false);
    // A value that every row repeats would fail with each hazard, and hide the differences of that one.
    const repeats = laterKeys.has(foldName(column.name)) && other === valueIn(plain, column.name);
    return [column.name, repeats ? otherValue(draft, column, 0, true) : other];
  });
  return { ...change(draft, changes), free: new Set(changes.map(([column]) => foldName(column))) };
}

/** Makes a draft point at a parent of its own by some of `columns`, folded; null where no reference can. */
export type Adopt = (draft: Draft, columns: readonly string[]) => Draft | null;

/**
 * Makes the row differ where a key asks for it; `adopt` is asked where only references could.
 * @param outside whether it leaves partial indexes instead, as far as it can.
 */
export function varyKeys(draft: Draft, outside: boolean, adopt: Adopt): Draft {
  const { table, plain, references } = draft.before;
  const pointing = new Set(references.flatMap(({ columns }) => columns.map(foldName)));
  // A random value is never drawn twice, unless it points at another row.
  const handles = table.columns.filter(
    ({ name }) =>
      !isFixed(draft, name) &&
      !draft.changed.has(foldName(name)) &&
      !pointing.has(foldName(name)) &&
      isHandle(name, plain.get(name) ?? null),
  );
  const rowids = table.columns.filter(({ name }) => name === table.rowidAlias && !isFixed(draft, name));
  const changes = [...handles, ...rowids].map((column): Change => [column.name, otherValue(draft, column, 0, true)]);
  return table.indexes
    .filter(({ unique }) => unique)
    .reduce((each, index) => varyKey(each, index, outside, adopt), change(draft, changes));
}

function varyKey(draft: Draft, index: Index, outside: boolean, adopt: Adopt): Draft {
  const { before, row, changed } = draft;
  const { table, plain, facts } = before;
  const names = index.columns.flatMap((name) => (name === null ? [] : [foldName(name)]));
  const differs = names.some((name) => changed.has(name) && valueIn(row, name) !== valueIn(plain, name));
  // NULLs are never equal to each other: https://sqlite.org/nulls.html
  if (names.length === 0 || differs || names.some((name) => (valueIn(row, name) ?? null) === null)) return draft;
  const ways = waysOutOf(before, index);
  if (isOutside(ways, table, row)) return draft;
  const way = outside ? ways.find(({ column }) => !isFixed(draft, column)) : undefined;
  if (way !== undefined)
    return keep(draft, way.column, way.value === undefined ? filled(before, way.column) : way.value);
  const open = columnsNamed(table, names).filter(({ name }) => !isFixed(draft, name));
  const own = open.findLast(({ name }) => !isReference(table, name) && facts(name).demanded.length === 0);
  const adopted = own === undefined ? adopt(draft, names) : null;
  if (adopted !== null) return adopted;
  const column = own ?? open.at(-1);
  return column === undefined ? draft : keep(draft, column.name, otherValue(draft, column, 0, true));
}

/** Sets a column, which then does not go back to the plain value. */
function keep(draft: Draft, column: string, value: SqlValue): Draft {
  return { ...change(draft, [[column, value]]), free: without(draft.free, [foldName(column)]) };
}

/** Another row after a refusal; null where there is none. @param attempt from 1 on */
export function yieldTo(draft: Draft, refusal: Refusal, attempt: number): Draft | null {
  const {
    before: { table, plain },
    free,
  } = draft;
  const blamed = columnsNamed(table, blamedColumns(refusal, table)).filter(({ name }) => !isFixed(draft, name));
  if (/UNIQUE|PRIMARYKEY|ROWID/.test(refusal.code)) {
    // SQLite does not say what an index computes from, so that every column has its turn.
    const column = blamed.at(-1 - ((attempt - 1) % Math.max(1, blamed.length)));
    return column === undefined ? null : change(draft, [[column.name, otherValue(draft, column, attempt, true)]]);
  }
  const guilty = blamed.filter(({ name }) => free.has(foldName(name)));
  const back = guilty.length > 0 ? guilty : columnsNamed(table, free);
  if (back.length === 0) return null;
  const values = back.map(({ name }): Change => [name, plain.get(name) ?? null]);
  return {
    ...draft,
    row: new Map([...draft.row, ...values]),
    free: without(
      free,
      back.map(({ name }) => foldName(name)),
    ),
  };
}

/** The label of a row that has the highest number of its table. */
export const lastRow = 'last row';

/** Another value for a column. @param must whether it has to differ from the plain one */
function otherValue(draft: Draft, column: Column, attempt: number, must: boolean): SqlValue {
  const {
    before: { seed, table, plain, apart },
    label,
  } = draft;
  const isRowid = column.name === table.rowidAlias;
  // One number for the whole row, so that columns that are compared with each other move by the same amount; keys
  // have their own.
  const own = must || isRowid ? column.name : '';
  const number = streamKey(seed, table.name, label, own, String(attempt));
  if (isRowid) return rowidFrom(number, apart, label === lastRow);
  return varied(plain.get(column.name) ?? null, number, must);
}

/** Rows that migrations write out begin at 1, other generated ones of such tables at a million. */
function rowidFrom(number: number, isGiven: boolean, isLast: boolean): number {
  const start = isGiven ? 2_000_000 : 10_000;
  return start + (isLast ? 900_000 : number % 900_000);
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

function isReference({ foreignKeys }: Table, column: string): boolean {
  return foreignKeys.some(({ columns }) => includesName(columns, column));
}

function without(set: ReadonlySet<string>, some: readonly string[]): ReadonlySet<string> {
  return new Set([...set].filter((each) => !some.includes(each)));
}
