import { memoized } from '../memoized.ts';
import type { Refusal, RowVerdict } from '../model/dataset.ts';
import type { Table } from '../model/schema.ts';
import type { NamedRow } from './nearest.ts';
import type { Found } from './search.ts';
import type { Slot } from './slots.ts';

/** The searches of a table that ended without a row, by the choices that they had. A table that changes is another object. */
const searchesOf = memoized((_table: Table) => new Map<string, Found<NamedRow>>());

/** How many searches of a table are kept. */
const limit = 8;

/** The reasons that lie in a row itself. https://sqlite.org/rescode.html#extended_result_code_list */
const ownReasons: ReadonlySet<string> = new Set([
  ...['SQLITE_CONSTRAINT_CHECK', 'SQLITE_CONSTRAINT_NOTNULL', 'SQLITE_CONSTRAINT_DATATYPE', 'SQLITE_MISMATCH'],
]);

/**
 * Searches for a row of a table, unless the same search has ended without one before: a table that takes no row is filled anew at each
 * step of a history. Only refusals count that lie in the row itself, whatever other rows there are.
 * @param insert inserts a row; no trigger acts on it.
 * @param find the search, which is handed another way to insert.
 */
export function findUnlessHopeless(
  table: Table,
  slots: readonly Slot[],
  insert: (row: NamedRow) => RowVerdict,
  find: (insert: (row: NamedRow) => RowVerdict) => Found<NamedRow>,
): Found<NamedRow> {
  const searches = searchesOf(table);
  const same = searches.size === 0 ? undefined : searches.get(textOf(slots));
  if (same !== undefined) return same;
  let isHopeless = true;
  const found = find((row) => {
    const refusal = insert(row);
    isHopeless &&= refusal !== null && liesInRow(refusal);
    return refusal;
  });
  if (isHopeless && searches.size < limit) searches.set(textOf(slots), found);
  return found;
}

function liesInRow({ code, ofAnyRow }: Refusal): boolean {
  return !ofAnyRow && ownReasons.has(code);
}

/** All choices of some slots. */
function textOf(slots: readonly Slot[]): string {
  const texts = slots.map(({ plain, others }) =>
    [plain, ...others()].map((option) => option.map(([column, cell]) => [column, typeof cell, String(cell)])),
  );
  return JSON.stringify(texts);
}
