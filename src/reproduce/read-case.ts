import { type Database, engineError } from '../database/connection.ts';
import { readSchema } from '../database/introspect.ts';
import { readRows } from '../database/reading.ts';
import type { SqlValue } from '../model/connection.ts';
import type { Fault } from '../model/fault.ts';
import type { Statement } from '../model/history.ts';
import type { ForeignKey, Schema, SchemaObject, Table } from '../model/schema.ts';
import { type Case, type CaseRow, type SchemaPart, sequenceTable, withRows } from '../shrink/case.ts';
import { literal } from '../sql/bound.ts';
import { foldName, quoteName, sameName } from '../sql/quote.ts';
import { tableNamed } from '../sql/tables.ts';
import { keyText, rowsOf } from './case-rows.ts';
import { hasOwnContent, isSearchIndex } from './virtual.ts';

/** How many rows of a table are read besides those at fault. */
const sampleSize = 200;

/** How many rows of all tables together are read. */
const wholeSize = 20_000;

/** How many of the rows at fault are read. */
const faultSize = 4;

/** Databases that may show a finding, the smaller ones first. */
export interface Readings {
  /** The rows at fault with their parents; null where they are not known. */
  readonly atFault: Case | null;
  readonly whole: Case;
}

/**
 * Reads the database before a step: its schema, folded from all migrations before, and its rows. Of large tables only the
 * first rows are read, and those at fault.
 * @param faults the rows that a finding is about.
 * @param made the objects that the migrations make, as `objectKey` names them; null where all are.
 */
export function readCase(
  db: Database,
  statements: readonly Statement[],
  faults: readonly Fault[],
  made: ReadonlySet<string> | null,
): Readings {
  const schema = readSchema(db);
  const parts = partsOf(db, schema, made);
  const tables = schema.tables.filter(
    ({ kind, sql }) => kind === 'table' || (kind === 'virtual' && hasOwnContent(sql)),
  );
  const isLarge = tables.reduce((sum, table) => sum + countIn(db, table), 0) > wholeSize;
  const guilty = faults.flatMap((fault) => keysAtFault(db, tableNamed(schema, fault.table), fault));
  const rows: CaseRow[] = [];
  for (const table of tables) {
    const own = guilty.filter((each) => each.table === table);
    for (const values of rowsOf(
      db,
      table,
      isLarge ? sampleSize : wholeSize,
      own.map(({ condition }) => condition),
    ))
      rows.push({ id: rows.length, table: table.name, values, parents: [] });
  }
  const linked = linkParents(isLarge ? withParents(db, rows, schema) : rows, schema);
  for (const values of sequencesIn(db, schema))
    linked.push({ id: linked.length, table: sequenceTable, values, parents: [] });
  const whole: Case = { schema: parts, rows: linked, statements };
  const faulty = linked.filter(({ table, values }) =>
    guilty.some(
      (each) => each.table.name === table && each.columns.every((name, i) => same(values.get(name), each.key[i])),
    ),
  );
  return { atFault: faulty.length > 0 && faulty.length < linked.length ? withRows(whole, faulty) : null, whole };
}

/** The objects that a text makes, each with the tables that it does not go without: tables before what stands on them. */
function partsOf(db: Database, schema: Schema, made: ReadonlySet<string> | null): SchemaPart[] {
  const known = new Set(schema.objects);
  const shadows = new Set(schema.tables.filter(({ kind }) => kind === 'shadow').map(({ name }) => name));
  const order = db
    .prepare<[], { type: SchemaObject['type']; name: string }>(
      'SELECT type, name FROM main.sqlite_schema ORDER BY rowid',
    )
    .all();
  const objects = order.flatMap(({ type, name }) => {
    const object = [...known].find((each) => each.type === type && each.name === name);
    return object === undefined || object.sql === null || shadows.has(object.table)
      ? []
      : [{ ...object, sql: object.sql }];
  });
  const kinds: readonly SchemaObject['type'][] = ['table', 'index', 'view', 'trigger'];
  return kinds.flatMap((kind) =>
    objects
      .filter(({ type }) => type === kind)
      .map((object) => ({
        ...object,
        needs: needsOf(object, tableNamed(schema, object.name)),
        isOutside: made !== null && !made.has(objectKey(object)),
        filledBy: isSearchIndex(object.sql) && isInStep(db, object.name) ? fillText(object.name) : null,
      })),
  );
}

/** The identity of an object of a schema. */
export function objectKey({ type, name }: Pick<SchemaObject, 'type' | 'name'>): string {
  return `${type} ${foldName(name)}`;
}

function fillText(name: string): string {
  return `INSERT INTO ${quoteName(name)} (${quoteName(name)}) VALUES ('rebuild')`;
}

/** Whether a search index holds what its content does: https://sqlite.org/fts5.html#the_integrity_check_command */
function isInStep(db: Database, name: string): boolean {
  const check = `INSERT INTO ${quoteName(name)} (${quoteName(name)}, rank) VALUES ('integrity-check', 1)`;
  try {
    db.exec(check);
    return true;
  } catch (error) {
    if (engineError(error) === null) throw error;
    return false;
  }
}

function needsOf({ type, name, table }: SchemaObject, own: Table | undefined): string[] {
  if (type === 'view') return [];
  if (type !== 'table') return [foldName(table)];
  return (own?.foreignKeys ?? []).flatMap(({ parent }) => (sameName(parent, name) ? [] : [foldName(parent)]));
}

