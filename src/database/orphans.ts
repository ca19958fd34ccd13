import type { Orphans } from '../model/outcome.ts';
import type { Schema, Table } from '../model/schema.ts';
import { foldName, quoteName, quoteString } from '../sql/quote.ts';
import { childrenOf, tableNamed } from '../sql/tables.ts';
import type { Database } from './connection.ts';
import { readSchema } from './introspect.ts';
import { isLarge } from './large.ts';
import { parentlessRows } from './parentless.ts';
import { readRows } from './reading.ts';

/** A foreign key that some rows break. */
interface BrokenKey extends Orphans {
  /** Its number in `PRAGMA foreign_key_list`. */
  readonly key: number;
}

/** The rows of one foreign key that miss the same parent. */
export interface MissingParent extends Orphans {
  /** Their values in the columns of the key, as JSON; '' in a table without rowid, where the rows are unknown. */
  readonly missing: string;
}

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
  return brokenKeys(db).map(({ table, columns, parent, rows }) => ({ table, columns, parent, rows }));
}

/**
 * Counts them again after some tables have changed.
 * @param known those of before.
 * @param changed the names of those tables, folded.
 */
export function recountOrphans(
  db: Database,
  known: readonly Orphans[],
  schema: Schema,
  changed: ReadonlySet<string>,
): readonly Orphans[] {
  const tables = new Set(
    [...changed].flatMap((name) => [tableNamed(schema, name) ?? [], childrenOf(schema, name)].flat()),
  );
  const asked = [...tables].filter(({ foreignKeys }) => foreignKeys.length > 0).map(({ name }) => name);
  const stay = known.filter(({ table }) => !changed.has(foldName(table)) && !asked.includes(table));
  if (asked.length === 0 && stay.length === known.length) return known;
  const found = asked
    .flatMap((table) => tableOrphans(db, table, schema))
    .map(({ table, key, parent, rows }) => ({ table, columns: keyColumns(db, table, key), parent, rows }));
  return [...stay, ...found].sort((a, b) => (a.table < b.table ? -1 : Number(a.table > b.table)));
}

/** The same orphans, by the parent that they miss. */
export function missingParents(db: Database): MissingParent[] {
  return brokenKeys(db).flatMap(({ key, ...orphans }) => {
    const rowid = rowidOf(db, orphans.table);
    if (rowid === undefined) return [{ ...orphans, missing: '' }];
    const held = orphans.columns.map((column) => `CAST(child.${quoteName(column)} AS TEXT)`).join(', ');
    const from =
      parentlessIn(db, orphans.table, key) ??
      `FROM pragma_foreign_key_check(${quoteString(orphans.table)}, 'main') AS violation
        JOIN main.${quoteName(orphans.table)} AS child ON child.${rowid} = violation.rowid
        WHERE violation.fkid = ${key}`;
    const sql = `SELECT json_array(${held}) AS missing, count(*) AS rows ${from} GROUP BY 1`;
    const groups = readRows(db, () => db.prepare<[], { missing: string; rows: number }>(sql).all());
    // A key of a generated column that cannot be computed.
    if ('words' in groups) return [{ ...orphans, missing: '' }];
    return groups.value.map((group) => ({ ...orphans, ...group }));
  });
}

/**
 * The orphans of `after` beyond those of `before`, per foreign key; numbers are the surplus. One that goes does not make
 * up for one that comes, unless they miss a parent by the same values: then a table or a column was renamed.
 */
export function newOrphans(before: readonly MissingParent[], after: readonly MissingParent[]): Orphans[] {
  const come = surplus(after, before, identity);
  const gone = surplus(before, after, identity);
  const sums = new Map<string, Orphans>();
  for (const { missing, ...orphans } of surplus(come, gone, ({ missing }) => missing)) {
    const key = identity({ ...orphans, missing: '' });
    sums.set(key, { ...orphans, rows: orphans.rows + (sums.get(key)?.rows ?? 0) });
  }
  return [...sums.values()];
}

/** Orphans in one line: `2 rows of runs(pipeline_id) have no parent in pipelines`. */
export function describeOrphans(orphans: readonly Orphans[]): string {
  const parts = orphans.map(({ table, columns, parent, rows }) => {
    const have = rows === 1 ? '1 row' : `${rows} rows`;
    return `${have} of ${table}(${columns.join(', ')}) ${rows === 1 ? 'has' : 'have'} no parent in ${parent}`;
  });
  return `foreign key check failed: ${parts.join('; ')}`;
}

