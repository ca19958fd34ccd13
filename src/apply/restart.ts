import type { Database } from '../database/connection.ts';
import { readSchema } from '../database/introspect.ts';
import { countOrphans } from '../database/orphans.ts';
import { readRows } from '../database/reading.ts';
import type { Snapshot } from '../database/snapshot.ts';
import type { SqlValue } from '../model/connection.ts';
import type { Table } from '../model/schema.ts';
import type { Settings } from '../model/settings.ts';
import { quoteName, quoteNames, sameName } from '../sql/quote.ts';

/**
 * Puts into a copy of the baseline, as a migration left it, the rows that a candidate held on which it failed, wherever
 * they fit the new schema.
 * @param lost the candidate before the migration.
 */
export function carryRows(db: Database, lost: Snapshot, settings: Settings): void {
  const source = lost.open(settings);
  try {
    db.pragma('foreign_keys = OFF');
    const had = readSchema(source).tables;
    for (const table of readSchema(db).tables) {
      const before = had.find(({ name }) => sameName(name, table.name));
      if (before !== undefined && table.kind === 'table') carryOver(source, db, before, table);
    }
    if (settings.foreignKeys) while (dropOrphans(db) > 0);
  } finally {
    db.pragma(`foreign_keys = ${settings.foreignKeys ? 'ON' : 'OFF'}`);
    source.close();
  }
}

/** Copies the rows that fit, by the columns that both tables have. */
function carryOver(source: Database, target: Database, before: Table, after: Table): void {
  const unkeyed = !after.indexes.some(({ unique }) => unique) && after.rowidAlias === null;
  // Rows that migrations insert are there already; without a key they would come twice.
  if (unkeyed && target.prepare(`SELECT 1 FROM ${quoteName(after.name)} LIMIT 1`).get() !== undefined) return;
  const shared = after.columns
    .filter(({ generated }) => generated === 'no')
    .map(({ name }) => name)
    .filter((name) => before.columns.some((column) => sameName(column.name, name)));
  if (shared.length === 0) return;
  const read = source
    .prepare<[], SqlValue[]>(`SELECT ${quoteNames(shared)} FROM ${quoteName(before.name)}`)
    .raw()
    .safeIntegers();
  const insert = target.prepare<SqlValue[]>(
    `INSERT OR IGNORE INTO ${quoteName(after.name)} (${quoteNames(shared)}) VALUES (${shared.map(() => '?').join(', ')})`,
  );
  // A generated column that was made a stored one may end the reading: what follows does not fit either.
  readRows(source, () => {
    for (const row of read.iterate()) {
      try {
        insert.run(...row);
      } catch {
        // A trigger or a type that refuses the row: it does not fit, and the dataset fills the table anew.
      }
    }
  });
}

/** Removes rows whose parents did not fit, one generation at a call; returns how many. */
function dropOrphans(db: Database): number {
  let removed = 0;
  const { tables } = readSchema(db);
  for (const { table, columns, parent } of countOrphans(db)) {
    const key = tables
      .find(({ name }) => sameName(name, table))
      ?.foreignKeys.find(
        (candidate) =>
          sameName(candidate.parent, parent) && candidate.columns.every((name, i) => sameName(name, columns[i] ?? '')),
      );
    if (key === undefined || !tables.some(({ name }) => sameName(name, parent))) continue;
    const child = quoteName(table);
    const given = columns.map((name) => `${child}.${quoteName(name)} IS NOT NULL`).join(' AND ');
    const match = columns
      .map((name, i) => `p.${quoteName(key.parentColumns[i] ?? 'rowid')} = ${child}.${quoteName(name)}`)
      .join(' AND ');
    const sql = `DELETE FROM ${child} WHERE ${given} AND NOT EXISTS (SELECT 1 FROM ${quoteName(parent)} p WHERE ${match})`;
    const done = readRows(db, () => db.prepare(sql).run().changes);
    // Those that a trigger keeps, or whose key cannot be computed, stay orphans.
    removed += 'value' in done ? done.value : 0;
  }
  return removed;
}
