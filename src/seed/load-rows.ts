import type { SqlValue } from '../model/connection.ts';
import type { RowSink, RowVerdict } from '../model/dataset.ts';
import type { Table } from '../model/schema.ts';
import { explainRefusal, type Overrides, overridingLoader, rowOf } from './overrides.ts';
import { type Drawn, drawnRows, drawRow, isRefused, type RowSource, refusals } from './row-source.ts';
import { findRow } from './search.ts';

/** Rows that go in with one statement: it takes two thirds of the time of one by one, and more rows gain nothing. */
const batchSize = 32;

/** Values of one statement: SQLite counts parameters up to a limit. https://sqlite.org/limits.html#max_variable_number */
const batchValues = 4_096;

/** Tables that get fewer rows are done in a few milliseconds anyway. */
export const batchedFrom = 512;

/** Searches for rows that no draw makes fit, and refused rows in a row that end the table. */
const searchLimit = 8;
const missLimit = 12;

/** The rows that a table is to get. */
export interface Load {
  readonly table: Table;
  /** They take turns. */
  readonly sources: readonly RowSource[];
  readonly sink: RowSink;
  /** The index of the first row, and the number of rows. */
  readonly start: number;
  readonly wanted: number;
  /** Whether further rows take the place of those that are refused. */
  readonly replaces: boolean;
  /** Whether triggers may act on the rows, so that a refused one may leave something behind. */
  readonly guarded: boolean;
  readonly overrides: Overrides | null;
  /** Searches for a row that no draw made fit; returns the reason if it finds none. */
  readonly search?: (index: number) => RowVerdict;
}

/** The result of loading rows. */
export interface Loaded {
  readonly added: number;
  /** The reason against the last row that was refused; null if all are in. */
  readonly refusal: RowVerdict;
}

/** Inserts rows until a table has enough or takes no more. Memory does not grow with rows. */
export function loadRows(load: Load): Loaded {
  if (load.wanted <= 0) return { added: 0, refusal: null };
  // RAISE(ROLLBACK) in a trigger would take all rows of a transaction away.
  if (load.guarded) return insertAll(load);
  let loaded: Loaded = { added: 0, refusal: null };
  const verdict = load.sink.transaction(() => {
    loaded = insertAll(load);
  });
  return verdict === null ? loaded : { added: 0, refusal: verdict };
}

/** A source with the loader of its rows, and room for one row and for those of a batch. */
interface Line {
  readonly source: RowSource;
  readonly insert: (values: readonly SqlValue[], index: number) => RowVerdict;
  readonly row: SqlValue[];
  readonly rows: SqlValue[];
  readonly size: number;
}

/** A load on its way. */
interface Progress extends Loaded {
  readonly index: number;
  readonly misses: number;
  readonly searches: number;
  /** The index where batches begin again; each refused one makes the way there longer. */
  readonly batchesFrom: number;
  readonly pause: number;
}

function insertAll(load: Load): Loaded {
  const { table, sources, sink, start, wanted, guarded } = load;
  const lines = sources.map((source) => lineOf(load, source));
  const before = guarded ? sink.count(table.name, []) : 0;
  const look = Math.ceil(wanted / 100);
  const batchesFrom = isBatched(load) ? start : Number.POSITIVE_INFINITY;
  let at: Progress = { index: start, added: 0, misses: 0, searches: 0, refusal: null, batchesFrom, pause: batchSize };
  while (isOpen(load, at)) {
    const line = lines[at.index % lines.length];
    if (line === undefined) break;
    const isBatch = at.index >= at.batchesFrom && wanted - at.added >= line.size;
    at = isBatch
      ? insertBatch(load, line, at)
      : insertOne(load, line, at, drawRow(line.source, at.index, at.added / wanted, line.row));
    // A trigger may write rows of the same table, and they count.
    if (guarded && (at.index - start) % look === 0)
      at = { ...at, added: Math.max(at.added, sink.count(table.name, []) - before) };
  }
  return { added: at.added, refusal: at.added >= wanted ? null : at.refusal };
}

function lineOf({ table, overrides, sink, guarded }: Load, source: RowSource): Line {
  const width = source.columns.length;
  const insert = overridingLoader(table, overrides, source.columns, sink, guarded);
  const room = (rows: number): SqlValue[] => new Array<SqlValue>(rows * width).fill(null);
  const size = Math.max(1, Math.min(batchSize, Math.floor(batchValues / width)));
  return { source, insert, row: room(1), rows: room(size), size };
}

function isBatched({ sources: [first, second], overrides, wanted, guarded }: Load): boolean {
  const isLone = first !== undefined && first.columns.length > 0 && second === undefined;
  return isLone && wanted >= batchedFrom && !guarded && overrides === null;
}

function isOpen({ start, wanted, replaces }: Load, { index, added, misses }: Progress): boolean {
  return added < wanted && misses < missLimit && (replaces || index < start + wanted);
}

/** Inserts many rows with one statement, or one by one where it is refused. */
function insertBatch(load: Load, line: Line, at: Progress): Progress {
  const { source, insert, row, rows, size } = line;
  const { index, added, pause } = at;
  const drawn: Drawn[] = [];
  for (let n = 0; n < size; n++) {
    drawn.push(drawRow(source, index + n, (added + n) / load.wanted, row));
    for (let i = 0; i < row.length; i++) rows[n * row.length + i] = row[i] ?? null;
  }
  if (!drawn.some(isRefused) && insert(rows, index) === null)
    return { ...at, index: index + size, added: added + size, misses: 0 };
  let next: Progress = { ...at, batchesFrom: index + size + pause, pause: 2 * pause };
  // A row is drawn once: those that follow may depend on it.
  for (let n = 0; n < size && isOpen(load, next); n++) {
    for (let i = 0; i < row.length; i++) row[i] = rows[n * row.length + i] ?? null;
    next = insertOne(load, line, next, drawn[n] ?? 'new');
  }
  return next;
}

/** Inserts the row that was drawn, or another in its place. */
function insertOne(load: Load, line: Line, at: Progress, drawn: Drawn): Progress {
  const { table, overrides, search, wanted } = load;
  const { source, insert, row } = line;
  const { index, added, searches } = at;
  const draw = { index, progress: added / wanted };
  const { refusal } = isRefused(drawn)
    ? { refusal: refusals[drawn] }
    : findRow(drawnRows(source, table, draw, row), () => insert(row, index));
  if (refusal === null) return { ...at, index: index + 1, added: added + 1, misses: 0 };
  const isSearched = refusal !== refusals['none-left'] && search !== undefined && searches < searchLimit;
  const verdict = isSearched
    ? search(index)
    : explainRefusal(table, overrides, rowOf(source.columns, row), index, refusal);
  return {
    ...{ ...at, index: index + 1, searches: searches + Number(isSearched) },
    ...(verdict === null
      ? { added: added + 1, misses: 0 }
      : { refusal: verdict, misses: verdict.ofAnyRow ? missLimit : at.misses + 1 }),
  };
}
