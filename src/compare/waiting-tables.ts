import type { State } from '../model/outcome.ts';
import type { Table } from '../model/schema.ts';
import { sameName } from '../sql/quote.ts';
import { tableNamed } from '../sql/tables.ts';

/** The fewest columns beside the key by which one table can be taken for another: two tables may both have a name. */
const fewest = 2;

/** Whether a table that is gone has a successor without rows: a new one with all its columns but the key. */
export function hasWaiting(table: Table, before: State, after: State): boolean {
  const rest = table.columns.filter(
    ({ name, generated }) =>
      generated === 'no' && !(table.rowidAlias !== null && sameName(name, table.rowidAlias)) && !isStamp.test(name),
  );
  if (rest.length < fewest) return false;
  return after.schema.tables.some(
    (fresh) =>
      fresh.kind === 'table' &&
      tableNamed(before.schema, fresh.name) === undefined &&
      (after.rows.get(fresh.name) ?? 0) === 0 &&
      rest.every(({ name }) => fresh.columns.some((column) => sameName(column.name, name))),
  );
}

/** Columns that tables of any purpose have. */
const isStamp = /^(?:id|uuid|(?:created|updated|deleted)_?(?:at|on|by)?)$/i;
