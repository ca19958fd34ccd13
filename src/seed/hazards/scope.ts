import type { Migration, Verb } from '../../model/history.ts';
import type { Schema, SchemaObject, Table } from '../../model/schema.ts';
import { firedEvents } from '../../sql/fired-events.ts';
import { foldName, unquote } from '../../sql/quote.ts';
import { significantTokens, type TokenText } from '../../sql/tokens.ts';
import { triggerEvent } from '../../sql/trigger-text.ts';
import type { ReferenceFinder } from '../reading/references.ts';

/** The parts of a schema that a migration may touch. */
export interface StepScope {
  /** The tables that it names, or that views name which it names, or triggers that it fires. */
  readonly tables: readonly Table[];
  /** The parents and children of those. */
  readonly neighbours: readonly Table[];
  /** Whether a column of a table may be read: somebody names it, or takes all columns. */
  readonly reads: (table: Table, column: string) => boolean;
  /** The texts that run when the migration does, or when a row is put into one of those tables. */
  readonly texts: readonly string[];
}

/** The ledger does not belong to a history, and its rows are not the application's. */
const ledger = '_migrations';

/** Statements whose text is kept, and runs once another statement comes to the view or fires the trigger. */
const kept: ReadonlyMap<Verb, SchemaObject['type']> = new Map([
  ['create-view', 'view'],
  ['create-trigger', 'trigger'],
]);

/** Statements that take a view or trigger away, and so read none of what its text names. */
const dropped: ReadonlySet<Verb> = new Set(['drop-view', 'drop-trigger']);

/**
 * Reads from the texts of a migration which parts it may touch, without the tables that it makes: they have no rows
 * before it.
 */
export function readScope(migration: Migration, schema: Schema, references: ReferenceFinder): StepScope {
  const run = migration.statements
    .filter(({ head }) => !kept.has(head.verb) && !dropped.has(head.verb))
    .map(({ sql }) => sql);
  const objects = [...schema.objects, ...objectsMadeBy(migration)];
  const texts = new Map(run.map((sql) => [sql, significantTokens(sql)]));
  const names = new Set([...texts.values()].flatMap(namesIn));
  const fired = firedEvents(schema);
  for (const sql of run) fired.add(sql);
  followObjects(objects, texts, names, ({ table, sql }) => {
    const event = triggerEvent(sql ?? '');
    const runs = event === null || fired.has(table, event);
    if (runs && sql !== null) fired.add(sql);
    return runs;
  });
  const own = schema.tables.filter(({ kind, name }) => kind === 'table' && foldName(name) !== ledger);
  const tables = own.filter(({ name }) => names.has(foldName(name)));
  const takesAll = [...texts.values()].some(takesAllColumns);
  const neighbours = neighboursOf(tables, own, references);
  const whenFilled = new Map(texts);
  const filled = new Set([...names, ...neighbours.map(({ name }) => foldName(name))]);
  followObjects(objects, whenFilled, filled, ({ table }) => filled.has(foldName(table)));
  return {
    tables,
    neighbours,
    reads: (table, column) => takesAll || names.has(foldName(column)) || isComputedFrom(table),
    texts: [...whenFilled.keys()],
  };
}

/** The views and triggers that a migration makes. */
function objectsMadeBy({ statements }: Migration): SchemaObject[] {
  return statements.flatMap(({ head: { verb, target }, sql }): SchemaObject[] => {
    const type = kept.get(verb);
    return type === undefined || target === null ? [] : [{ type, name: target, table: target, sql }];
  });
}

/**
 * Adds the texts of views that are named and of triggers that fire, and of those that they name or fire: a trigger
 * may name a view, which names a table with another trigger.
 */
function followObjects(
  objects: readonly SchemaObject[],
  texts: Map<string, readonly TokenText[]>,
  names: Set<string>,
  fires: (trigger: SchemaObject) => boolean,
): void {
  for (let known = -1; known < texts.size; ) {
    known = texts.size;
    for (const object of objects) {
      const { type, name, sql } = object;
      if (sql === null || texts.has(sql)) continue;
      const isNamed = (type === 'view' || isVirtual(sql)) && names.has(foldName(name));
      if (!isNamed && !(type === 'trigger' && fires(object))) continue;
      const tokens = significantTokens(sql);
      texts.set(sql, tokens);
      for (const found of namesIn(tokens)) names.add(found);
    }
  }
}

function neighboursOf(tables: readonly Table[], all: readonly Table[], references: ReferenceFinder): Table[] {
  const touched = new Set(tables);
  const parentsOf = (table: Table): Table[] => references.ofTable(table).found.map(({ parent }) => parent);
  const parents = new Set(tables.flatMap(parentsOf));
  return all.filter(
    (table) => !touched.has(table) && (parents.has(table) || parentsOf(table).some((parent) => touched.has(parent))),
  );
}

/** A full-text table names the table that it indexes in a string. */
function namesIn(tokens: readonly TokenText[]): string[] {
  return tokens
    .filter(({ kind }) => kind === 'word' || kind === 'name' || kind === 'string')
    .map(({ text }) => foldName(unquote(text)));
}

function isVirtual(sql: string): boolean {
  return /^create\s+virtual\b/i.test(sql);
}

/** Whether a text says `SELECT *` or `t.*`; a star between two values multiplies. */
function takesAllColumns(tokens: readonly TokenText[]): boolean {
  return tokens.some(
    ({ text }, i) => text === '*' && /^(?:SELECT|DISTINCT|ALL|,|\.)$/i.test(tokens[i - 1]?.text ?? ''),
  );
}

/** Who names a generated column reads what it is computed from. */
function isComputedFrom({ columns }: Table): boolean {
  return columns.some(({ generated }) => generated !== 'no');
}
