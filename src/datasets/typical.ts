import type { Dataset, FillResult } from '../apply/dataset.ts';
import type { Database } from '../database/connection.ts';
import { readSchema } from '../database/introspect.ts';
import { memoized } from '../memoized.ts';
import type { Unfilled } from '../model/dataset.ts';
import type { Schema, Table } from '../model/schema.ts';
import { fillEmptyTables, stillEmpty } from '../seed/one-row.ts';
import type { FillOptions } from '../seed/plan.ts';
import { growTables, type Short } from '../seed/typical.ts';
import { foldName, includesName, sameName } from '../sql/quote.ts';
import { schemaDelta } from '../sql/schema-delta.ts';
import { tableNamed, tablesNamed } from '../sql/tables.ts';
import { type DatasetRecipe, isFull, notesOnBroken, prepareFilling } from './recipe.ts';
import type { RememberingSink } from './remembering-sink.ts';
import { openRowidGaps } from './rowid-gaps.ts';

/** How many rows a table may have where all of them are held in memory. */
const inMemory = 20_000;

/** How many rows of the new form join the old ones when a migration changes a table: one for so many. */
const renewal = 10;

/**
 * Many plain rows in every table that is new or has become empty. When a migration has changed a table, some rows of its
 * new form join those that it left, for production holds both.
 * @param rows how many a table gets
 */
export function typicalDataset(recipe: DatasetRecipe, rows: number): Dataset {
  let known = nothing;
  let filled: Database | null = null;
  const parts = new Set<Table>();
  let last: (FillResult & { readonly schema: Schema }) | null = null;
  return {
    name: 'typical',
    carriesOver: false,
    isLarge: rows > inMemory,
    fill: (db, { position, state }) => {
      if (db !== filled) {
        known = nothing;
        parts.clear();
      }
      filled = db;
      const schema = state?.schema ?? readSchema(db);
      if (schema === last?.schema && state !== null && isFull(state, last.unfilled)) return last;
      const { sink, options, keepSearches } = prepareFilling(recipe, db, position, schema, state);
      const { tables: changed, left } = schemaDelta(known, schema);
      for (const table of left) parts.delete(table);
      for (const table of changed) if (wholeOf(table) !== null) parts.add(table);
      const growth = { schema, known, changed, parts, sink, options, rows };
      const first = fillEmptyTables(schema, sink, options);
      const fresh = changed.filter(
        ({ name }) => tableNamed(growth.known, name) === undefined && sink.count(name, []) <= 1,
      );
      const { refused, short } = growAll(growth, first);
      openRowidGaps(db, schema, fresh);
      known = schema;
      const open = withFew(growth, 0).filter(({ name }) => options.keptEmpty?.has(foldName(name)) !== true);
      const unfilled = stillEmpty(open, refused, sink);
      keepSearches(unfilled);
      const notes = notesOnShort(
        short.filter(({ table }) => !unfilled.some((empty) => empty.table === table)),
        schema,
        options,
      );
      last = { schema, unfilled, notes: [...notesOnBroken(sink), ...notes] };
      return { ...last, written: sink.written() };
    },
  };
}

const nothing: Schema = { objects: [], tables: [] };

/** Tables that are to grow. */
interface Growth {
  readonly schema: Schema;
  /** The schema that was filled last. */
  readonly known: Schema;
  /** The tables that are new or have another form since. */
  readonly changed: readonly Table[];
  /** The tables that add columns to another one. */
  readonly parts: ReadonlySet<Table>;
  readonly sink: RememberingSink;
  readonly options: FillOptions;
  readonly rows: number;
}

/** Grows all tables, and once more where a table gets its first row among so many parents. @param refused the empty ones */
function growAll(
  growth: Growth,
  refused: readonly Unfilled[],
): { readonly refused: readonly Unfilled[]; readonly short: readonly Short[] } {
  const { schema, sink, options } = growth;
  // A maker of the project may point at a row that is yet to come.
  const grow = (empty: readonly Unfilled[]): Short[] => {
    const isClosed = ({ name }: Table): boolean =>
      options.overrides === undefined && empty.some(({ table }) => table === name);
    const among = tablesNamed(
      schema,
      [...withFew(growth, 1), ...growth.changed, ...growth.parts].map(({ name }) => name),
    );
    return growTables(schema, sink, (table) => (isClosed(table) ? 0 : wantedIn(growth, table)), options, among);
  };
  const short = grow(refused);
  // Rows that came meanwhile may be what a table lacked.
  if (refused.length === 0 || (options.overrides === undefined && !sink.hasTaken())) return { refused, short };
  const left = fillEmptyTables(schema, sink, options);
  return { refused: left, short: left.length < refused.length ? [...short, ...grow(left)] : short };
}

/** The tables that may have at most so many rows. All others have the rows that they had, unless their form is another one. */
function withFew({ schema, sink }: Growth, rows: number): readonly Table[] {
  return sink.mayHaveFew?.(schema, rows) ?? schema.tables;
}

/**
 * How many rows a table is to get: one at least if its whole gets some, for asked before its turn, it cannot tell yet how
 * many rows that will have.
 */
function wantedIn(growth: Growth, table: Table): number {
  return Math.max(missingIn(growth, table), grows(growth, table, []) ? 1 : 0);
}

function missingIn({ known, sink, rows }: Growth, table: Table): number {
  const count = sink.count(table.name, []);
  const whole = wholeOf(table);
  if (whole !== null) return sink.count(whole, []) - count;
  const old = tableNamed(known, table.name);
  if (old === undefined || count <= 1) return rows - count;
  return old === table || formOf(old) === formOf(table) ? 0 : Math.ceil(rows / renewal);
}

function grows(growth: Growth, table: Table, parts: readonly Table[]): boolean {
  if (missingIn(growth, table) > 0) return true;
  const name = wholeOf(table);
  const whole = name === null ? undefined : tableNamed(growth.schema, name);
  return whole !== undefined && !parts.includes(whole) && grows(growth, whole, [...parts, table]);
}

/**
 * Tells tables that take no more rows for another reason than keys alone: makers of the project may repeat
 * themselves.
 */
function notesOnShort(short: readonly Short[], { tables }: Schema, { overrides }: FillOptions): FillResult['notes'] {
  const isOwn = (name: string): boolean => tables.some((table) => table.name === name && overrides?.(table));
  return short.flatMap(({ table, growth: { refusal } }) =>
    refusal !== null && (isOwn(table) || refusal.code === 'SQLITE_FULL')
      ? [{ code: 'table-full', facts: { table, reason: refusal.message } }]
      : [],
  );
}

/**
 * The table that a table adds columns to, row by row: its key points there, as that of `email_accounts` at
 * `accounts`.
 */
const wholeOf = memoized(({ name, primaryKey, foreignKeys }: Table): string | null => {
  const isWhole = (columns: readonly string[]): boolean =>
    columns.length === primaryKey.length && columns.every((column) => includesName(primaryKey, column));
  return foreignKeys.find(({ columns, parent }) => isWhole(columns) && !sameName(parent, name))?.parent ?? null;
});

/** The form of a table's rows: its columns. */
function formOf({ columns }: Table): string {
  return JSON.stringify(columns);
}
