import type { Column, ForeignKey, Index, Schema, SchemaObject, Table } from '../model/schema.ts';
import { sameName } from '../sql/quote.ts';
import { readTableText } from '../sql/table-text.ts';
import type { Database } from './connection.ts';

interface ColumnRow {
  name: string;
  type: string;
  notnull: number;
  dflt_value: string | null;
  pk: number;
  hidden: number;
}

interface KeyRow {
  id: number;
  from: string;
  parent: string;
  to: string | null;
  on_delete: string;
  on_update: string;
}

interface IndexRow {
  name: string;
  unique: number;
  partial: number;
  origin: 'c' | 'u' | 'pk';
  column: string | null;
}

const objectsQuery = 'SELECT type, name, tbl_name AS "table", sql FROM sqlite_schema ORDER BY rowid';
// Asked only where there are virtual tables: for each answer it works out the columns of every view.
const shadowsQuery = "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'shadow'";
const columnsQuery = `SELECT name, type, "notnull", dflt_value, pk, hidden FROM pragma_table_xinfo(?, 'main') ORDER BY cid`;
const keysQuery = `SELECT id, "from", "table" AS parent, "to", on_delete, on_update
  FROM pragma_foreign_key_list(?, 'main') ORDER BY id, seq`;
const indexesQuery = `SELECT i.name, i."unique", i.partial, i.origin, x.name AS "column"
  FROM pragma_index_list(?, 'main') i, pragma_index_xinfo(i.name, 'main') x WHERE x.key = 1 ORDER BY i.seq, x.seqno`;

/** What is read of one table by itself; the keys of parents are resolved with the whole schema at hand. */
interface TableFacts {
  readonly table: Table;
  readonly keys: readonly KeyRow[];
}

/**
 * Schemas and tables by their text in `sqlite_schema`, which determines them. A migration changes few tables, and the
 * baseline and the candidates go through the same schemas.
 */
const schemas = createCache<Schema>(8);
const tableFacts = createCache<TableFacts>(4_000);

/**
 * Reads the schema of `main`: every object as SQLite keeps it, and every table with what a row of it must satisfy.
 * Tables of SQLite itself (`sqlite_…`) are left out. Equal schemas are the same object as long as they are recent.
 */
export function readSchema(db: Database): Schema {
  const objects = db.prepare<[], SchemaObject>(objectsQuery).all();
  return schemas(JSON.stringify(objects), () => {
    const own = objects.filter(({ name }) => !name.startsWith('sqlite_'));
    const byTable = Map.groupBy(objects, ({ table }) => table);
    const hasVirtual = own.some(({ sql }) => sql !== null && isVirtual(sql));
    const shadows = hasVirtual ? db.prepare<[], string>(shadowsQuery).pluck().all() : [];
    const facts = own
      .filter(({ type }) => type === 'table')
      .map(({ name, sql }) => {
        const parts = (byTable.get(name) ?? []).filter(({ type }) => type === 'table' || type === 'index');
        const kind = isVirtual(sql ?? '') ? 'virtual' : shadows.includes(name) ? 'shadow' : 'table';
        return tableFacts(JSON.stringify([kind, parts]), () => readTable(db, name, kind, parts));
      });
    const tables = facts.map(({ table, keys }): Table => ({ ...table, foreignKeys: toForeignKeys(keys, facts) }));
    return { objects: own.toSorted((a, b) => compareTexts(a.type, b.type) || compareTexts(a.name, b.name)), tables };
  });
}

function readTable(db: Database, name: string, kind: Table['kind'], objects: readonly SchemaObject[]): TableFacts {
  const columns = db.prepare<[string], ColumnRow>(columnsQuery).all(name);
  const indexes = db.prepare<[string], IndexRow>(indexesQuery).all(name);
  const sql = objects.find(({ type }) => type === 'table')?.sql ?? '';
  const primaryKey = columns.filter(({ pk }) => pk > 0).sort((a, b) => a.pk - b.pk);
  const text = kind === 'virtual' ? readTableText('') : readTableText(sql);
  const table: Table = {
    name,
    kind,
    strict: text.strict,
    withoutRowid: text.withoutRowid,
    autoincrement: text.autoincrement,
    columns: columns.filter(({ hidden }) => hidden !== 1).map(toColumn),
    primaryKey: primaryKey.map((column) => column.name),
    rowidAlias: text.withoutRowid ? null : rowidAlias(primaryKey, indexes),
    foreignKeys: [],
    indexes: toIndexes(indexes, objects),
    checks: text.checks,
    sql,
  };
  return { table, keys: db.prepare<[string], KeyRow>(keysQuery).all(name) };
}

function isVirtual(sql: string): boolean {
  return /^create\s+virtual\b/i.test(sql);
}

/** A cache that keeps the entries asked for last. */
function createCache<T>(limit: number): (key: string, make: () => T) => T {
  const entries = new Map<string, T>();
  return (key, make) => {
    const entry = entries.get(key) ?? make();
    entries.delete(key);
    entries.set(key, entry);
    const [oldest] = entries.keys();
    if (entries.size > limit && oldest !== undefined) entries.delete(oldest);
    return entry;
  };
}

/** By code units, which no locale changes. */
function compareTexts(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
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
function rowidAlias(key: readonly ColumnRow[], indexes: readonly IndexRow[]): string | null {
  const [column, second] = key;
  if (column === undefined || second !== undefined) return null;
  const indexed = indexes.some(({ origin }) => origin === 'pk');
  return column.type.toUpperCase() === 'INTEGER' && !indexed ? column.name : null;
}

function toForeignKeys(rows: readonly KeyRow[], all: readonly TableFacts[]): ForeignKey[] {
  const keys: ForeignKey[] = [];
  for (const parts of Map.groupBy(rows, ({ id }) => id).values()) {
    const [first] = parts;
    if (first === undefined) continue;
    const implied = all.find(({ table }) => sameName(table.name, first.parent))?.table.primaryKey ?? [];
    keys.push({
      columns: parts.map(({ from }) => from),
      parent: first.parent,
      // `to` is NULL where the declaration leaves the parent's key implied.
      parentColumns: parts.map(({ to }, i) => to ?? implied[i] ?? 'rowid'),
      onDelete: first.on_delete,
      onUpdate: first.on_update,
    });
  }
  return keys;
}

const origins = { c: 'created', u: 'unique', pk: 'primary-key' } as const;

function toIndexes(rows: readonly IndexRow[], objects: readonly SchemaObject[]): Index[] {
  return [...Map.groupBy(rows, ({ name }) => name)].flatMap(([name, parts]) => {
    const [first] = parts;
    if (first === undefined) return [];
    return {
      name,
      unique: first.unique === 1,
      partial: first.partial === 1,
      origin: origins[first.origin],
      columns: parts.map(({ column }) => column),
      sql: objects.find((object) => object.type === 'index' && object.name === name)?.sql ?? null,
    };
  });
}
