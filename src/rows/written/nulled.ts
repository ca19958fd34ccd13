import type { ColumnBefore, Miswritten } from '../../model/change.ts';
import type { Column } from '../../model/schema.ts';
import { quoteName, sameName } from '../../sql/quote.ts';
import { anyOf } from '../column-diff.ts';
import type { ComparedTable } from '../identity.ts';
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
  each: ComparedTable,
  columns: readonly ComparedColumn[],
  computed: readonly ComputedColumn[],
  identity: Identity,
): Miswritten[] {
  const canBeNull = computed.filter(({ column }) => !column.notNull);
  return suspectsIn(each, columns, canBeNull).flatMap((suspect) =>
    findLost(each, identity, suspect, {
      how: 'nulled-by-expression',
      isLost: (value) => `${value} IS NULL`,
      hadValue: (source) => `${source} <> ''`,
    }),
  );
}

/**
 * The same of rows whose text has become empty: `substr(c, 1, instr(c, '+') - 1)` is empty where there is no such mark. White space
 * has no value to lose.
 */
export function findEmptied(
  each: ComparedTable,
  columns: readonly ComparedColumn[],
  computed: readonly ComputedColumn[],
  identity: Identity,
): Miswritten[] {
  return suspectsIn(each, columns, computed).flatMap((suspect) =>
    findLost(each, identity, suspect, {
      how: 'emptied-by-expression',
      isLost: (value) => `${value} = ''`,
      hadValue: (source) => `typeof(${source}) = 'text' AND trim(${source}) <> ''`,
    }),
  );
}

/** A column, and those that it was computed from and that nothing else holds at the end. */
interface Suspect {
  readonly column: Column;
  readonly sources: readonly ColumnBefore[];
  readonly statement: number;
}

function suspectsIn(
  each: ComparedTable,
  columns: readonly ComparedColumn[],
  computed: readonly ComputedColumn[],
): readonly Suspect[] {
  return computed.flatMap(({ column, computations }): Suspect[] => {
    if (computations.some(({ choosesNull, looksUp }) => choosesNull || looksUp)) return [];
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
}

/** How a value is lost: the test of what is there now, and of what was. */
interface Loss {
  readonly how: Miswritten['how'];
  readonly isLost: (value: string) => string;
  readonly hadValue: (source: string) => string;
}

function findLost(
  each: ComparedTable,
  identity: Identity,
  { column, sources, statement }: Suspect,
  { how, isLost, hadValue }: Loss,
): Miswritten[] {
  const lost = isLost(`a.${quoteName(column.name)}`);
  const table = `main.${quoteName(each.after.name)} AS a`;
  if (each.db.prepare(`SELECT 1 FROM ${table} WHERE ${lost} LIMIT 1`).get() === undefined) return [];
  const wasLost = ({ column: name }: ColumnBefore): string => {
    const source = `b.${quoteName(name)}`;
    const kept = each.after.columns.find((other) => sameName(other.name, name) && other.generated === 'no');
    // An UPDATE of some rows leaves the others as they were, with their sources.
    const now = kept === undefined ? null : `a.${quoteName(kept.name)}`;
    const isChanged = now === null ? '' : ` AND CAST(${now} AS TEXT) IS NOT CAST(${source} AS TEXT)`;
    return `(${hadValue(source)}${isChanged})`;
  };
  const test = `${lost} AND ${anyOf(sources.map(wasLost))}`;
  const rows = countRows(each, identity, test);
  if (rows === 0) return [];
  const keys = keysOf(each, identity, test);
  return [{ how, table: each.after.name, column: column.name, rows, of: each.has, statement, keys }];
}
