import type { Column, Index, Schema, SchemaObject, Table } from '../model/schema.ts';
import { compareObjects } from '../sql/object-order.ts';
import { foldName, sameName } from '../sql/quote.ts';
import { growDelta } from '../sql/schema-delta.ts';
import { readTableText } from '../sql/table-text.ts';
import { growLookup, tableNamed } from '../sql/tables.ts';
import type { Database } from './connection.ts';
import { toolTablesOf } from './family.ts';
import {
  impliesKeys,
  type KeyRow,
  type KnownTable,
  memoryOf,
  recall,
  recallFacts,
  recallGrown,
  remember,
  rememberGrown,
  resolveTable,
  type SchemaMemory,
  type SchemaReading,
} from './schema-memory.ts';

interface ColumnRow {
  name: string;
  type: string;
  notnull: number;
  dflt_value: string | null;
  pk: number;
  hidden: number;
}

interface IndexRow {
  name: string;
  unique: number;
  partial: number;
  origin: 'c' | 'u' | 'pk';
  column: string | null;
  coll: string;
}

const objectsQuery = 'SELECT type, name, tbl_name AS "table", sql FROM sqlite_schema WHERE rowid > ? ORDER BY rowid';
// Asked only where there are virtual tables: for each answer it works out the columns of every view.
const shadowsQuery = "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'shadow'";
const columnsQuery = `SELECT name, type, "notnull", dflt_value, pk, hidden FROM pragma_table_xinfo(?, 'main') ORDER BY cid`;
const keysQuery = `SELECT id, "from", "table" AS parent, "to", on_delete, on_update
  FROM pragma_foreign_key_list(?, 'main') ORDER BY id, seq`;
const indexesQuery = `SELECT i.name, i."unique", i.partial, i.origin, x.name AS "column", x.coll
  FROM pragma_index_list(?, 'main') i, pragma_index_xinfo(i.name, 'main') x WHERE x.key = 1 ORDER BY i.seq, x.seqno`;

/** The number of the newest object of `main`; those that are made later have higher ones. 0 where there is none. */
export function newestObject(db: Database): number {
  return db.prepare<[], number>('SELECT ifnull(max(rowid), 0) FROM main.sqlite_schema').pluck().get() ?? 0;
}

/**
 * Reads the schema of `main`: every object as SQLite keeps it, and every table with what a row of it must satisfy.
 * Tables of SQLite itself (`sqlite_…`) are left out, and those that a tool keeps for itself. Equal schemas are the same object as long as they are recent, and
 * so are equal tables: a migration changes few, and the baseline and the candidates go through the same schemas.
 */
export function readSchema(db: Database): Schema {
  const memory = memoryOf(db);
  const objects = readObjects(db, 0);
  return recall(memory, objects) ?? remember(memory, readAll(db, memory, objects));
}

/**
 * Reads the schema of a database that had the schema `before`, and to which objects were added alone since.
 * @param newest what `newestObject` said then.
 */
export function readGrownSchema(db: Database, before: Schema, newest: number): Schema {
  const added = readObjects(db, newest);
  if (added.length === 0) return before;
  const memory = memoryOf(db);
  const reading = memory.readings.get(before);
  // Shadow tables are known only once all tables are.
  if (reading === undefined || reading.hasVirtual || added.some(isVirtual)) return readSchema(db);
  const known = recallGrown(memory, before, added);
  if (known !== null) return known;
  return rememberGrown(memory, before, added, grow(db, memory, reading, added));
}

/** The objects that are newer than one. Objects of a tool's own tables do not belong to the history. */
function readObjects(db: Database, newest: number): SchemaObject[] {
  const objects = db.prepare<[number], SchemaObject>(objectsQuery).all(newest);
  const own = toolTablesOf(db);
  return own.length === 0 ? objects : objects.filter(({ table }) => !own.some((name) => sameName(name, table)));
}