/** The rows of `orphans` that those of `others` with the same key do not make up for. */
function surplus(
  orphans: readonly MissingParent[],
  others: readonly MissingParent[],
  keyOf: (orphans: MissingParent) => string,
): MissingParent[] {
  const left = new Map<string, number>();
  for (const other of others) left.set(keyOf(other), (left.get(keyOf(other)) ?? 0) + other.rows);
  return orphans.flatMap((group) => {
    const known = left.get(keyOf(group)) ?? 0;
    left.set(keyOf(group), Math.max(0, known - group.rows));
    return group.rows > known ? [{ ...group, rows: group.rows - known }] : [];
  });
}

function identity({ table, columns, parent, missing }: MissingParent): string {
  return JSON.stringify([foldName(table), columns.map(foldName), foldName(parent), missing]);
}

function brokenKeys(db: Database): BrokenKey[] {
  return violationsOf(db).map((row) => ({ ...row, columns: keyColumns(db, row.table, row.key) }));
}

function violationsOf(db: Database): ViolationRow[] {
  const each = (schema: Schema | null): ViolationRow[] =>
    tableNames(db).flatMap((table) => tableOrphans(db, table, schema));
  if (isLarge(db)) return each(readSchema(db));
  const all = readRows(db, () => db.prepare<[], ViolationRow>(query('')).all());
  return 'value' in all ? all.value : each(null);
}

function tableNames(db: Database): string[] {
  return db.prepare<[], string>("SELECT name FROM main.sqlite_schema WHERE type = 'table' ORDER BY name").pluck().all();
}

/** @param schema null where the rows are few. */
function tableOrphans(db: Database, name: string, schema: Schema | null): ViolationRow[] {
  const table = schema === null || !isLarge(db) ? undefined : tableNamed(schema, name);
  const counted = schema === null || table === undefined ? null : countParentless(db, schema, table);
  if (counted !== null) return counted;
  const own = readRows(db, () => db.prepare<[], ViolationRow>(query(`(${quoteString(name)}, 'main')`)).all());
  return 'value' in own ? own.value : [];
}

/** Counts them by queries of ours; null where only SQLite's check can tell. */
function countParentless(db: Database, schema: Schema, table: Table): ViolationRow[] | null {
  const found: ViolationRow[] = [];
  for (const [key, foreignKey] of table.foreignKeys.entries()) {
    const from = parentlessRows(schema, table, foreignKey);
    if (from === null) return null;
    const counted = readRows(db, () => db.prepare<[], number>(`SELECT count(*) ${from}`).pluck().get() ?? 0);
    if ('words' in counted) return null;
    if (counted.value > 0) found.push({ table: table.name, parent: foreignKey.parent, key, rows: counted.value });
  }
  // In the order of `query`.
  return found.sort((a, b) => (a.parent < b.parent ? -1 : Number(a.parent > b.parent)));
}

/** The rows of a key without a parent, as in `parentlessRows`; null where the database is small, or SQLite has to tell. */
function parentlessIn(db: Database, name: string, key: number): string | null {
  if (!isLarge(db)) return null;
  const schema = readSchema(db);
  const table = tableNamed(schema, name);
  const foreignKey = table?.foreignKeys[key];
  return table === undefined || foreignKey === undefined ? null : parentlessRows(schema, table, foreignKey);
}

function keyColumns(db: Database, table: string, key: number): string[] {
  return db
    .prepare<[string, number], string>(
      'SELECT "from" FROM pragma_foreign_key_list(?, \'main\') WHERE id = ? ORDER BY seq',
    )
    .pluck()
    .all(table, key);
}

/** The name that a table's rowid goes by, which no column has taken; undefined when it has none. */
function rowidOf(db: Database, table: string): string | undefined {
  const without = db
    .prepare<[string], number>("SELECT wr FROM pragma_table_list WHERE schema = 'main' AND name = ? COLLATE NOCASE")
    .pluck()
    .get(table);
  if (without !== 0) return undefined;
  const columns = db.prepare<[string], string>("SELECT name FROM pragma_table_xinfo(?, 'main')").pluck().all(table);
  const taken = new Set(columns.map(foldName));
  return ['rowid', '_rowid_', 'oid'].find((name) => !taken.has(name));
}
