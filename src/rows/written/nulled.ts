import type { Miswritten } from '../../model/change.ts';
import { quoteName, sameName } from '../../sql/quote.ts';
import { anyOf } from '../column-diff.ts';
import type { Case } from '../identity.ts';
import type { ComparedColumn } from '../pairing.ts';
import type { Identity } from '../row-diff.ts';
import { type ComputedColumn, isGone } from './computed.ts';
import { countRows, keysOf } from './counting.ts';

/**
 * Rows whose computed column is NULL although what it was computed from was not, and is gone: the column itself, or columns
 * that are not there at the end. An empty text has no value to lose. A CASE or NULLIF says where NULL is meant; a SELECT
 * may find nothing; a part of a document is not the whole.
 */
export function findNulled(
  each: Case,
  columns: readonly ComparedColumn[],
  computed: readonly ComputedColumn[],
  identity: Identity,
): Miswritten[] {
  const suspects = computed.flatMap(({ column, computations }) => {
    if (column.notNull || computations.some(({ choosesNull, looksUp }) => choosesNull || looksUp)) return [];
    const own = columns.find(({ after }) => sameName(after, column.name))?.before;
    const isOwn = (name: string): boolean => own !== undefined && sameName(name, own);
    const sources = computations.flatMap(({ reads, extracts }) =>
      reads.filter(
        (read) =>
          sameName(read.table, each.before.name) &&
          (isOwn(read.column) || (!extracts && isGone(read, each.flow, each.end, each.referrers))),
      ),
    );
    const [first] = computations;
    return sources.length > 0 && first !== undefined ? [{ column, sources, statement: first.statement }] : [];
  });
  return suspects.flatMap(({ column, sources, statement }): Miswritten[] => {
    const isNull = `a.${quoteName(column.name)} IS NULL`;
    const table = `main.${quoteName(each.after.name)} AS a`;
    if (each.db.prepare(`SELECT 1 FROM ${table} WHERE ${isNull} LIMIT 1`).get() === undefined) return [];
    const had = sources.map(({ column: name }) => `b.${quoteName(name)} <> ''`);
    const test = `${isNull} AND ${anyOf(had)}`;
    const rows = countRows(each, identity, test);
    if (rows === 0) return [];
    const keys = keysOf(each, identity, test);
    return [
      { how: 'nulled-by-expression', table: each.after.name, column: column.name, rows, of: each.has, statement, keys },
    ];
  });
}