function readAll(db: Database, memory: SchemaMemory, objects: readonly SchemaObject[]): SchemaReading {
  const byTable = Map.groupBy(objects.filter(isPartOfTable), ({ table }) => table);
  const shadows = new Set(objects.some(isVirtual) ? db.prepare<[], string>(shadowsQuery).pluck().all() : []);
  const known = recallFacts(memory);
  const facts = objects.filter(isOwnTable).map((object) => {
    const parts = byTable.get(object.name) ?? [];
    const kind = isVirtual(object) ? 'virtual' : shadows.has(object.name) ? 'shadow' : 'table';
    return known(kind, parts) ?? readTable(db, object.name, kind, parts);
  });
  return toReading(memory, objects, facts, objects.filter(isOwn).toSorted(compareObjects), null);
}

/** Adds objects to what was read: new tables, and what belongs to tables that were there. */
function grow(
  db: Database,
  memory: SchemaMemory,
  reading: SchemaReading,
  added: readonly SchemaObject[],
): SchemaReading {
  const byTable = Map.groupBy(added.filter(isPartOfTable), ({ table }) => table);
  const isSame = [...byTable.keys()].every((name) => tableNamed(reading.schema, name) === undefined);
  const facts = isSame
    ? reading.facts
    : reading.facts.map((known) => {
        const parts = byTable.get(known.table.name);
        return parts === undefined ? known : readTable(db, known.table.name, known.kind, [...known.objects, ...parts]);
      });
  const made = added.filter(isOwnTable).map(({ name }) => readTable(db, name, 'table', byTable.get(name) ?? []));
  const own = [...reading.schema.objects];
  const ownAdded = added.filter(isOwn);
  for (const object of ownAdded) own.splice(placeOf(object, own), 0, object);
  const grown = toReading(memory, [...reading.objects, ...added], [...facts, ...made], own, reading);
  growLookup(reading.schema, grown.schema, ownAdded);
  growDelta(reading.schema, grown.schema, ownAdded);
  return grown;
}

function toReading(
  memory: SchemaMemory,
  objects: readonly SchemaObject[],
  facts: readonly KnownTable[],
  own: readonly SchemaObject[],
  before: SchemaReading | null,
): SchemaReading {
  let keys: ReadonlyMap<string, readonly string[]> | null = null;
  const primaryKeyOf = (table: string): readonly string[] => {
    keys ??= new Map(facts.map((each) => [foldName(each.table.name), each.table.primaryKey]));
    return keys.get(foldName(table)) ?? [];
  };
  const tables = facts.map((each, i) => {
    const known = before?.facts[i] === each && !impliesKeys(each) ? before.schema.tables[i] : undefined;
    return known ?? resolveTable(memory, each, primaryKeyOf);
  });
  return { schema: { objects: own, tables }, objects, facts, hasVirtual: before === null && objects.some(isVirtual) };
}

function isOwn({ name }: SchemaObject): boolean {
  return !name.startsWith('sqlite_');
}

function isOwnTable(object: SchemaObject): boolean {
  return object.type === 'table' && isOwn(object);
}

function isPartOfTable({ type }: SchemaObject): boolean {
  return type === 'table' || type === 'index';
}

function isVirtual({ sql }: SchemaObject): boolean {
  return sql !== null && /^create\s+virtual\b/i.test(sql);
}

/** The place of an object among sorted ones. */
function placeOf(object: SchemaObject, sorted: readonly SchemaObject[]): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const other = sorted[middle];
    if (other !== undefined && compareObjects(other, object) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}

function readTable(db: Database, name: string, kind: Table['kind'], objects: readonly SchemaObject[]): KnownTable {
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
  return { kind, objects, table, keys: db.prepare<[string], KeyRow>(keysQuery).all(name) };
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
      collations: parts.map(({ coll }) => foldName(coll)),
      sql: objects.find((object) => object.type === 'index' && object.name === name)?.sql ?? null,
    };
  });
}
