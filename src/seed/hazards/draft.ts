import { isHandle } from '../../hazards/names.ts';
import type { SqlValue } from '../../model/connection.ts';
import type { Refusal } from '../../model/dataset.ts';
import type { Column, Index, Table } from '../../model/schema.ts';
import { foldName, sameName } from '../../sql/quote.ts';
import { isOutside } from '../partial-keys.ts';
import { blamedColumns } from '../refusal.ts';
import { streamKey } from '../values/streams.ts';
import type { Sources } from './sources.ts';
import { varied } from './vary.ts';

/** A row in the making. */
export interface Draft {
  readonly table: Table;
  values(): ReadonlyMap<string, SqlValue>;
  /** Whether a column must stay as it is, because it is the awkward one or SQLite computes it. */
  isFixed(column: string): boolean;
  point(column: string, value: SqlValue): void;
  /** Gives every column another value that is no reference and not bound to what texts say. */
  varyAll(except: ReadonlySet<string>): void;
  /**
   * Makes the row differ where a key asks for it; `adopt` is asked where only references could.
   * @param outside whether it leaves partial indexes instead, as far as it can.
   */
  varyKeys(outside: boolean, adopt: (columns: readonly string[]) => boolean): void;
  /** Another row after a refusal; false where there is none. */
  yieldTo(refusal: Refusal, attempt: number): boolean;
}

/** Starts a row as the plain one with the awkward values in it. */
export function createDraft(
  { seed, factsOf, boundOf, laterKeysOf, isGiven, referencesOf, waysOutOf, filledOf }: Sources,
  table: Table,
  plain: ReadonlyMap<string, SqlValue>,
  label: string,
  awkward: ReadonlyMap<string, SqlValue>,
): Draft {
  const row = new Map([...plain, ...awkward]);
  const facts = factsOf(table);
  const bound = boundOf(table);
  const laterKeys = laterKeysOf(table);
  const pointing = new Set(referencesOf(table).flatMap(({ columns }) => columns.map(foldName)));
  const free = new Set<string>();
  const changed = new Set<string>();
  // One number for the whole row, so that columns that are compared with each other move alike; keys have their own.
  const numberOf = (column: string, attempt: number, must: boolean): number =>
    streamKey(seed, table.name, label, must ? column : '', String(attempt));
  const set = (column: string, value: SqlValue): void => {
    row.set(column, value);
    changed.add(foldName(column));
  };
  const vary = (column: Column, attempt: number, must: boolean): void => {
    const isRowid = column.name === table.rowidAlias;
    const number = numberOf(column.name, attempt, must || isRowid);
    const rowid = (): number => rowidFrom(number, isGiven(table), label === lastRow);
    set(column.name, isRowid ? rowid() : varied(plain.get(column.name) ?? null, number, must));
  };
  const isFixed = (column: string): boolean => hasName(awkward, column) || !hasName(plain, column);
  const columnsOf = (names: Iterable<string>): Column[] =>
    [...names].flatMap((name) => table.columns.find((column) => sameName(column.name, name)) ?? []);

  return {
    table,
    values: () => row,
    isFixed,
    point: set,
    varyAll: (except) => {
      for (const column of table.columns) {
        const name = foldName(column.name);
        if (isFixed(column.name) || except.has(name) || bound.has(name)) continue;
        vary(column, 0, false);
        // What repeats itself in every row would fail with each hazard, and hide what that one shows.
        if (laterKeys.has(name) && valueIn(row, name) === valueIn(plain, name)) vary(column, 0, true);
        free.add(name);
      }
    },
    varyKeys: (outside, adopt) => {
      // What is drawn at random is never drawn twice, where it does not point at another row.
      for (const column of table.columns) {
        if (isFixed(column.name) || changed.has(foldName(column.name)) || pointing.has(foldName(column.name))) continue;
        if (isHandle(column.name, plain.get(column.name) ?? null)) vary(column, 0, true);
      }
      if (table.rowidAlias !== null && !isFixed(table.rowidAlias))
        for (const column of columnsOf([table.rowidAlias])) vary(column, 0, true);
      for (const index of table.indexes.filter(isKey)) {
        const { columns } = index;
        const names = columns.flatMap((name) => (name === null ? [] : [foldName(name)]));
        const differs = names.some((name) => changed.has(name) && valueIn(row, name) !== valueIn(plain, name));
        // NULLs are never equal to each other: https://sqlite.org/nulls.html
        if (names.length === 0 || differs || names.some((name) => (valueIn(row, name) ?? null) === null)) continue;
        const ways = index.partial ? waysOutOf(table, index) : [];
        if (isOutside(ways, table, row)) continue;
        const way = outside ? ways.find(({ column }) => !isFixed(column)) : undefined;
        if (way !== undefined) {
          set(way.column, way.value === undefined ? filledOf(table, way.column) : way.value);
          free.delete(foldName(way.column));
          continue;
        }
        const open = columnsOf(names).filter(({ name }) => !isFixed(name));
        const own = open.findLast(({ name }) => !isReference(table, name) && facts(name).demanded.length === 0);
        if (own === undefined && adopt(names)) continue;
        const [column] = own === undefined ? open.slice(-1) : [own];
        if (column === undefined) continue;
        vary(column, 0, true);
        free.delete(foldName(column.name));
      }
    },
    yieldTo: (refusal, attempt) => {
      const blamed = columnsOf(blamedColumns(refusal, table)).filter(({ name }) => !isFixed(name));
      if (/UNIQUE|PRIMARYKEY|ROWID/.test(refusal.code)) {
        // SQLite does not say what an index computes from, so that every column has its turn.
        const column = blamed.at(-1 - ((attempt - 1) % Math.max(1, blamed.length)));
        if (column !== undefined) vary(column, attempt, true);
        return column !== undefined;
      }
      const guilty = blamed.filter(({ name }) => free.has(foldName(name)));
      const back = guilty.length > 0 ? guilty : columnsOf(free);
      for (const { name } of back) {
        row.set(name, plain.get(name) ?? null);
        free.delete(foldName(name));
      }
      return back.length > 0;
    },
  };
}

/** The label of a row that has the highest number of its table. */
export const lastRow = 'last row';

/** Rows that migrations write out begin at 1, other generated ones of such tables at a million. */
function rowidFrom(number: number, isGiven: boolean, isLast: boolean): number {
  const start = isGiven ? 2_000_000 : 10_000;
  return start + (isLast ? 900_000 : number % 900_000);
}

function isKey({ unique }: Index): boolean {
  return unique;
}

function isReference({ foreignKeys }: Table, column: string): boolean {
  return foreignKeys.some(({ columns }) => columns.some((name) => sameName(name, column)));
}

function hasName(row: ReadonlyMap<string, SqlValue>, column: string): boolean {
  return valueIn(row, column) !== undefined;
}

/** The value of a column whatever the case of its name; undefined where the row has none. */
export function valueIn(row: ReadonlyMap<string, SqlValue>, column: string): SqlValue | undefined {
  if (row.has(column)) return row.get(column);
  return [...row].find(([name]) => sameName(name, column))?.[1];
}