function countIn(db: Database, { name }: Table): number {
  const read = readRows(db, () =>
    db
      .prepare<[], number>(`SELECT count(*) FROM main.${quoteName(name)}`)
      .pluck()
      .get(),
  );
  return 'value' in read ? (read.value ?? 0) : 0;
}

interface Guilty {
  readonly table: Table;
  readonly columns: readonly string[];
  readonly key: readonly SqlValue[];
  readonly condition: string;
}

/** The first rows at fault by their keys, as the finding's own SELECT lists them. */
function keysAtFault(db: Database, table: Table | undefined, { query }: Fault): Guilty[] {
  if (table === undefined || query === null || table.primaryKey.length === 0) return [];
  const columns = table.primaryKey;
  const read = readRows(db, () =>
    db.prepare<[], SqlValue[]>(`SELECT * FROM (${query}) LIMIT ${faultSize}`).raw().safeIntegers().all(),
  );
  const rows = 'value' in read ? read.value : [];
  if (rows.some((row) => row.length !== columns.length)) return [];
  return rows.map((key) => ({
    table,
    columns,
    key,
    condition: columns.map((name, i) => `${quoteName(name)} IS ${literal(key[i] ?? null)}`).join(' AND '),
  }));
}

/** The rows with those that they refer to by declared keys, and the ones that these refer to, where they were not read. */
function withParents(db: Database, rows: readonly CaseRow[], schema: Schema): readonly CaseRow[] {
  const all = [...rows];
  const known = new Map<string, Set<string>>();
  const isNew = (table: Table, columns: readonly string[], key: string): boolean => {
    const name = JSON.stringify([table.name, columns]);
    const seen =
      known.get(name) ??
      new Set(all.filter((row) => row.table === table.name).flatMap(({ values }) => keyText(values, columns) ?? []));
    known.set(name, seen);
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  };
  // The list grows while it is read.
  for (const row of all) {
    const own = tableNamed(schema, row.table);
    for (const foreignKey of own?.foreignKeys ?? []) {
      const parent = tableNamed(schema, foreignKey.parent);
      const values = ownNames(own, foreignKey.columns).map((name) => row.values.get(name) ?? null);
      if (parent === undefined || parent.kind !== 'table' || values.includes(null)) continue;
      const columns = ownNames(parent, foreignKey.parentColumns);
      if (!isNew(parent, columns, JSON.stringify(values.map(String)))) continue;
      const condition = columns.map((name, i) => `${quoteName(name)} IS ${literal(values[i] ?? null)}`).join(' AND ');
      for (const found of rowsOf(db, parent, 0, [condition]))
        all.push({ id: all.length, table: parent.name, values: found, parents: [] });
    }
  }
  return all;
}

/** Columns by the names that the table has for them. */
function ownNames(table: Table | undefined, names: readonly string[]): readonly string[] {
  return names.map((name) => table?.columns.find((column) => sameName(column.name, name))?.name ?? name);
}

/** Tells each row the rows that its declared keys refer to. */
function linkParents(rows: readonly CaseRow[], schema: Schema): CaseRow[] {
  const byTable = Map.groupBy(rows, ({ table }) => foldName(table));
  const indexes = new Map<string, ReadonlyMap<string, number>>();
  const indexOf = ({ parent, parentColumns }: ForeignKey): ReadonlyMap<string, number> => {
    const name = JSON.stringify([foldName(parent), parentColumns.map(foldName)]);
    const known = indexes.get(name);
    if (known !== undefined) return known;
    const columns = ownNames(tableNamed(schema, parent), parentColumns);
    const index = new Map<string, number>();
    for (const { id, values } of byTable.get(foldName(parent)) ?? []) {
      const key = keyText(values, columns);
      if (key !== null && !index.has(key)) index.set(key, id);
    }
    indexes.set(name, index);
    return index;
  };
  return rows.map((row) => {
    const own = tableNamed(schema, row.table);
    const parents = (own?.foreignKeys ?? []).flatMap((key) => {
      const text = keyText(row.values, ownNames(own, key.columns));
      return text === null ? [] : (indexOf(key).get(text) ?? []);
    });
    return { ...row, parents: [...new Set(parents)].filter((id) => id !== row.id) };
  });
}

/** The numbers of AUTOINCREMENT that the rows themselves do not give. */
function sequencesIn(db: Database, schema: Schema): ReadonlyMap<string, SqlValue>[] {
  const counted = schema.tables.filter(({ autoincrement }) => autoincrement);
  return counted.flatMap(({ name, rowidAlias }) => {
    const seq = db
      .prepare<[string], bigint>('SELECT seq FROM main.sqlite_sequence WHERE name = ?')
      .pluck()
      .safeIntegers()
      .get(name);
    const largest = db
      .prepare<[], bigint | null>(`SELECT max(${quoteName(rowidAlias ?? 'rowid')}) FROM main.${quoteName(name)}`)
      .pluck()
      .safeIntegers()
      .get();
    if (seq === undefined || seq === largest) return [];
    return [
      new Map<string, SqlValue>([
        ['name', name],
        ['seq', seq],
      ]),
    ];
  });
}

function same(a: SqlValue | undefined, b: SqlValue | undefined): boolean {
  if (a instanceof Uint8Array && b instanceof Uint8Array) return Buffer.compare(a, b) === 0;
  return a === b;
}
