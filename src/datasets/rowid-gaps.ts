import type { Database } from '../database/connection.ts';
import { rowidName } from '../database/keys.ts';
import type { Schema, Table } from '../model/schema.ts';
import { foldName, quoteName } from '../sql/quote.ts';
import { moduleTables, triggersOf } from '../sql/tables.ts';

/**
 * Opens a gap in the middle of the hidden rowids of tables, as rows leave that were deleted: a copy closes it, and so shows what
 * refers to rowids. A key that is the rowid stays, for other rows refer to it; so do tables with triggers, and those that an
 * index of another module is over.
 * https://sqlite.org/rowidtable.html
 */
export function openRowidGaps(db: Database, schema: Schema, tables: readonly Table[]): void {
  const modules = moduleTables(schema).flatMap(({ kind, sql }) => (kind === 'virtual' ? [foldName(sql)] : []));
  for (const table of tables) {
    const rowid = rowidName(table);
    if (table.kind !== 'table' || table.rowidAlias !== null || table.withoutRowid || rowid === null) continue;
    if (triggersOf(schema, table.name).length > 0 || modules.some((text) => text.includes(foldName(table.name))))
      continue;
    const name = `main.${quoteName(table.name)}`;
    const last = db.prepare<[], number>(`SELECT max(${rowid}) FROM ${name}`).pluck().get() ?? 0;
    // By less than the number of rows, some would come to the place of others.
    if (last > 1 && last < 2 ** 40)
      db.exec(`UPDATE ${name} SET ${rowid} = ${rowid} + ${last} WHERE ${rowid} > ${Math.ceil(last / 2)}`);
  }
}
