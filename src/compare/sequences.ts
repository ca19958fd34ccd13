import type { Difference } from '../model/comparison.ts';
import type { Migration } from '../model/history.ts';
import type { Applied, State } from '../model/outcome.ts';
import type { Schema, Table } from '../model/schema.ts';
import { type Lineage, survivor } from '../sql/lineage.ts';
import { foldName, sameName } from '../sql/quote.ts';
import { tableNamed } from '../sql/tables.ts';

/**
 * AUTOINCREMENT tables whose counter is lower than before, so that numbers of deleted rows are given out again
 * (https://sqlite.org/autoinc.html). A statement that writes the counters means to, and a table that was made anew without
 * its rows, or with new numbers for them, begins anew.
 */
export function findResetSequences(
  migration: Migration,
  lineage: Lineage,
  { before, after, renumbered }: Applied,
): Difference[] {
  if (before.sequences.size === 0) return [];
  if (migration.statements.some(({ head }) => head.target !== null && sameName(head.target, 'sqlite_sequence')))
    return [];
  const tableAt = ({ schema }: State, table: string): Table | undefined => tableNamed(schema, table);
  const keepsNames = !migration.statements.some(
    ({ head }) => head.verb === 'drop-table' || head.verb === 'rename-table',
  );
  return [...before.sequences].flatMap(([table, had]): Difference[] => {
    if (keepsNames && (after.sequences.get(table) ?? 0) >= had) return [];
    const now = survivor(lineage, table, (name) => tableAt(after, name) !== undefined);
    const is = now === null ? undefined : tableAt(after, now);
    if (is?.autoincrement !== true || tableAt(before, table)?.autoincrement !== true) return [];
    const has = after.sequences.get(is.name) ?? 0;
    if (has >= had || renumbered.includes(is.name) || isEmptied(before, table, after, is.name)) return [];
    const statement = lineage.droppedBy(table)?.index ?? null;
    const referredFrom = findMentions(after.schema, is);
    return [{ kind: 'sequence-reset', table: is.name, before: had, after: has, referredFrom, statement }];
  });
}

/**
 * The columns of other tables that are named after a table's number and hold it without a foreign key, as an audit table does:
 * what they hold may outlive the row, and a new row of the same number is taken for it.
 */
function findMentions({ tables }: Schema, { name, rowidAlias }: Table): string[] {
  const plainOf = (text: string): string => foldName(text).replaceAll(/[^\p{L}\p{N}]/gu, '');
  const singular = plainOf(name)
    .replace(/ies$/, 'y')
    .replace(/([^aeiou]s|x|sh|ch)es$/, '$1')
    .replace(/([^su])s$/, '$1');
  const names = new Set(
    [singular, plainOf(name)].flatMap((stem) => [`${stem}id`, `${stem}${plainOf(rowidAlias ?? 'id')}`]),
  );
  return tables
    .filter((table) => !sameName(table.name, name))
    .flatMap((table) =>
      table.columns
        .filter(
          (column) =>
            names.has(plainOf(column.name)) &&
            !table.foreignKeys.some(({ columns }) => columns.some((each) => sameName(each, column.name))),
        )
        .map((column) => `${table.name}.${column.name}`),
    );
}

function isEmptied(before: State, table: string, after: State, now: string): boolean {
  return (before.rows.get(table) ?? 0) > 0 && (after.rows.get(now) ?? 0) === 0;
}
