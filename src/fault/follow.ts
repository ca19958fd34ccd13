import { memoized } from '../memoized.ts';
import type { Statement } from '../model/history.ts';
import type { Schema } from '../model/schema.ts';
import { readUpdate } from '../sql/assignments.ts';
import { readChangeParts, readCondition } from '../sql/change-parts.ts';
import { readCompound } from '../sql/compound.ts';
import { foldName, quoteName } from '../sql/quote.ts';
import { readItems } from '../sql/result-columns.ts';
import { textOf } from '../sql/select-parts.ts';
import { asOperand } from '../sql/substitute.ts';
import { readWords } from '../sql/words.ts';
import { readWriteText, renamedColumn } from '../sql/write-text.ts';
import { express, type Filled, narrowed, plainView, selectView, type View, type Views, withColumns } from './view.ts';

/** The columns that SQLite reports for an INSERT or a CREATE TABLE … AS just before it runs. */
export interface ReportedInsertion {
  readonly filled: Filled;
  /** The names of the columns that its query reads as they are; null for expressions. */
  readonly names: readonly (string | null)[];
}

/** Each parent of a cascade asks for them. */
const plain = memoized((schema: Schema): Views => {
  const tables = schema.tables.filter(({ kind }) => kind === 'table');
  return new Map(tables.map((table) => [foldName(table.name), plainView(table, tables)]));
});

/** All tables of a schema as they are. */
export function plainViews(schema: Schema): Views {
  return new Map(plain(schema));
}

/** The values that a statement writes, row by row; null where they are unknown. */
export function written(
  { head, sql }: Pick<Statement, 'head' | 'sql'>,
  views: Views,
  insertion: ReportedInsertion | undefined,
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
  insertion: ReportedInsertion | undefined,
): readonly View[] {
  const { query } = readWriteText(statement.sql);
  const { selects: parts, common, tail, isUnion } = readCompound(query ?? '');
  // EXCEPT, LIMIT and WITH hold the parts together, and VALUES have no table.
  const isBound = !isUnion || common !== '' || tail !== '' || parts.some((part) => /^values\b/i.test(part));
  if (insertion === undefined || parts.length < 2 || isBound)
    return [written(statement, views, insertion) ?? []].flat();
  // The names of the first part are SQLite's answer, and the others may have a star of their own.
  if (parts.some((part, i) => i > 0 && readItems(readWords(part)).some(({ isStar }) => isStar))) return [];
  const said = parts.map((part) => selectView(part, insertion.filled, insertion.names, views));
  const known = said.filter((view) => view !== null);
  return known.length < said.length ? [] : known;
}

/** Whether an UPDATE has a FROM, so that its expressions may be about other tables. */
function readsOthers(update: string): boolean {
  return (readChangeParts(update)?.from ?? null) !== null;
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
  insertions: ReadonlyMap<number, ReportedInsertion>,
): Views {
  const views = plainViews(schema);
  const made = new Set<string>();
  for (const statement of statements) take(statement, views, made, insertions.get(statement.index));
  return views;
}

/** Takes one statement into account. @param made the names of tables that nothing was put into yet */
function take(statement: Statement, views: Views, made: Set<string>, insertion: ReportedInsertion | undefined): void {
  const { head } = statement;
  if (head.target === null) return;
  const name = foldName(head.target);
  const view = views.get(name);
  if (head.verb === 'drop-table') made.delete(name);
  const isEmpty = made.has(name) && view === undefined;
  if (head.verb === 'rename-table') renameTable(name, head.renamedTo, views, made);
  else if (head.verb === 'create-table' && view === undefined) {
    made.add(name);
    if (head.sources.length > 0) put(views, name, written(statement, views, insertion));
  } else if (head.verb === 'insert' || head.verb === 'replace') {
    // More rows than those of one query are those of no one table.
    put(views, name, isEmpty ? written(statement, views, insertion) : null);
    made.delete(name);
  } else if (view !== undefined) put(views, name, changed(view, statement, views));
}

function put(views: Views, name: string, view: View | null): void {
  if (view === null) views.delete(name);
  else views.set(name, view);
}

/** A table after a statement that changes it; null where that cannot be said, or where it is gone. */
function changed(view: View, statement: Statement, views: Views): View | null {
  const { head, sql } = statement;
  const column = foldName(head.column ?? '');
  switch (head.verb) {
    case 'update':
      return updated(statement, views);
    case 'delete': {
      const where = readCondition(sql);
      return where === null ? null : narrowed(view, `${asOperand(where)} IS NOT TRUE`);
    }
    case 'add-column':
      return head.column === null ? view : withAdded(view, head.column, sql);
    case 'drop-column':
      return withColumns(view, new Map([[column, null]]));
    case 'rename-column': {
      const by = view.columns.get(column) ?? quoteName(head.column ?? '');
      return withColumns(view, new Map([[foldName(renamedColumn(sql) ?? ''), by]]));
    }
    case 'drop-table':
      return null;
    default:
      return view;
  }
}

function renameTable(name: string, to: string | null, views: Views, made: Set<string>): void {
  const view = views.get(name);
  views.delete(name);
  const isMade = made.delete(name);
  if (to === null) return;
  const now = foldName(to);
  if (isMade) made.add(now);
  if (view !== undefined) views.set(now, { ...view, qualifiers: new Set([...view.qualifiers, now]), isPlain: false });
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
