import type { Orphans } from '../model/outcome.ts';
import { foldName, quoteString } from '../sql/quote.ts';
import type { Database } from './connection.ts';

interface ViolationRow {
  table: string;
  parent: string;
  key: number;
  rows: number;
}

// Column four of the check is the number of the constraint in foreign_key_list, not a value.
const query = (table: string): string =>
  `SELECT "table", parent, fkid AS "key", count(*) AS rows FROM pragma_foreign_key_check${table} GROUP BY 1, 2, 3`;

/**
 * Counts child rows without a parent, for each foreign key that has any.
 * https://sqlite.org/pragma.html#pragma_foreign_key_check. A key whose declaration cannot work (its parent columns are no
 * key) makes the whole check fail, so then tables are asked one by one and such a table is left out.
 */
export function countOrphans(db: Database): Orphans[] {
  let rows: ViolationRow[];
  try {
    rows = db.prepare<[], ViolationRow>(query('')).all();
  } catch {
    rows = tableNames(db).flatMap((table) => tableOrphans(db, table));
  }
  return rows.map(({ table, parent, key, rows: count }) => ({
    table,
    columns: keyColumns(db, table, key),
    parent,
    rows: count,
  }));
}

/** The orphans of `after` beyond those of `before`, per foreign key; numbers are the surplus. */
export function newOrphans(before: readonly Orphans[], after: readonly Orphans[]): Orphans[] {
  const known = new Map(before.map((orphans) => [identity(orphans), orphans.rows]));
  return after
    .map((orphans) => ({ ...orphans, rows: orphans.rows - (known.get(identity(orphans)) ?? 0) }))
    .filter(({ rows }) => rows > 0);
}

/** Orphans in one line: `2 rows of runs(pipeline_id) have no parent in pipelines`. */
export function describeOrphans(orphans: readonly Orphans[]): string {
  const parts = orphans.map(({ table, columns, parent, rows }) => {
    const have = rows === 1 ? '1 row' : `${rows} rows`;
    return `${have} of ${table}(${columns.join(', ')}) ${rows === 1 ? 'has' : 'have'} no parent in ${parent}`;
  });
  return `foreign key check failed: ${parts.join('; ')}`;
}

function identity({ table, columns, parent }: Orphans): string {
  return foldName(JSON.stringify([table, columns, parent]));
}

function tableNames(db: Database): string[] {
  return db.prepare<[], string>("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name").pluck().all();
}

function tableOrphans(db: Database, table: string): ViolationRow[] {
  try {
    return db.prepare<[], ViolationRow>(query(`(${quoteString(table)})`)).all();
  } catch {
    return [];
  }
}

function keyColumns(db: Database, table: string, key: number): string[] {
  return db
    .prepare<[string, number], string>('SELECT "from" FROM pragma_foreign_key_list(?) WHERE id = ? ORDER BY seq')
    .pluck()
    .all(table, key);
}
