import type { SqlValue } from '../../model/connection.ts';
import type { Loader } from '../../model/dataset.ts';
import type { RowMaker } from './rows.ts';

/** Rows that go in with one statement: it takes two thirds of the time of one by one, and more rows gain nothing. */
export const batchSize = 16;

/** Tables that get fewer rows are done in a few milliseconds anyway. */
export const batchedFrom = 512;

/**
 * Puts `batchSize` rows in from `index` on, all or none; returns whether they are in. `progress`, from 0 to below 1, is
 * how far the table has come.
 */
export type Batch = (index: number, progress: number) => boolean;

/** Makes what puts many rows in at a time. A batch that is refused leaves no trace: its rows can be tried one by one. */
export function batchOf(rows: RowMaker, load: Loader): Batch {
  const width = rows.columns.length;
  const values = new Array<SqlValue>(width * batchSize).fill(null);
  const row = new Array<SqlValue>(width).fill(null);
  const forget = (count: number): void => {
    for (let n = 0; n < count; n++) rows.forget(values.slice(n * width, (n + 1) * width));
  };
  return (index, progress) => {
    for (let n = 0; n < batchSize; n++) {
      // Only rows that repeat others need another attempt; they are few, or one by one is not much slower.
      if (!rows.make(index + n, 0, progress, row) || rows.repeats(row)) {
        forget(n);
        return false;
      }
      for (let i = 0; i < width; i++) values[n * width + i] = row[i] ?? null;
    }
    if (load(values) === null) return true;
    forget(batchSize);
    return false;
  };
}
