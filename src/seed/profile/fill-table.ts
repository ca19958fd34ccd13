import type { SqlValue } from '../../model/connection.ts';
import type { RowSink, Verdict } from '../../model/dataset.ts';
import type { Table } from '../../model/schema.ts';
import { batchedFrom, batchSize } from '../grow/batch.ts';
import { blamedColumns } from '../refusal.ts';
import type { RowWriter } from './table-rows.ts';

/** Draws for one row that SQLite refuses, and refused rows in a row that end a table. */
const attemptLimit = 24;
const missLimit = 64;

/** What came of filling a table. */
export interface Yield {
  readonly added: number;
  /** Why the last row that no draw could mend was refused, or null. */
  readonly refusal: Verdict;
}

/**
 * Puts the rows of a writer in; where SQLite refuses one, what the refusal is about is drawn again. Memory does not grow
 * with rows.
 * @param guarded whether triggers may act on the rows, so that a refused one may leave something behind
 */
export function fillRows(table: Table, rows: number, writer: RowWriter, sink: RowSink, guarded: boolean): Yield {
  const load = sink.loader(table.name, writer.columns, guarded);
  const width = writer.columns.length;
  const size = !guarded && rows >= batchedFrom && width > 0 ? batchSize : 1;
  const values = new Array<SqlValue>(width * size).fill(null);
  const row = new Array<SqlValue>(width).fill(null);
  let [added, misses]: [number, number] = [0, 0];
  let refusal: Verdict = null;
  /** Tries the row in `row`, and then others in its place. */
  const putRow = (index: number): void => {
    let verdict = load(row);
    for (let attempt = 1; verdict !== null && !verdict.ofAnyRow && attempt < attemptLimit; attempt++) {
      writer.write(index, attempt, blamedColumns(verdict, table), row);
      verdict = load(row);
    }
    misses = verdict === null ? 0 : misses + 1;
    if (verdict === null) added += 1;
    else refusal = verdict;
    if (verdict?.ofAnyRow === true) misses = missLimit;
  };
  const putRows = (from: number, count: number): void => {
    for (let n = 0; n < count; n++) {
      writer.write(from + n, 0, null, row);
      for (let i = 0; i < width; i++) values[n * width + i] = row[i] ?? null;
    }
    if (count === size && size > 1 && load(values) === null) {
      added += count;
      misses = 0;
      return;
    }
    // Nothing of it went in. A row is written once: those that follow depend on it.
    for (let n = 0; n < count && misses < missLimit; n++) {
      for (let i = 0; i < width; i++) row[i] = values[n * width + i] ?? null;
      putRow(from + n);
    }
  };
  const before = guarded ? sink.count(table.name, []) : 0;
  const look = Math.ceil(rows / 100);
  const work = (): void => {
    for (let index = 0; index < rows && misses < missLimit; index += size) {
      putRows(index, Math.min(size, rows - index));
      // A trigger may write rows of the same table: the profile has counted them too.
      if (guarded && index % look === 0) added = Math.max(added, sink.count(table.name, []) - before);
      if (added >= rows) return;
    }
  };
  // RAISE(ROLLBACK) in a trigger would take all rows of a transaction away.
  if (guarded) work();
  else {
    const verdict = sink.transaction(work);
    if (verdict !== null) return { added: 0, refusal: verdict };
  }
  return { added, refusal };
}
