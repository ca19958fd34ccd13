import type { Difference } from '../model/comparison.ts';
import type { Migration } from '../model/history.ts';
import type { State, Unreadable } from '../model/outcome.ts';
import { type Lineage, survivor } from '../sql/lineage.ts';
import { sameName } from '../sql/quote.ts';
import { nameAfter } from '../sql/renames.ts';

/** Rows that cannot be read after a step and could be before it, or were not there. */
export function findUnreadableRows(migration: Migration, lineage: Lineage, before: State, after: State): Difference[] {
  const isThere = (name: string): boolean => after.schema.tables.some((table) => sameName(table.name, name));
  const isKnown = (now: Unreadable): boolean =>
    before.unreadable.some((had) => {
      const { table, column } = nameAfter(migration, { table: had.table, column: had.column ?? '' });
      const name = survivor(lineage, had.table, isThere) ?? table;
      return sameName(name, now.table) && sameName(had.column === null ? '' : column, now.column ?? '');
    });
  return after.unreadable
    .filter((now) => !isKnown(now))
    .map((now) => ({
      kind: 'unreadable-rows',
      ...now,
      of: after.rows.get(now.table) ?? null,
      statement: null,
    }));
}

/** Whether nobody knows how many rows a table has, before or after. */
export function isUncountable({ unreadable }: State, table: string): boolean {
  return unreadable.some((each) => each.column === null && sameName(each.table, table));
}
