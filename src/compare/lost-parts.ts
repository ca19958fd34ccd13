import type { Difference, PartLoss } from '../model/comparison.ts';
import type { Migration } from '../model/history.ts';
import type { Index, Schema, SchemaObject } from '../model/schema.ts';
import { type Lineage, survivor } from '../sql/lineage.ts';
import { namesIn } from '../sql/names.ts';
import { foldName, sameName } from '../sql/quote.ts';
import { schemaDelta } from '../sql/schema-delta.ts';
import { objectsOfType, tableNamed } from '../sql/tables.ts';
import { triggerEvent, watchedColumns } from '../sql/trigger-text.ts';
import { lostConstraints } from './lost-constraints.ts';
import { lostParts } from './lost-index-parts.ts';
import { findRebuilds, type RebuiltTable, survives } from './rebuilds.ts';

/**
 * Finds what stood with tables that a migration drops and makes anew, and is not there any more although nothing says so.
 * DROP TABLE takes indexes and triggers along without a word (https://sqlite.org/lang_droptable.html), so that each is
 * told of unless the migration drops it by name, makes another in its place, or takes away what it was about.
 */
export function findLostParts(migration: Migration, lineage: Lineage, before: Schema, after: Schema): Difference[] {
  if (before === after) return [];
  const rebuilds = findRebuilds(migration, lineage, before, after);
  const exists = (name: string): boolean => tableNamed(after, name) !== undefined;
  const isThere = (table: string): boolean => survivor(lineage, table, exists) !== null;
  return [
    ...rebuilds.flatMap((rebuild) => [...lostIndexes(migration, rebuild), ...lostParts(migration, rebuild)]),
    ...lostTriggers(migration, rebuilds, before, after),
    ...rebuilds.flatMap((rebuild) => lostConstraints(migration, rebuild, isThere)),
  ];
}

function lostIndexes(migration: Migration, rebuild: RebuiltTable): PartLoss[] {
  const { was, is, dropped } = rebuild;
  // SQLite lists the newest first.
  return was.indexes
    .toReversed()
    .filter(
      (index) =>
        index.origin === 'created' &&
        !isDropped(migration, 'drop-index', index.name) &&
        !is.indexes.some((now) => sameName(now.name, index.name) || standsInFor(now, index)) &&
        !isKey(is.primaryKey, index) &&
        columnsOf(index, rebuild).every((column) => survives(rebuild, column)),
    )
    .map((index) => ({
      kind: 'lost-index',
      table: is.name,
      name: index.name,
      columns: index.columns.filter((column) => column !== null),
      statement: dropped.index,
    }));
}

/** The columns of an index, those in its expressions and its WHERE among them. */
function columnsOf({ sql }: Index, { was }: RebuiltTable): string[] {
  const names = namesIn(sql ?? '');
  return was.columns.map(({ name }) => name).filter((name) => names.has(foldName(name)));
}

/**
 * Whether an index serves for another: it begins with the same columns, in any order where both are unique. As the table
 * is a new one, so are its indexes: one that is partial now was written so.
 */
function standsInFor(now: Index, index: Index): boolean {
  if (index.columns.includes(null)) return now.columns.includes(null) && sameColumns(now.columns, index.columns);
  if (now.unique && index.unique) return sameColumns(sorted(now.columns), sorted(index.columns));
  return sameColumns(now.columns.slice(0, index.columns.length), index.columns);
}

function isKey(primaryKey: readonly string[], index: Index): boolean {
  if (index.unique) return sameColumns(sorted(primaryKey), sorted(index.columns));
  return sameColumns(primaryKey.slice(0, index.columns.length), index.columns);
}

function sameColumns(a: readonly (string | null)[], b: readonly (string | null)[]): boolean {
  return a.length === b.length && a.every((column, i) => foldName(column ?? '') === foldName(b[i] ?? ''));
}

function sorted(columns: readonly (string | null)[]): string[] {
  return columns.map((column) => foldName(column ?? '')).sort();
}

/** Triggers go with their table, and those of a view with the view. */
function lostTriggers(
  migration: Migration,
  rebuilds: readonly RebuiltTable[],
  before: Schema,
  after: Schema,
): PartLoss[] {
  if (!migration.statements.some(({ head }) => head.verb === 'drop-table' || head.verb === 'drop-view')) return [];
  const { come, gone } = schemaDelta(before, after);
  const [keysOfCome, keysOfGone] = [new Set(come.map(keyOf)), new Set(gone.map(keyOf))];
  const tablesNow = new Set(after.objects.map(({ name }) => foldName(name)));
  const goneTables = gone
    .filter(({ type, name }) => (type === 'table' || type === 'view') && !tablesNow.has(foldName(name)))
    .map(({ name }) => foldName(name));
  return gone.flatMap((trigger): PartLoss[] => {
    if (trigger.type !== 'trigger' || keysOfCome.has(keyOf(trigger))) return [];
    const rebuild = rebuilds.find(({ was }) => sameName(was.name, trigger.table));
    const home = rebuild?.is.name ?? viewOf(after, trigger.table);
    const dropped = rebuild?.dropped ?? dropOfView(migration, trigger.table);
    if (home === undefined || dropped === undefined || isDropped(migration, 'drop-trigger', trigger.name)) return [];
    const event = triggerEvent(trigger.sql ?? '');
    const isReplaced = come.some(
      (object) =>
        object.type === 'trigger' &&
        sameName(object.table, home) &&
        !keysOfGone.has(keyOf(object)) &&
        triggerEvent(object.sql ?? '') === event,
    );
    const names = namesIn(trigger.sql ?? '');
    const watched = watchedColumns(trigger.sql ?? '');
    const isUnwatched =
      rebuild !== undefined && watched.length > 0 && watched.every((column) => !survives(rebuild, column));
    const isAboutGone = isUnwatched || goneTables.some((name) => names.has(name));
    if (isReplaced || isAboutGone) return [];
    return [{ kind: 'lost-trigger', table: home, name: trigger.name, columns: [], statement: dropped.index }];
  });
}

function keyOf({ type, name }: SchemaObject): string {
  return `${type} ${foldName(name)}`;
}

function viewOf(schema: Schema, name: string): string | undefined {
  return objectsOfType(schema, 'view').find((view) => sameName(view.name, name))?.name;
}

function dropOfView({ statements }: Migration, view: string): Migration['statements'][number] | undefined {
  return statements.find(({ head }) => head.verb === 'drop-view' && sameName(head.target ?? '', view));
}

/** Whether the migration says of an index or trigger that it should go. */
function isDropped({ statements }: Migration, verb: 'drop-index' | 'drop-trigger', name: string): boolean {
  return statements.some(({ head }) => head.verb === verb && sameName(head.target ?? '', name));
}
