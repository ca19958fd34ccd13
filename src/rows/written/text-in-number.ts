import type { Database } from '../../database/connection.ts';
import type { ColumnBefore, ColumnSource, Miswritten } from '../../model/change.ts';
import type { Column, Schema, Table } from '../../model/schema.ts';
import { type DeclaredKind, declaredKind } from '../../sql/declared-kinds.ts';
import type { FlowTable } from '../../sql/flow.ts';
import { foldName, quoteName, sameName } from '../../sql/quote.ts';
import { tableNamed } from '../../sql/tables.ts';

/** A table at the end, with what it was. */
export interface TypedTable {
  readonly db: Database;
  /** The schema that holds the state before. */
  readonly schema: string;
  readonly known: Schema;
  readonly end: FlowTable;
  readonly after: Table;
  readonly has: number;
  /** The column of before that a column of the table was; null for a new one. */
  readonly was: (column: string) => ColumnBefore | null;
}

/**
 * Columns declared for numbers that hold more texts or blobs than before, because a statement computes them or a default
 * puts them there. One that held nothing but text is for text, whatever its type says; a column for dates may hold either,
 * and is wrong where it held numbers. Text that was in a column for numbers already has only moved.
 */
export function findTextInNumbers(table: TypedTable): Miswritten[] {
  const { db, known, after, end, has } = table;
  if (after.strict || end.mixed) return [];
  const suspects = after.columns.filter(
    (column) => column.generated === 'no' && declaredKind(column.type) !== null && isWritten(end, column),
  );
  if (suspects.length === 0) return [];
  const counts = countStorage(
    db,
    `main.${quoteName(after.name)}`,
    suspects.map(({ name }) => name),
  );
  return suspects.flatMap((column, i): Miswritten[] => {
    const texts = counts[i]?.texts ?? 0;
    if (texts === 0) return [];
    const was = table.was(column.name);
    const [had] = was === null ? [] : countBefore(table, [was]);
    if (had === undefined ? declaredKind(column.type) === 'date' : had.numbers === 0 && isForText(column, had))
      return [];
    if (had === undefined && isConvention(known, column)) return [];
    const heldNumbers = (had?.numbers ?? 0) > 0;
    if (!allFeeds(end, column).every((feed) => isTelling(feed, column, known, heldNumbers))) return [];
    const sources = sourcesOf(end, column, was, heldNumbers).filter((each) => holdsAlike(known, each, column));
    const moved = countBefore(table, sources).reduce((sum, each) => sum + each.texts, 0);
    const rows = texts - (had?.texts ?? 0) - moved;
    const statement = statementOf(end, column);
    if (rows <= 0 || statement === null || comesFrom(table, column, sources)) return [];
    const keys = { columns: [], rows: [] };
    return [{ how: 'text-in-number', table: after.name, column: column.name, rows, of: has, statement, keys }];
  });
}

/**
 * Whether the statement itself puts in the text, with any made-up rows. A text that it looks up, takes out of JSON
 * or computes from a column for text may be a number written out in every row that production has.
 */
function isTelling(feed: ColumnSource, column: Column, known: Schema, heldNumbers: boolean): boolean {
  if (feed.kind !== 'intended') return true;
  if (feed.by === undefined) return column.default !== null;
  const { reads, looksUp, extracts, isColumn, makesText } = feed.by;
  if (looksUp || extracts) return false;
  return makesText || isColumn || heldNumbers || reads.every((read) => kindOf(known, read) !== null);
}

function kindOf(known: Schema, { table, column }: ColumnBefore): DeclaredKind | null {
  const declared = tableNamed(known, table)?.columns.find(({ name }) => sameName(name, column));
  return declared === undefined ? null : declaredKind(declared.type);
}

interface Storage {
  readonly texts: number;
  readonly numbers: number;
}

function isForText({ type }: Column, { texts }: Storage): boolean {
  return texts > 0 || declaredKind(type) === 'date';
}

function isWritten(end: FlowTable, column: Column): boolean {
  return allFeeds(end, column).some(({ kind }) => kind !== 'column');
}

function allFeeds({ feeds, replacing, added }: FlowTable, { name }: Column): readonly ColumnSource[] {
  return [feeds, replacing, added].flatMap((each) => each.get(foldName(name)) ?? []);
}

interface Source extends ColumnBefore {
  /** Whether its values go in as they are, into a column that held no numbers, so that they only move. */
  readonly moves: boolean;
}

