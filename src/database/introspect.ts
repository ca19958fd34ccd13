import type { Column, ForeignKey, Index, Schema, SchemaObject, Table } from '../model/schema.ts';
import { readConstraints } from '../sql/constraints.ts';
import { foldName } from '../sql/quote.ts';
import type { Database } from './connection.ts';

interface ColumnRow {
  table: string;
  name: string;
  type: string;
  notnull: number;
  dflt_value: string | null;
  pk: number;
  hidden: number;
}

interface KeyRow {
  table: string;
  id: number;
  from: string;
  parent: string;
  to: string | null;
  on_delete: string;
  on_update: string;
}

interface IndexRow {
  table: string;
  name: string;
  unique: number;
  partial: number;
  origin: 'c' | 'u' | 'pk';
  column: string | null;
}

interface TableRow {
  name: string;
  type: 'table' | 'virtual' | 'shadow';
  wr: number;
  strict: number;
}

// Four queries for the whole schema: asking pragma by pragma and table by table costs four times the tables.
const objectsQuery = 'SELECT type, name, tbl_name AS "table", sql FROM sqlite_schema ORDER BY type, name';
const tablesQuery = `SELECT l.name, l.type, l.wr, l.strict
  FROM sqlite_schema t JOIN pragma_table_list l ON l.schema = 'main' AND l.name = t.name
  WHERE t.type = 'table' AND l.name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY t.rowid`;
const columnsQuery = `SELECT t.name AS "table", c.name, c.type, c."notnull", c.dflt_value, c.pk, c.hidden
  FROM sqlite_schema t, pragma_table_xinfo(t.name, 'main') c WHERE t.type = 'table' ORDER BY t.name, c.cid`;
const keysQuery = `SELECT t.name AS "table", k.id, k."from", k."table" AS parent, k."to", k.on_delete, k.on_update
  FROM sqlite_schema t, pragma_foreign_key_list(t.name, 'main') k WHERE t.type = 'table' ORDER BY t.name, k.id, k.seq`;
const indexesQuery = `SELECT t.name AS "table", i.name, i."unique", i.partial, i.origin, x.name AS "column"
  FROM sqlite_schema t, pragma_index_list(t.name, 'main') i, pragma_index_xinfo(i.name, 'main') x
  WHERE t.type = 'table' AND x.key = 1 ORDER BY t.name, i.seq, x.seqno`;

/**
 * Reads the schema of `main`: every object as SQLite keeps it, and every table with what a row of it must satisfy.
 * Tables of SQLite itself (`sqlite_…`) are left out.
 */
export function readSchema(db: Database): Schema {
  const objects = all<SchemaObject>(db, objectsQuery);
  const columns = byTable(all<ColumnRow>(db, columnsQuery));
  const keys = byTable(all<KeyRow>(db, keysQuery));
  const indexes = byTable(all<IndexRow>(db, indexesQuery));
  const sqlOf = new Map(objects.map(({ type, name, sql }) => [`${type} ${name}`, sql]));
  const tables = all<TableRow>(db, tablesQuery).map((row): Table => {
    const sql = sqlOf.get(`table ${row.name}`) ?? '';
    const ownColumns = columns.get(row.name) ?? [];
    const primaryKey = ownColumns.filter(({ pk }) => pk > 0).sort((a, b) => a.pk - b.pk);
    const text = row.type === 'table' ? readConstraints(sql) : { checks: [], autoincrement: false };
    return {
      name: row.name,
      kind: row.type,
      strict: row.strict === 1,
      withoutRowid: row.wr === 1,
      autoincrement: text.autoincrement,
      columns: ownColumns.filter(({ hidden }) => hidden !== 1).map(toColumn),
      primaryKey: primaryKey.map(({ name }) => name),
      rowidAlias: rowidAlias(row, primaryKey, indexes.get(row.name) ?? []),
      foreignKeys: toForeignKeys(keys.get(row.name) ?? [], columns),
      indexes: toIndexes(indexes.get(row.name) ?? [], sqlOf),
      checks: text.checks,
      sql,
    };
  });
  return { objects: objects.filter(({ name }) => !name.startsWith('sqlite_')), tables };
}

function all<T>(db: Database, sql: string): T[] {
  return db.prepare<[], T>(sql).all();
}

function byTable<T extends { table: string }>(rows: readonly T[]): Map<string, T[]> {
  return Map.groupBy(rows, ({ table }) => table);
}

function toColumn(row: ColumnRow): Column {
  // https://sqlite.org/pragma.html#pragma_table_xinfo: hidden is 2 for virtual and 3 for stored generated columns.
  const generated = row.hidden === 2 ? 'virtual' : row.hidden === 3 ? 'stored' : 'no';
  return {
    name: row.name,
    type: row.type,
    notNull: row.notnull === 1,
    default: row.dflt_value,
    keyPosition: row.pk,
    generated,
  };
}

/** A lone INTEGER key is the rowid unless an index stands behind it, as for `INTEGER PRIMARY KEY DESC`. */
function rowidAlias(table: TableRow, key: readonly ColumnRow[], indexes: readonly IndexRow[]): string | null {
  const [column, second] = key;
  if (column === undefined || second !== undefined || table.wr === 1) return null;
  const indexed = indexes.some(({ origin }) => origin === 'pk');
  return column.type.toUpperCase() === 'INTEGER' && !indexed ? column.name : null;
}

function toForeignKeys(rows: readonly KeyRow[], columns: ReadonlyMap<string, readonly ColumnRow[]>): ForeignKey[] {
  const keys: ForeignKey[] = [];
  for (const parts of Map.groupBy(rows, ({ id }) => id).values()) {
    const [first] = parts;
    if (first === undefined) continue;
    const implied = (named(columns, first.parent) ?? []).filter(({ pk }) => pk > 0).sort((a, b) => a.pk - b.pk);
    keys.push({
      columns: parts.map(({ from }) => from),
      parent: first.parent,
      // `to` is NULL where the declaration leaves the parent's key implied.
      parentColumns: parts.map(({ to }, i) => to ?? implied[i]?.name ?? 'rowid'),
      onDelete: first.on_delete,
      onUpdate: first.on_update,
    });
  }
  return keys;
}

function named<T>(map: ReadonlyMap<string, T>, name: string): T | undefined {
  const exact = map.get(name);
  if (exact !== undefined) return exact;
  for (const [key, value] of map) if (foldName(key) === foldName(name)) return value;
  return undefined;
}

const origins = { c: 'created', u: 'unique', pk: 'primary-key' } as const;

function toIndexes(rows: readonly IndexRow[], sqlOf: ReadonlyMap<string, string | null>): Index[] {
  return [...Map.groupBy(rows, ({ name }) => name)].flatMap(([name, parts]) => {
    const [first] = parts;
    if (first === undefined) return [];
    return {
      name,
      unique: first.unique === 1,
      partial: first.partial === 1,
      origin: origins[first.origin],
      columns: parts.map(({ column }) => column),
      sql: sqlOf.get(`index ${name}`) ?? null,
    };
  });
}
