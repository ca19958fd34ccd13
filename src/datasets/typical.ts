import type { Dataset, FillResult } from '../apply/dataset.ts';
import type { Database } from '../database/connection.ts';
import { readSchema } from '../database/introspect.ts';
import type { Schema, Table } from '../model/schema.ts';
import { fillEmptyTables, stillEmpty } from '../seed/one-row.ts';
import type { FillOptions } from '../seed/plan.ts';
import { growTables, type Short } from '../seed/typical.ts';
import { foldName, includesName, sameName } from '../sql/quote.ts';
import { tableNamed } from '../sql/tables.ts';
import { isFull, notesOnBroken, prepareFilling, type Recipe } from './recipe.ts';
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
export function typicalDataset(recipe: Recipe, rows: number): Dataset {
  let known: Schema = { objects: [], tables: [] };
  let filled: Database | null = null;
  const read = new WeakMap<Table, { readonly whole: string | null }>();
  const wholes = (table: Table): string | null => {
    const known = read.get(table) ?? { whole: wholeOf(table) };
    read.set(table, known);
    return known.whole;
  };
  let last: (FillResult & { readonly schema: Schema }) | null = null;
  return {
    name: 'typical',
    carriesOver: false,
    isLarge: rows > inMemory,
    fill: (db, { position, state }) => {
      if (db !== filled) known = { objects: [], tables: [] };
      filled = db;
      const schema = state?.schema ?? readSchema(db);
      if (schema === last?.schema && state !== null && isFull(state, last.unfilled)) return last;
      const { sink, options } = prepareFilling(recipe, db, position, schema, state);
      let refused = fillEmptyTables(schema, sink, options);
      // A maker of the project may point at a row that is yet to come.
      const isClosed = ({ name }: Table): boolean =>
        options.overrides === undefined && refused.some((empty) => empty.table === name);
      const missing = (table: Table): number => {
        const count = sink.count(table.name, []);
        const whole = wholes(table);
        if (whole !== null) return sink.count(whole, []) - count;
        const old = tableNamed(known, table.name);
        if (old === undefined || count <= 1) return rows - count;
        return old === table || formOf(old) === formOf(table) ? 0 : Math.ceil(rows / renewal);
      };
      /** Asked before its turn, a table cannot tell yet how many rows its whole will have, nor the whole of that. */
      const grows = (table: Table, parts: readonly Table[] = []): boolean => {
        if (missing(table) > 0) return true;
        const name = wholes(table);
        const whole = name === null ? undefined : tableNamed(schema, name);
        return whole !== undefined && !parts.includes(whole) && grows(whole, [...parts, table]);
      };
      const wanted = (table: Table): number => (isClosed(table) ? 0 : Math.max(missing(table), grows(table) ? 1 : 0));
      const isNew = ({ name }: Table): boolean => tableNamed(known, name) === undefined && sink.count(name, []) <= 1;
      const fresh = schema.tables.filter(isNew);
      let short = growTables(schema, sink, wanted, options);
      // Among many parents there may be one that a row can point at.
      if (refused.length > 0) {
        const closed = refused;
        refused = fillEmptyTables(schema, sink, options);
        if (refused.length < closed.length) short = [...short, ...growTables(schema, sink, wanted, options)];
      }
      openRowidGaps(db, schema, fresh);
      known = schema;
      const open = schema.tables.filter(({ name }) => options.keptEmpty?.has(foldName(name)) !== true);
      const unfilled = stillEmpty(open, refused, sink);
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
function wholeOf({ name, primaryKey, foreignKeys }: Table): string | null {
  const isWhole = (columns: readonly string[]): boolean =>
    columns.length === primaryKey.length && columns.every((column) => includesName(primaryKey, column));
  return foreignKeys.find(({ columns, parent }) => isWhole(columns) && !sameName(parent, name))?.parent ?? null;
}

/** The form of a table's rows: its columns. */
function formOf({ columns }: Table): string {
  return JSON.stringify(columns);
}
