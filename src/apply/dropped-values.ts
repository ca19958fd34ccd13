import type { Database } from '../database/connection.ts';
import { readRows } from '../database/reading.ts';
import type { Snapshot } from '../database/snapshot.ts';
import type { Migration } from '../model/history.ts';
import type { DroppedValues, State } from '../model/outcome.ts';
import type { Schema, Table } from '../model/schema.ts';
import { speaksOf } from '../sql/alike-names.ts';
import { endUnread } from '../sql/columns-gone.ts';
import type { Flow } from '../sql/flow.ts';
import { foldName, quoteName, sameName } from '../sql/quote.ts';
import { tableNamed } from '../sql/tables.ts';

/**
 * The columns that a migration drops, or leaves out of a rebuild, while none of its statements reads them, with what waits
 * for their values: a column of the same name made anew, or one of a new table that is empty.
 */
export function findDroppedValues(
  db: Database,
  snapshot: Snapshot,
  { statements }: Pick<Migration, 'statements'>,
  flow: Flow,
  before: State,
  after: State,
): DroppedValues[] {
  if (!statements.some(({ head }) => head.verb === 'drop-column' || head.verb === 'drop-table')) return [];
  const gone = before.schema.tables.flatMap((table) => {
    const of = before.rows.get(table.name) ?? 0;
    const end = flow.becomes(table.name);
    const now = end === null ? undefined : tableNamed(after.schema, end.name);
    // Whole rows that nothing copies are lost rows, and told as such.
    const isCopied = end !== null && (end.before !== null || end.sources.has(foldName(table.name)));
    if (table.kind !== 'table' || of === 0 || now === undefined || !isCopied) return [];
    return table.columns
      .filter(({ name, generated }) => generated === 'no' && !table.primaryKey.some((key) => sameName(key, name)))
      .flatMap(({ name }) => {
        const ended = endUnread(statements, table.name, name);
        return ended === null ||
          isEmptied(statements, ended.statement, table.name) ||
          isCarried(statements, ended.statement, now, ended.column)
          ? []
          : [{ table, now, column: name, of, statement: ended.statement }];
      });
  });
  if (gone.length === 0) return [];
  return snapshot.attach(db, (schema) =>
    gone.flatMap(({ table, now, column, of, statement }): DroppedValues[] => {
      const sql = `SELECT count(${quoteName(column)}) FROM ${schema}.${quoteName(table.name)}`;
      const counted = readRows(db, () => db.prepare<[], number>(sql).pluck().get() ?? 0);
      const rows = 'value' in counted ? counted.value : 0;
      if (rows === 0) return [];
      const waiting = waitsFor(column, now, before.schema, after);
      return [{ table: now.name, column, rows, of, statement, waiting }];
    }),
  );
}

/** Whether a statement before has deleted all rows: it says what becomes of their values. */
function isEmptied(statements: Migration['statements'], end: number, table: string): boolean {
  return statements.some(
    ({ index, head, sql }) =>
      index < end && head.verb === 'delete' && sameName(head.target ?? '', table) && !/\bwhere\b/i.test(sql),
  );
}

function isJoined(a: Table, b: Table): boolean {
  const leads = (from: Table, to: Table): boolean => from.foreignKeys.some(({ parent }) => sameName(parent, to.name));
  return leads(a, b) || leads(b, a);
}

function namesIn({ columns }: Table): string[] {
  return columns.map(({ name }) => name);
}

/** Whether the table has the column once its drop is a rebuild: the copy is compared value by value then. */
function isCarried(statements: Migration['statements'], index: number, now: Table, column: string): boolean {
  const isRebuild = statements.find((each) => each.index === index)?.head.verb === 'drop-table';
  return isRebuild && hasColumn(now, column);
}

function hasColumn({ columns }: Table, column: string): boolean {
  return columns.some(({ name }) => sameName(name, column));
}

/**
 * The table that is to hold the values: the table itself with a new column of that name, or a new one without rows that has such a
 * column, or that a key joins to the table and whose names speak of the column.
 */
function waitsFor(column: string, now: Table, before: Schema, after: State): string | null {
  if (hasColumn(now, column)) return now.name;
  const fresh = after.schema.tables.find(
    (table) =>
      table.kind === 'table' &&
      table.name !== now.name &&
      tableNamed(before, table.name) === undefined &&
      (after.rows.get(table.name) ?? 0) === 0 &&
      (hasColumn(table, column) || (isJoined(table, now) && speaksOf(column, [table.name, ...namesIn(table)]))),
  );
  return fresh?.name ?? null;
}