/** The columns whose values go into this one, itself left out. */
function sourcesOf(end: FlowTable, column: Column, was: ColumnBefore | null, heldNumbers: boolean): Source[] {
  const read = allFeeds(end, column).flatMap((feed): readonly Source[] => {
    if (feed.kind === 'column') return [{ ...feed, moves: !heldNumbers }];
    if (feed.kind !== 'intended' || feed.by === undefined) return [];
    const moves = feed.by.isColumn && !heldNumbers;
    return feed.by.reads.map((name) => ({ ...name, moves }));
  });
  const isOther = ({ table, column: name }: Source): boolean =>
    was === null || !sameName(table, was.table) || !sameName(name, was.column);
  const keyOf = ({ table, column: name }: Source): string => `${foldName(table)}.${foldName(name)}`;
  return [...new Map(read.filter(isOther).map((each) => [keyOf(each), each])).values()];
}

/** Whether a text in the source is in its place as much, or as little, as in the column. */
function holdsAlike(known: Schema, source: Source, target: Column): boolean {
  const kind = kindOf(known, source);
  return source.moves || (kind !== null && (kind !== 'date' || declaredKind(target.type) === 'date'));
}

function countBefore(table: TypedTable, columns: readonly ColumnBefore[]): Storage[] {
  const { db, schema } = table;
  return presentBefore(table, columns).flatMap((each) =>
    countStorage(db, `${schema}.${quoteName(each.table)}`, [each.column]),
  );
}

/** Those of some columns that ordinary tables had before, by the names that these give them. */
function presentBefore({ known }: TypedTable, columns: readonly ColumnBefore[]): ColumnBefore[] {
  return columns.flatMap(({ table, column }) => {
    const own = tableNamed(known, table);
    const declared = own?.columns.find(({ name }) => sameName(name, column));
    return own?.kind !== 'table' || declared === undefined ? [] : [{ table: own.name, column: declared.name }];
  });
}

/** Whether the sources held every text of a column: a join or a trigger may have put one of them into several rows. */
function comesFrom(table: TypedTable, column: Column, sources: readonly ColumnBefore[]): boolean {
  const { db, schema, after } = table;
  const textsIn = (from: string, name: string): string =>
    `SELECT ${quoteName(name)} FROM ${from} WHERE typeof(${quoteName(name)}) IN ('text', 'blob')`;
  const held = presentBefore(table, sources).map((each) => textsIn(`${schema}.${quoteName(each.table)}`, each.column));
  if (held.length === 0) return false;
  const added = `${textsIn(`main.${quoteName(after.name)}`, column.name)} EXCEPT SELECT * FROM (${held.join(' UNION ALL ')})`;
  return db.prepare<[], number>(`SELECT NOT EXISTS (${added})`).pluck().get() === 1;
}

function countStorage(db: Database, table: string, columns: readonly string[]): Storage[] {
  const sums = columns.flatMap((name) => {
    const storage = `typeof(${quoteName(name)})`;
    return [`total(${storage} IN ('text', 'blob'))`, `total(${storage} IN ('integer', 'real'))`];
  });
  const values =
    db
      .prepare<[], number[]>(`SELECT ${sums.join(', ')} FROM ${table}`)
      .raw()
      .get() ?? [];
  return columns.map((_, i) => ({ texts: values[2 * i] ?? 0, numbers: values[2 * i + 1] ?? 0 }));
}

/** Whether the project keeps such columns as text: Rails wrote booleans as 't' and 'f'. */
function isConvention({ tables }: Schema, { type, default: own }: Column): boolean {
  const kind = declaredKind(type);
  return tables.some(({ columns }) =>
    columns.some(
      (other) =>
        declaredKind(other.type) === kind && isTextDefault(other) && (kind === 'boolean' || other.default === own),
    ),
  );
}

function isTextDefault({ default: own }: Column): boolean {
  const text = /^'(.*)'$/s.exec(own ?? '')?.[1];
  return text !== undefined && (text.trim() === '' || Number.isNaN(Number(text)));
}

/** The statement that put the default in, where that is text, or else the last that computes the column. */
function statementOf(end: FlowTable, column: Column): number | null {
  const statements = allFeeds(end, column).flatMap(({ kind, statement }) => (kind === 'column' ? [] : [statement]));
  return (isTextDefault(column) ? statements[0] : statements.at(-1)) ?? null;
}
