import type { Database } from '../database/connection.ts';
import { asShown } from '../database/keys.ts';
import { readRows } from '../database/reading.ts';
import type { SqlValue } from '../model/connection.ts';
import type { Fault } from '../model/fault.ts';
import { quoteName, sameName } from '../sql/quote.ts';
import { tableNamed } from '../sql/tables.ts';
import type { RowDifference } from './changes.ts';
import type { AppliedStep } from './gone.ts';

/**
 * Looks at the first rows of a listing in the database after the migration: whether they are gone, or have changed, as the
 * difference says.
 * @returns the rows with what their values were and are; null where they are other rows than those of the difference.
 */
export function confirm(
  fault: Fault,
  difference: RowDifference,
  applied: AppliedStep,
  before: Database,
  after: Database,
): Fault | null {
  const table = tableNamed(applied.after, difference.table);
  const isKnown = fault.keys.columns.every((name) => table?.columns.some((each) => sameName(each.name, name)));
  if (table === undefined || !isKnown) return fault;
  const { keys } = fault;
  if (difference.kind === 'fewer-rows' && difference.treatment !== 'left-out') {
    const isThere = keys.rows.some((key) => valueIn(after, table.name, null, keys.columns, key) !== undefined);
    return isThere ? null : fault;
  }
  if (difference.kind !== 'changed-values') return fault;
  const [column] = difference.columns;
  const was = tableNamed(applied.before, fault.table)?.columns.find(({ name }) => sameName(name, column));
  if (was === undefined) return fault;
  const changes = keys.rows.map((key) => ({
    column,
    before: valueIn(before, fault.table, was.name, keys.columns, key),
    after: valueIn(after, table.name, column, keys.columns, key),
  }));
  const known = changes.flatMap(({ before: had, after: has }) =>
    had === undefined || has === undefined ? [] : [{ column, before: had, after: has }],
  );
  if (known.length < changes.length) return fault;
  // The value that is lost may have stood in another column, and this one was NULL already.
  if (difference.cause === 'nulled-by-expression' && known.some(({ after: has }) => has !== null)) return null;
  const isChanged = known.some(({ before: had, after: has }) => !isSame(had, has));
  if (difference.cause === 'nulled-by-expression' && !isChanged) return fault;
  return isChanged ? { ...fault, changes: known } : null;
}

/** The value of a column in the row with that key; 1 where no column is asked for, and undefined where there is no row. */
function valueIn(
  db: Database,
  table: string,
  column: string | null,
  columns: readonly string[],
  key: readonly SqlValue[],
): SqlValue | undefined {
  const known = columns.map((name) => `${quoteName(name)} IS ?`).join(' AND ');
  const query = `SELECT ${column === null ? '1' : quoteName(column)} FROM main.${quoteName(table)} WHERE ${known}`;
  const read = readRows(db, () =>
    db
      .prepare<SqlValue[], SqlValue>(query)
      .pluck()
      .safeIntegers()
      .get(...key),
  );
  return 'value' in read && read.value !== undefined ? asShown(read.value) : undefined;
}

function isSame(a: SqlValue, b: SqlValue): boolean {
  if (a instanceof Uint8Array && b instanceof Uint8Array) return Buffer.compare(a, b) === 0;
  return Object.is(a, b);
}
