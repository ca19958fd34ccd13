import type { Database } from '../database/connection.ts';
import { countRenumbered } from '../database/renumbered.ts';
import type { Snapshot } from '../database/snapshot.ts';
import { countOtherAnswers } from '../database/view-answers.ts';
import type { TableChange } from '../model/change.ts';
import type { Migration } from '../model/history.ts';
import type { State, ViewAnswer } from '../model/outcome.ts';
import type { SchemaObject, Table } from '../model/schema.ts';
import type { Flow } from '../sql/flow.ts';
import { readsHiddenRowids } from '../sql/hidden-rowids.ts';
import { readLineage } from '../sql/lineage.ts';
import { namesIn } from '../sql/names.ts';
import { foldName, onOneLine, sameName } from '../sql/quote.ts';
import { schemaDelta } from '../sql/schema-delta.ts';
import { objectsOfType, tableNamed, viewsByName } from '../sql/tables.ts';
import { isVolatile } from '../sql/volatile.ts';

/** A view is asked only over so few views and rows below it: some take as long as the product of their tables. */
const limits = { views: 3, rows: 5_000 };

/**
 * The views with the text of before that give other rows than before, although no statement changes a row below them and
 * each is what it was. They are asked only where the definition of a table below them has changed, or where they read hidden
 * rowids and rows have others.
 */
export function findOtherAnswers(
  db: Database,
  snapshot: Snapshot,
  migration: Migration,
  flow: Flow,
  changes: readonly TableChange[],
  before: State,
  after: State,
): ViewAnswer[] {
  const views = objectsOfType(after.schema, 'view');
  if (views.length === 0 || !mayAnswerOtherwise(flow, before, after)) return [];
  const hadViews = viewsByName(before.schema);
  const kept = views.filter((view) => {
    const had = hadViews.get(foldName(view.name));
    return had === view || (had !== undefined && isSameText(had, view));
  });
  const asked = kept.flatMap((view) => {
    const below = tablesBelow(view, after);
    if (below === null || !below.tables.every((table) => isKept(table, migration, flow, before))) return [];
    if (below.tables.some((table) => isChanged(table, changes))) return [];
    if (sum(below.tables.map(({ name }) => after.rows.get(name) ?? 0)) > limits.rows) return [];
    const pairs = below.tables.flatMap((now) => {
      const was = tableNamed(before.schema, now.name);
      return was === undefined ? [] : [{ was, now }];
    });
    const others = pairs.filter(
      ({ was }) => mayRenumber(was.name, flow) && below.texts.some((text) => readsHiddenRowids(text, was)),
    );
    const isOther = pairs.some(({ was, now }) => was.sql !== now.sql);
    return isOther || others.length > 0 ? [{ view, pairs, others }] : [];
  });
  if (asked.length === 0) return [];
  return snapshot.attach(db, (schema) =>
    asked.flatMap(({ view: { name }, pairs, others }): ViewAnswer[] => {
      const renumbered = others
        .filter(({ was, now }) => countRenumbered(db, schema, was, now) > 0)
        .map(({ now }) => now.name);
      const counted = countOtherAnswers(db, schema, name, renumbered.length > 0);
      if (counted === null || counted.rows === 0) return [];
      const [first] = renumbered;
      const statement = first === undefined ? null : renumberedBy(first, migration);
      return [{ view: name, tables: pairs.map(({ now }) => now.name), ...counted, renumbered, statement }];
    }),
  );
}

/** Whether a table has another definition than before, or its rows other hidden rowids. */
function mayAnswerOtherwise(flow: Flow, before: State, after: State): boolean {
  const { tables } = schemaDelta(before.schema, after.schema);
  const isOther = tables.some(({ name, sql }) => (tableNamed(before.schema, name)?.sql ?? sql) !== sql);
  return isOther || flow.renumbered || flow.tables.some(({ before: was }) => was === null);
}

/** Whether rows of a table may have other hidden rowids: it was made anew, or VACUUM went over it. */
function mayRenumber(table: string, flow: Flow): boolean {
  return flow.renumbered || flow.becomes(table)?.before === null;
}

/** The last statement that copies rows into the table, or VACUUM. */
function renumberedBy(table: string, migration: Migration): number | null {
  const copy = readLineage(migration)
    .writers(table)
    .findLast(({ head }) => head.sources.length > 0);
  const vacuum = migration.statements.findLast(({ sql }) => /^vacuum\b/i.test(sql));
  return (copy ?? vacuum)?.index ?? null;
}

function isSameText(a: SchemaObject, b: SchemaObject): boolean {
  return a.sql === b.sql || onOneLine(a.sql ?? '') === onOneLine(b.sql ?? '');
}

interface Below {
  readonly tables: readonly Table[];
  readonly texts: readonly string[];
}

/** The tables below a view, with the texts of all views on the way; null where it has too many views below it, is recursive, or depends on the clock or on chance. */
function tablesBelow(view: SchemaObject, { schema }: State): Below | null {
  const views = [view];
  const all = viewsByName(schema);
  // The list grows while it is gone through.
  for (const { sql } of views) {
    const names = namesIn(sql ?? '');
    if (names.has('recursive') || isVolatile(sql ?? '') || views.length > limits.views) return null;
    for (const name of names) {
      const named = all.get(name);
      if (named !== undefined && !views.includes(named)) views.push(named);
    }
  }
  const named = new Set(views.flatMap(({ sql }) => [...namesIn(sql ?? '')]));
  const tables = [...named].flatMap((name) => tableNamed(schema, name) ?? []);
  return { tables, texts: views.map(({ sql }) => sql ?? '') };
}

/** Whether a table was there before, and no statement writes its rows but a copy of them, column by column. */
function isKept({ name, kind, columns }: Table, migration: Migration, flow: Flow, before: State): boolean {
  const was = tableNamed(before.schema, name);
  const end = flow.becomes(name);
  if (kind !== 'table' || was === undefined || end === null) return false;
  const isMade = end.before === null;
  const isWritten = readLineage(migration)
    .writers(name)
    .some(({ head }) => {
      if (head.verb === 'update' || head.verb === 'delete' || head.verb === 'replace') return true;
      return head.verb === 'insert' && !(isMade && head.sources.length > 0);
    });
  const isCarried = (column: string): boolean =>
    (end.feeds.get(foldName(column)) ?? []).every((feed) => feed.kind === 'column' && sameName(feed.column, column));
  return !isWritten && was.columns.every((had) => !hasColumn(columns, had.name) || isCarried(had.name));
}

function hasColumn(columns: Table['columns'], column: string): boolean {
  return columns.some(({ name }) => sameName(name, column));
}

/** Whether rows of a table have changed in more than their hidden rowids, of which views are asked. */
function isChanged({ name, columns: all }: Table, changes: readonly TableChange[]): boolean {
  return changes.some(({ table, now, lost, duplicated, columns }) => {
    const isHidden = columns.length > 0 && columns.every(({ column }) => !hasColumn(all, column));
    return (sameName(table, name) || sameName(now ?? '', name)) && (lost > 0 || duplicated > 0 || !isHidden);
  });
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
