import type { SqlValue } from '../model/connection.ts';
import type { Refusal, RowSink, RowVerdict } from '../model/dataset.ts';
import type { Table } from '../model/schema.ts';
import { quoteString } from '../sql/quote.ts';
import type { Cell } from './column-values.ts';
import { blamedColumns } from './refusal.ts';

/** A cell that a maker of the project gives. */
export interface OwnCell {
  readonly cell: Cell;
  /** The name under which the project has the maker. */
  readonly maker: string;
}

/** The cells that the project's own makers give to row `index` of a table; `row` is the row without them. */
export type Overrides = (row: ReadonlyMap<string, SqlValue>, index: number) => ReadonlyMap<string, OwnCell>;

/** Finds the overrides of a table, or null where the project has none for it. */
export type OverridesOf = (table: Table) => Overrides | null;

/** A row with the project's own cells, which are final. */
export function overrule(
  overrides: Overrides | null,
  row: ReadonlyMap<string, SqlValue>,
  index: number,
): ReadonlyMap<string, SqlValue> {
  if (overrides === null) return row;
  const result = new Map(row);
  for (const [column, { cell }] of overrides(row, index)) {
    if (cell === undefined) result.delete(column);
    else result.set(column, cell);
  }
  return result;
}

/** A refusal, with the words that the project's own makers gave what it is about. */
export function explainRefusal(
  table: Table,
  overrides: Overrides | null,
  row: ReadonlyMap<string, SqlValue>,
  index: number,
  refusal: Refusal,
): Refusal {
  if (overrides === null) return refusal;
  const blamed = blamedColumns(refusal, table);
  const given = [...overrides(row, index)].filter(([column]) => blamed.has(column));
  const words = given.map(([column, { cell, maker }]) => {
    const what = cell === undefined ? `left ${column} to its default` : `gave ${column} ${show(cell)}`;
    return `the maker of ${maker} ${what}`;
  });
  return { ...refusal, message: [refusal.message, ...words].join('; ') };
}

/**
 * Puts rows in as `sink.loader` does, each with the project's own cells; those may be in other columns in every row.
 */
export function overridingLoader(
  table: Table,
  overrides: Overrides | null,
  columns: readonly string[],
  sink: RowSink,
  guarded: boolean,
): (values: readonly SqlValue[], index: number) => RowVerdict {
  if (overrides === null) return sink.loader(table.name, columns, guarded);
  const loaders = new Map<string, ReturnType<RowSink['loader']>>();
  return (values, index) => {
    const row = overrule(overrides, rowOf(columns, values), index);
    const names = [...row.keys()];
    const key = JSON.stringify(names);
    const loader = loaders.get(key) ?? sink.loader(table.name, names, guarded);
    loaders.set(key, loader);
    return loader([...row.values()]);
  };
}

/** A row by column name. */
export function rowOf(columns: readonly string[], values: readonly SqlValue[]): ReadonlyMap<string, SqlValue> {
  return new Map(columns.map((column, i) => [column, values[i] ?? null]));
}

/** How much of a text is shown. */
const shownLength = 40;

function show(value: SqlValue): string {
  if (value === null) return 'NULL';
  if (value instanceof Uint8Array) return `a blob of ${value.length} bytes`;
  if (typeof value !== 'string') return String(value);
  return quoteString(value.length > shownLength ? `${value.slice(0, shownLength)}…` : value);
}
