import { type Database, openMemory, resetSwitches } from '../database/connection.ts';
import { readSchema } from '../database/introspect.ts';
import { readRows } from '../database/reading.ts';
import type { Settings } from '../model/settings.ts';
import type { Case, SchemaPart } from '../shrink/case.ts';
import type { ShrinkableColumn } from '../shrink/shrink.ts';
import { foldName, quoteName, sameName } from '../sql/quote.ts';
import { tableNamed } from '../sql/tables.ts';
import { textsOf } from './texts.ts';

/**
 * Makes the database of a case.
 * @returns null where SQLite refuses a part of it, so such a database cannot exist.
 */
export function buildCase(whole: Case, settings: Settings): Database | null {
  const db = openMemory(settings);
  const { tables, rows, objects } = textsOf(whole);
  try {
    db.pragma('foreign_keys = OFF');
    const made = readRows(db, () => {
      db.exec('BEGIN');
      for (const text of [...tables, ...rows, ...objects]) db.exec(text);
      db.exec('COMMIT');
    });
    if ('value' in made) {
      resetSwitches(db, settings);
      return db;
    }
  } catch (error) {
    db.close();
    throw error;
  }
  db.close();
  return null;
}

/** The case without some columns of a table, as SQLite drops them; null where it refuses that. */
export function dropColumns(whole: Case, table: string, columns: readonly string[], settings: Settings): Case | null {
  const db = buildCase({ ...whole, rows: [] }, settings);
  if (db === null) return null;
  try {
    db.pragma('foreign_keys = OFF');
    const dropped = readRows(db, () => {
      for (const column of columns) db.exec(`ALTER TABLE ${quoteName(table)} DROP COLUMN ${quoteName(column)}`);
      return db
        .prepare<[string], string>("SELECT sql FROM main.sqlite_schema WHERE type = 'table' AND name = ?")
        .pluck()
        .get(table);
    });
    if (!('value' in dropped) || dropped.value === undefined) return null;
    const sql = dropped.value;
    const isIt = ({ type, name }: SchemaPart): boolean => type === 'table' && name === table;
    const keeps = (name: string): boolean => !columns.some((column) => sameName(column, name));
    return {
      ...whole,
      schema: whole.schema.map((part) => (isIt(part) ? { ...part, sql } : part)),
      rows: whole.rows.map((row) =>
        row.table === table ? { ...row, values: new Map([...row.values].filter(([name]) => keeps(name))) } : row,
      ),
    };
  } finally {
    db.close();
  }
}

/** The columns of a table, and which of them a row need not give. */
export function columnsOf(whole: Case, table: string, settings: Settings): readonly ShrinkableColumn[] {
  const db = buildCase({ ...whole, rows: [] }, settings);
  if (db === null) return [];
  try {
    const own = tableNamed(readSchema(db), table);
    if (own === undefined || own.kind !== 'table') return [];
    const keys = new Set([...own.primaryKey, ...own.foreignKeys.flatMap(({ columns }) => columns)].map(foldName));
    return own.columns
      .filter(({ generated }) => generated === 'no')
      .map(({ name, notNull, default: otherwise }) => ({
        name,
        isOptional: !notNull || otherwise !== null,
        isKey: keys.has(foldName(name)),
      }));
  } finally {
    db.close();
  }
}
