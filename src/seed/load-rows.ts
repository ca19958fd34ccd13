import type { SqlValue } from '../model/connection.ts';
import type { RowSink, Verdict } from '../model/dataset.ts';
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
  readonly search?: (index: number) => Verdict;
}

/** The result of loading rows. */
export interface Loaded {
  readonly added: number;
  /** The reason against the last row that was refused; null if all are in. */
  readonly refusal: Verdict;
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

/** A source with the loader of its rows, and room for one row and for many. */
interface Line {
  readonly source: RowSource;
  readonly insert: (values: readonly SqlValue[], index: number) => Verdict;
  readonly row: SqlValue[];
  readonly rows: SqlValue[];
  /** The rows of a batch. */
  readonly size: number;
}

/** A load on its way. */
interface Tally {
  added: number;
  misses: number;
  searches: number;
  refusal: Verdict;
  /** The index where batches begin again; each refused one makes the way there longer. */
  batchedFrom: number;
  pause: number;
}

function insertAll(load: Load): Loaded {
  const { table, sources, sink, start, wanted, replaces, guarded, overrides } = load;
  const lines = sources.map((source): Line => {
    const insert = overridingLoader(table, overrides, source.columns, sink, guarded);
    const room = (rows: number): SqlValue[] => new Array<SqlValue>(rows * source.columns.length).fill(null);
    const size = Math.max(1, Math.min(batchSize, Math.floor(batchValues / source.columns.length)));
    return { source, insert, row: room(1), rows: room(size), size };
  });
  const tally = startTally(load);
  const before = guarded ? sink.count(table.name, []) : 0;
  const look = Math.ceil(wanted / 100);
  const isOpen = (index: number): boolean =>
    tally.added < wanted && tally.misses < missLimit && (replaces || index < start + wanted);
  for (let index = start; isOpen(index); ) {
    const line = lines[index % lines.length];
    if (line === undefined) break;
    const isBatched = index >= tally.batchedFrom && wanted - tally.added >= line.size;
    index += isBatched ? insertBatch(load, tally, line, index, isOpen) : insertOne(load, tally, line, index);
    // A trigger may write rows of the same table, and they count.
    if (guarded && (index - start) % look === 0)
      tally.added = Math.max(tally.added, sink.count(table.name, []) - before);
  }
  return { added: tally.added, refusal: tally.added >= wanted ? null : tally.refusal };
}

function startTally({ sources, overrides, start, wanted, guarded }: Load): Tally {
  const [first, second] = sources;
  const isLone = first !== undefined && first.columns.length > 0 && second === undefined;
  const isBatched = isLone && wanted >= batchedFrom && !guarded && overrides === null;
  const whole = { added: 0, misses: 0, searches: 0, refusal: null, pause: batchSize };
  return { ...whole, batchedFrom: isBatched ? start : Number.POSITIVE_INFINITY };
}

function insertOne(load: Load, tally: Tally, line: Line, index: number): number {
  const progress = tally.added / load.wanted;
  settleTally(load, tally, line, index, progress, drawRow(line.source, index, progress, line.row));
  return 1;
}

/** Inserts many rows with one statement, or one by one where it is refused. */
function insertBatch(load: Load, tally: Tally, line: Line, index: number, isOpen: (index: number) => boolean): number {
  const { source, insert, row, rows, size } = line;
  const progressAt = (n: number): number => (tally.added + n) / load.wanted;
  const drawn: Drawn[] = [];
  for (let n = 0; n < size; n++) {
    drawn.push(drawRow(source, index + n, progressAt(n), row));
    for (let i = 0; i < row.length; i++) rows[n * row.length + i] = row[i] ?? null;
  }
  if (!drawn.some(isRefused) && insert(rows, index) === null) {
    tally.added += size;
    tally.misses = 0;
    return size;
  }
  tally.batchedFrom = index + size + tally.pause;
  tally.pause *= 2;
  // A row is drawn once: those that follow may depend on it.
  for (let n = 0; n < size && isOpen(index + n); n++) {
    for (let i = 0; i < row.length; i++) row[i] = rows[n * row.length + i] ?? null;
    settleTally(load, tally, line, index + n, progressAt(0), drawn[n] ?? 'new');
  }
  return size;
}

/** Inserts the row that was drawn, or another in its place, and counts it. */
function settleTally(load: Load, tally: Tally, line: Line, index: number, progress: number, drawn: Drawn): void {
  const refusal = isRefused(drawn) ? refusals[drawn] : placeDrawn(load, tally, line, index, progress);
  if (refusal === null) {
    tally.added += 1;
    tally.misses = 0;
  } else {
    tally.refusal = refusal;
    tally.misses = refusal.ofAnyRow ? missLimit : tally.misses + 1;
  }
}

function placeDrawn(
  { table, overrides, search }: Load,
  tally: Tally,
  { source, insert, row }: Line,
  index: number,
  progress: number,
): Verdict {
  const { refusal } = findRow(drawnRows(source, table, { index, progress }, row), () => insert(row, index));
  if (refusal === null || refusal === refusals['none-left']) return refusal;
  if (search === undefined || tally.searches >= searchLimit)
    return explainRefusal(table, overrides, rowOf(source.columns, row), index, refusal);
  tally.searches += 1;
  return search(index);
}
