import type { Migration, Statement } from '../model/history.ts';
import type { Schema, Table } from '../model/schema.ts';
import { type Lineage, survivor } from '../sql/lineage.ts';
import { foldName, sameName } from '../sql/quote.ts';

/** A table that was dropped and made anew under its name. */
export interface RebuiltTable {
  readonly was: Table;
  readonly is: Table;
  readonly dropped: Statement;
  /** The CREATE TABLE of what it is now, or null where no text tells. */
  readonly created: Statement | null;
}

/** Finds the tables that a migration drops and makes anew, in whatever order it renames them. */
export function findRebuilds(
  { statements }: Migration,
  lineage: Lineage,
  before: Schema,
  after: Schema,
): RebuiltTable[] {
  if (!statements.some(({ head }) => head.verb === 'drop-table')) return [];
  const tables = new Map(after.tables.map((table) => [foldName(table.name), table]));
  return before.tables.flatMap((was): RebuiltTable[] => {
    const dropped = was.kind === 'table' ? lineage.droppedBy(was.name) : null;
    if (dropped === null) return [];
    const name = survivor(lineage, was.name, (each) => tables.has(foldName(each)));
    const is = name === null ? undefined : tables.get(foldName(name));
    if (is === undefined || is.kind !== 'table') return [];
    const created = lineage.writers(is.name).findLast(({ head }) => head.verb === 'create-table') ?? null;
    return [{ was, is, dropped, created }];
  });
}

/** Whether a column is in both forms of a table. */
export function survives({ was, is }: RebuiltTable, column: string): boolean {
  return [was, is].every(({ columns }) => columns.some(({ name }) => sameName(name, column)));
}
