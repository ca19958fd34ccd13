import type { BrokenObject } from '../model/outcome.ts';
import type { Schema, Table } from '../model/schema.ts';
import { commonTablesIn } from '../sql/common-tables.ts';
import { type Mentions, startMentions } from '../sql/mentions.ts';
import { foldName } from '../sql/quote.ts';
import { schemaDelta } from '../sql/schema-delta.ts';
import { objectsOfType, tablesNamed } from '../sql/tables.ts';
import { brokenKeys, brokenTable, brokenTriggers, brokenView, isSound, withKeys } from './compile.ts';
import type { Database } from './connection.ts';
import { perFamily } from './family.ts';

/** The results of a family of connections about the schemas that it met. */
interface Verdicts {
  readonly of: WeakMap<Schema, readonly BrokenObject[]>;
  /** The schema that was asked about last: the next one differs from it in little. */
  last: Schema | null;
  readonly mentions: Mentions;
}

const verdictsOf = perFamily((): Verdicts => ({ of: new WeakMap(), last: null, mentions: startMentions() }));

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
  const touched = last === null ? null : touchedNames(verdicts.mentions, last, schema);
  const stay = last === null ? [] : (verdicts.of.get(last) ?? []);
  const isTouched = (name: string): boolean => touched === null || touched.has(foldName(name));
  const views = objectsOfType(schema, 'view').filter(({ name }) => isTouched(name));
  const asked = touched === null ? schema.tables : tablesNamed(schema, touched);
  const tables = asked.filter(({ kind }) => kind === 'table');
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
function missesCommonTable(message: string, schema: Schema): boolean {
  const name = /^no such table: (?:main\.)?(.*)$/s.exec(message)?.[1];
  if (name === undefined) return false;
  return objectsOfType(schema, 'view').some(({ sql }) => commonTablesIn(sql ?? '').has(foldName(name)));
}

/**
 * The names of tables and views that may compile in only one of the schemas: changed ones, and those that name a
 * changed one in a view, a trigger or a foreign key. The objects in a view or a trigger are followed further; a foreign
 * key needs only its parent. A trigger matters to those that write its table, and not to the views that read it. Names
 * are folded.
 */
function touchedNames(mentions: Mentions, before: Schema, after: Schema): ReadonlySet<string> {
  const { come, gone } = schemaDelta(before, after);
  const touched = new Set<string>();
  const read = new Set<string>();
  const written = new Set<string>();
  for (const { type, name, table } of [...come, ...gone]) {
    if (type !== 'trigger') read.add(foldName(name)).add(foldName(table));
    else written.add(foldName(name)).add(foldName(table));
  }
  const mentioning = mentions.in(after);
  const follow = (each: string, isRead: boolean): void => {
    touched.add(each);
    for (const { type, table } of mentioning(each)) {
      const name = foldName(table);
      if (type === 'view' && isRead) read.add(name);
      if (type === 'trigger') written.add(name);
      if (type === 'table') touched.add(name);
    }
  };
  // Names that join meanwhile are followed as well.
  for (const each of read) follow(each, true);
  for (const each of written) if (!read.has(each)) follow(each, false);
  return touched;
}
