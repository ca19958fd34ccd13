import type { BrokenObject } from '../model/outcome.ts';
import type { Schema, SchemaObject, Table } from '../model/schema.ts';
import { commonTablesIn } from '../sql/common-tables.ts';
import { namesIn } from '../sql/names.ts';
import { foldName } from '../sql/quote.ts';
import { tableNamed } from '../sql/tables.ts';
import { brokenKeys, brokenTable, brokenTriggers, brokenView, isSound, withKeys } from './compile.ts';
import type { Database } from './connection.ts';
import { perFamily } from './family.ts';
import { compareObjects } from './introspect.ts';

/** The results of a family of connections about the schemas that it met. */
interface Verdicts {
  readonly of: WeakMap<Schema, readonly BrokenObject[]>;
  /** The schema that was asked about last: the next one differs from it in little. */
  last: Schema | null;
}

const verdictsOf = perFamily((): Verdicts => ({ of: new WeakMap(), last: null }));

/**
 * Finds what of a schema does not compile: views, triggers, tables (generated columns, CHECK, expressions of indexes) and
 * foreign keys, whether they are enforced or not. A schema is asked about once, and of one that is much like the one
 * before, only what changed and what names something that changed.
 * @param db a database with that schema; it is as before afterwards.
 */
export function findBroken(db: Database, schema: Schema): readonly BrokenObject[] {
  const verdicts = verdictsOf(db);
  const { last } = verdicts;
  verdicts.last = schema;
  const known = verdicts.of.get(schema);
  if (known !== undefined) return known;
  const touched = last === null ? null : touchedNames(last, schema);
  const stay = last === null ? [] : (verdicts.of.get(last) ?? []);
  const isTouched = (name: string): boolean => touched === null || touched.has(foldName(name));
  const named = touched === null ? null : new Set([...touched].map((name) => tableNamed(schema, name)));
  const views = schema.objects.filter(({ type, name }) => type === 'view' && isTouched(name));
  const tables = schema.tables.filter((table) => table.kind === 'table' && (named === null || named.has(table)));
  const unsound = withKeys(db, true, () => tables.filter((table) => !isSound(db, schema, table)));
  const found = [
    ...views.flatMap(({ name }) => [...brokenView(db, name), ...brokenTriggers(db, schema, name)]),
    ...unsound.flatMap((table) => brokenParts(db, schema, table)),
  ];
  const verdict = [
    ...stay.filter(({ table }) => !isTouched(table)),
    ...found.filter(({ message }) => !missesCommonTable(message, schema)),
  ];
  verdicts.of.set(schema, verdict);
  return verdict;
}

/** The reason why a table cannot be written. */
function brokenParts(db: Database, schema: Schema, table: Table): BrokenObject[] {
  const own = brokenTable(db, schema, table.name);
  const parts = own.length > 0 ? own : brokenKeys(db, schema, table);
  return [...parts, ...brokenTriggers(db, schema, table.name)];
}

/**
 * Whether SQLite misses a common table expression of a view rather than a table. 3.54.1 loses one in nested views; that
 * is a fault of SQLite.
 */
function missesCommonTable(message: string, { objects }: Schema): boolean {
  const name = /^no such table: (?:main\.)?(.*)$/s.exec(message)?.[1];
  if (name === undefined) return false;
  return objects.some(({ type, sql }) => type === 'view' && commonTablesIn(sql ?? '').has(foldName(name)));
}

/**
 * The names of tables and views that may compile in only one of the schemas: changed ones, and those that name a
 * changed one in a view, a trigger or a foreign key. The objects in a view or a trigger are followed further; a foreign
 * key needs only its parent. Names are folded.
 */
function touchedNames(before: Schema, after: Schema): ReadonlySet<string> {
  const changed = new Set(
    changedObjects(before, after).flatMap(({ name, table }) => [foldName(name), foldName(table)]),
  );
  const touched = new Set(changed);
  for (let size = -1; size < changed.size; ) {
    size = changed.size;
    const known = [...changed];
    for (const { type, table, sql } of after.objects) {
      if (sql === null || type === 'index') continue;
      const names = namesIn(sql);
      if (!known.some((each) => names.has(each))) continue;
      const name = foldName(table);
      if (changed.has(name)) continue;
      touched.add(name);
      if (type !== 'table') changed.add(name);
    }
  }
  return touched;
}

/** The objects that differ between both, including those of only one. */
function changedObjects(before: Schema, after: Schema): SchemaObject[] {
  const changed: SchemaObject[] = [];
  let at = 0;
  // Both are sorted.
  for (const object of after.objects) {
    let old = before.objects[at];
    for (; old !== undefined && old !== object && compareObjects(old, object) < 0; old = before.objects[at]) {
      changed.push(old);
      at += 1;
    }
    const isThere = old !== undefined && (old === object || compareObjects(old, object) === 0);
    if (isThere) at += 1;
    if (old === object) continue;
    if (!isThere || old?.sql !== object.sql || old.table !== object.table) changed.push(object);
    if (isThere && old !== undefined && old.table !== object.table) changed.push(old);
  }
  return [...changed, ...before.objects.slice(at)];
}
