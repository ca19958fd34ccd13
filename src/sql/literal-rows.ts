import { memoized } from '../memoized.ts';
import type { Statement } from '../model/history.ts';
import { readCompound } from './compound.ts';
import { items } from './nesting.ts';
import { type Constant, readParts } from './parts.ts';
import { foldName, quoteName, quoteString, sameName } from './quote.ts';
import type { ReferencesClause } from './references-clauses.ts';
import { readSelect } from './select-parts.ts';
import { readWriteText } from './write-text.ts';

/** The rows that an INSERT writes out, by VALUES or by SELECTs without a table. */
export interface LiteralRows {
  /** The columns that are named there; null where all are meant. */
  readonly into: readonly string[] | null;
  /** The values of each row in their order; null for what is no constant. */
  readonly rows: readonly (readonly (Constant | null)[])[];
}

/** Reads the rows that a statement writes out; none where it copies rows or writes none. */
export const readLiteralRows = memoized(({ sql, head }: Statement): LiteralRows => {
  const isInsert = head.verb === 'insert' || head.verb === 'replace';
  if (!isInsert || head.sources.length > 0) return { into: null, rows: [] };
  const { into, query } = readWriteText(sql);
  return { into, rows: readCompound(query ?? '').selects.flatMap(rowsIn) };
});

function rowsIn(select: string): (Constant | null)[][] {
  const [first, ...lists] = readParts(select);
  if (first?.key !== 'VALUES') return [readSelect(select)?.items.map(({ constant }) => constant) ?? []];
  return items(lists).map((list) =>
    items(list.slice(1, -1)).map(([only, more]) => (more === undefined ? (only?.constant ?? null) : null)),
  );
}

/** The constants of one row that a statement writes, by the column's name as written. */
export type WrittenRow = ReadonlyMap<string, Constant>;

/**
 * Gives the constants of the rows that a statement writes out their names.
 * @param columns of its table, in their order, for an INSERT that names none.
 */
export function writtenRows(statement: Statement, columns: readonly string[]): WrittenRow[] {
  const { into, rows } = readLiteralRows(statement);
  const names = into ?? columns;
  return rows.map(
    (row) =>
      new Map(
        row.flatMap((constant, i): [string, Constant][] => {
          const name = names[i];
          return name === undefined || constant === null ? [] : [[name, constant]];
        }),
      ),
  );
}

/**
 * Says as a CHECK what a column holds that will refer to a table which is still to be made with its rows written out: one
 * of their keys, because the author of such a list has the rows in mind.
 * @param given the statements that write them, each with the folded name of its table.
 * @returns null where the key is not one column, or the rows are not constants.
 */
export function checkOfLiteralRows(
  { columns, parent, parentColumns }: ReferencesClause,
  given: readonly { readonly table: string; readonly statement: Statement }[],
): string | null {
  const [column] = columns;
  if (column === undefined || columns.length > 1) return null;
  const own = given.filter(({ table }) => table === foldName(parent));
  const keys = own.flatMap(({ statement }) => keysIn(readLiteralRows(statement), parentColumns[0] ?? null));
  const literals = keys.map((key) => (typeof key === 'string' ? quoteString(key) : String(key)));
  return literals.length === 0 ? null : `${quoteName(column)} IN (${literals.join(', ')})`;
}

/** The values that rows have in a column; the key comes first where none is named. */
function keysIn({ into, rows }: LiteralRows, column: string | null): Constant[] {
  const place = column === null ? 0 : (into?.findIndex((name) => sameName(name, column)) ?? 0);
  return rows.flatMap((row) => row[place] ?? []);
}
