import type { Statement } from '../model/history.ts';
import type { Schema } from '../model/schema.ts';
import { readUpdate } from '../sql/assignments.ts';
import { partsOfCompound } from '../sql/compound.ts';
import { foldName, quoteName } from '../sql/quote.ts';
import { readItems } from '../sql/result-columns.ts';
import { readCondition, textOf } from '../sql/select-parts.ts';
import { asOperand } from '../sql/substitute.ts';
import { readWords } from '../sql/words.ts';
import { readWriteText, renamedColumn } from '../sql/write-text.ts';
import { express, type Filled, narrowed, plainView, selectView, type View, type Views, withColumns } from './view.ts';

/** The columns that SQLite reports for an INSERT or a CREATE TABLE … AS just before it runs. */
export interface Insertion {
  readonly filled: Filled;
  /** The names of the columns that its query reads as they are; null for expressions. */
  readonly names: readonly (string | null)[];
}

/** Each parent of a cascade asks for them. */
const plain = new WeakMap<Schema, ReadonlyMap<string, View>>();

/** All tables of a schema as they are. */
export function plainViews(schema: Schema): Views {
  const tables = schema.tables.filter(({ kind }) => kind === 'table');
  const known = plain.get(schema) ?? new Map(tables.map((table) => [foldName(table.name), plainView(table)]));
  plain.set(schema, known);
  return new Map(known);
}

/** The values that a statement writes, row by row; null where they are unknown. */
export function written(
  { head, sql }: Pick<Statement, 'head' | 'sql'>,
  views: Views,
  insertion: Insertion | undefined,
): View | null {
  const target = views.get(foldName(head.target ?? ''));
  switch (head.verb) {
    case 'insert':
    case 'replace':
    case 'create-table': {
      const { query } = readWriteText(sql);
      if (query === null || insertion === undefined) return null;
      return selectView(query, insertion.filled, insertion.names, views);
    }
    case 'update': {
      const rows = target === undefined || readsOthers(sql) ? null : narrowed(target, readCondition(sql));
      return rows === null || target === undefined ? null : withColumns(rows, assigned(target, sql));
    }
    case 'add-column':
      return target === undefined || head.column === null ? null : withAdded(target, head.column, sql);
    default:
      return target ?? null;
  }
}

/** The values that a statement writes, for each part of a compound SELECT that it copies; empty where one of them is unknown. */
export function writtenParts(
  statement: Pick<Statement, 'head' | 'sql'>,
  views: Views,
  insertion: Insertion | undefined,
): readonly View[] {
  const { query } = readWriteText(statement.sql);
  const parts = query === null || insertion === undefined ? [] : partsOfCompound(query);
  if (insertion === undefined || parts.length < 2) return [written(statement, views, insertion) ?? []].flat();
  // The names of the first part are SQLite's answer, and the others may have a star of their own.
  if (parts.some((part, i) => i > 0 && readItems(part).some(({ words }) => words.at(-1)?.text === '*'))) return [];
  const said = parts.map((part) => selectView(part, insertion.filled, insertion.names, views));
  const known = said.filter((view) => view !== null);
  return known.length < said.length ? [] : known;
}

/** Whether an UPDATE has a FROM, so that its expressions may be about other tables. */
function readsOthers(update: string): boolean {
  return readWords(update).some(({ key, depth }) => depth === 0 && key === 'FROM');
}

function assigned(view: View, sql: string): Map<string, string | null> {
  const said = readUpdate(sql).assignments.map(({ column, text }): [string, string | null] => {
    const by = text === null ? null : express(view, text);
    return [foldName(column), by === null ? null : asOperand(by)];
  });
  return new Map(said);
}

/** The rows of the table of an UPDATE after it, with the untouched ones; null where they are unknown. */
export function updated({ head, sql }: Pick<Statement, 'head' | 'sql'>, views: Views): View | null {
  const view = views.get(foldName(head.target ?? ''));
  if (view === undefined || readsOthers(sql)) return null;
  const where = readCondition(sql);
  const condition = where === null ? null : express(view, where);
  if (where !== null && condition === null) return null;
  const changes = new Map<string, string | null>();
  for (const [column, by] of assigned(view, sql)) {
    const otherwise = view.columns.get(column) ?? null;
    const isBoth = condition !== null && by !== null && otherwise !== null;
    changes.set(
      column,
      isBoth ? `(CASE WHEN ${condition} THEN ${by} ELSE ${otherwise} END)` : condition === null ? by : null,
    );
  }
  return withColumns(view, changes);
}

/**
 * Follows the tables through statements: what stands in each afterwards, in terms of the database before them. Tables of
 * which that cannot be said are left out.
 */
export function follow(
  schema: Schema,
  statements: readonly Statement[],
  insertions: ReadonlyMap<number, Insertion>,
): Views {
  const views = plainViews(schema);
  const made = new Set<string>();
  for (const statement of statements) {
    const { head, index, sql } = statement;
    if (head.target === null) continue;
    const name = foldName(head.target);
    const view = views.get(name);
    const put = (changed: View | null): void => {
      if (changed === null) views.delete(name);
      else views.set(name, changed);
    };
    switch (head.verb) {
      case 'create-table':
        if (view !== undefined) break;
        made.add(name);
        if (head.sources.length > 0) put(written(statement, views, insertions.get(index)));
        break;
      case 'insert':
      case 'replace':
        // More rows than those of one query are those of no one table.
        put(made.has(name) && view === undefined ? written(statement, views, insertions.get(index)) : null);
        made.delete(name);
        break;
      case 'update':
        if (view !== undefined) put(updated(statement, views));
        break;
      case 'delete': {
        const where = readCondition(sql);
        if (view !== undefined) put(where === null ? null : narrowed(view, `${asOperand(where)} IS NOT TRUE`));
        break;
      }
      case 'add-column':
        if (view !== undefined && head.column !== null) put(withAdded(view, head.column, sql));
        break;
      case 'drop-column':
        if (view !== undefined) put(withColumns(view, new Map([[foldName(head.column ?? ''), null]])));
        break;
      case 'rename-column': {
        const by = view?.columns.get(foldName(head.column ?? '')) ?? quoteName(head.column ?? '');
        if (view !== undefined) put(withColumns(view, new Map([[foldName(renamedColumn(sql) ?? ''), by]])));
        break;
      }
      case 'rename-table':
        views.delete(name);
        if (view !== undefined && head.renamedTo !== null)
          views.set(foldName(head.renamedTo), {
            ...view,
            qualifiers: new Set([...view.qualifiers, foldName(head.renamedTo)]),
            isPlain: false,
          });
        if (made.delete(name) && head.renamedTo !== null) made.add(foldName(head.renamedTo));
        break;
      case 'drop-table':
        views.delete(name);
        made.delete(name);
        break;
    }
  }
  return views;
}

const defaultValue = /\bdefault\s+('(?:[^']|'')*'|\([^;]*\)|[-+]?[^\s,;]+)/i;

/** A table with one more column, which holds its default or is computed. */
function withAdded(view: View, column: string, sql: string): View {
  const words = readWords(sql);
  const as = words.findIndex(({ key, depth }, i) => depth === 0 && key === 'AS' && words[i + 1]?.text === '(');
  const end = words.findIndex(({ text, depth }, i) => i > as + 1 && text === ')' && depth === 0);
  const by =
    as < 0 ? (defaultValue.exec(sql)?.[1] ?? 'NULL') : express(view, textOf(sql, words.slice(as + 1, end + 1)));
  return withColumns(view, new Map([[foldName(column), by]]));
}
