import { countRenumbered } from '../database/renumbered.ts';
import type { TableChange } from '../model/change.ts';
import { hiddenRowid } from '../sql/hidden-rowids.ts';
import { refersByName } from '../sql/named-references.ts';
import { sameName } from '../sql/quote.ts';
import type { ComparedTable } from './identity.ts';

/**
 * The change of the hidden rowids of a table that a copy has numbered anew, if a column of another table says by its name that
 * it holds them: `member_rowid` then leads to another member. https://sqlite.org/lang_createtable.html#rowid
 * @param copiedBy the statement that copies the rows.
 */
export function withHiddenNumbers(
  { db, schema, before, after, end, referrers }: ComparedTable,
  changes: readonly TableChange[],
  { swapped, copiedBy }: Pick<TableChange, 'swapped' | 'copiedBy'>,
): readonly TableChange[] {
  const rowid = hiddenRowid(before);
  const isReferredTo = referrers.some(
    ({ name, columns }) =>
      !sameName(name, after.name) && columns.some((column) => refersByName(column.name, before.name, null)),
  );
  if (rowid === null || !isReferredTo || end.before !== null || copiedBy === null) return changes;
  // Rows that are gone do not stand anywhere.
  const rows = countRenumbered(db, schema, before, after) - changes.reduce((sum, { lost }) => sum + lost, 0);
  if (rows <= 0) return changes;
  const feeds = [{ kind: 'default', statement: copiedBy }] as const;
  const column = { column: after.rowidAlias ?? rowid, rows, nulled: 0, retyped: false, converted: false, feeds };
  const [first, ...others] = changes;
  if (first !== undefined) return [{ ...first, columns: [...first.columns, column] }, ...others];
  const keys = { columns: [], rows: [] };
  return [
    {
      table: before.name,
      now: after.name,
      lost: 0,
      duplicated: 0,
      changed: rows,
      columns: [column],
      swapped,
      copiedBy,
      keys,
    },
  ];
}
