import { type Database, resetSwitches } from '../database/connection.ts';
import { readSchema } from '../database/introspect.ts';
import { countOrphans } from '../database/orphans.ts';
import { readRows } from '../database/reading.ts';
import type { Fault } from '../model/fault.ts';
import type { Settings } from '../model/settings.ts';
import { quoteName, sameName } from '../sql/quote.ts';
import { tableNamed } from '../sql/tables.ts';
import { keyOf } from './ask.ts';

/**
 * Takes the rows of a fault out of a trial copy, and the rows that refer to them by declared keys. Rows that had no parent
 * before stay, because they may be the next fault.
 * @param db the database before the migration; outside of a transaction.
 * @returns whether all of them are gone; false where nothing lists them, or where a trigger keeps them.
 */
export function setAside(db: Database, { table: name, query }: Fault, settings: Settings): boolean {
  const table = tableNamed(readSchema(db), name);
  if (table === undefined || query === null) return false;
  const isKept = new Set(countOrphans(db).map(keyName));
  db.pragma('foreign_keys = OFF');
  try {
    const keys = keyOf(table).join(', ');
    const gone = readRows(db, () => db.exec(`DELETE FROM main.${quoteName(table.name)} WHERE (${keys}) IN (${query})`));
    if (!('value' in gone)) return false;
    while (removeChildren(db, isKept));
    return db.prepare(query).get() === undefined;
  } finally {
    resetSwitches(db, settings);
  }
}

/** Removes rows that have lost their parents, one generation at a call; false where there are none, or a trigger keeps them. */
function removeChildren(db: Database, isKept: ReadonlySet<string>): boolean {
  const schema = readSchema(db);
  let removed = 0;
  for (const orphans of countOrphans(db).filter((each) => !isKept.has(keyName(each)))) {
    const child = tableNamed(schema, orphans.table);
    const key = child?.foreignKeys.find(
      ({ parent, columns }) =>
        sameName(parent, orphans.parent) && columns.every((column, i) => sameName(column, orphans.columns[i] ?? '')),
    );
    if (key === undefined) continue;
    const own = quoteName(orphans.table);
    const given = key.columns.map((column) => `${own}.${quoteName(column)} IS NOT NULL`);
    const match = key.columns.map(
      (column, i) => `parent.${quoteName(key.parentColumns[i] ?? 'rowid')} = ${own}.${quoteName(column)}`,
    );
    const missing = `NOT EXISTS (SELECT 1 FROM main.${quoteName(orphans.parent)} AS parent WHERE ${match.join(' AND ')})`;
    const done = readRows(
      db,
      () => db.prepare(`DELETE FROM main.${own} WHERE ${[...given, missing].join(' AND ')}`).run().changes,
    );
    removed += 'value' in done ? done.value : 0;
  }
  return removed > 0;
}

function keyName({ table, columns, parent }: ReturnType<typeof countOrphans>[number]): string {
  return JSON.stringify([table, columns, parent]);
}
