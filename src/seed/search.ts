import type { Refusal, RowVerdict } from '../model/dataset.ts';
import { isDuplicate } from './refusal.ts';

/**
 * Rows for one place, the one that is wanted most first: each is yielded, and another one only after it is told the
 * refusal of the last. It returns the row that came furthest when it has no more.
 */
export type Draws<Row> = Generator<Row, Found<Row>, Refusal>;

/** A row that a search found, or the one that came furthest. */
export interface Found<Row> {
  readonly row: Row;
  /** The reason against it; null if it is in. */
  readonly refusal: RowVerdict;
}

/**
 * Inserts the first row of some draws that is taken. Every made-up row is found by it: plain ones, those that are drawn
 * like another, those of a profile and awkward ones. A reason against any row ends the search.
 * @param insert inserts a row, or changes nothing and returns the reason.
 */
export function findRow<Row>(draws: Draws<Row>, insert: (row: Row) => RowVerdict): Found<Row> {
  let drawn = draws.next();
  while (drawn.done !== true) {
    const row = drawn.value;
    const refusal = insert(row);
    if (refusal === null || refusal.ofAnyRow) return { row, refusal };
    drawn = draws.next(refusal);
  }
  return drawn.value;
}

/** Draws for one row while it is only a duplicate, and while it is refused for another reason. */
const duplicateDraws = 24;
const otherDraws = 3;

/** Whether a row that is made by chance is drawn once more. @param attempt the number of draws so far */
export function isDrawnAgain(refusal: Refusal, attempt: number): boolean {
  return attempt < (isDuplicate(refusal) ? duplicateDraws : otherDraws);
}

/** How often a row is drawn that repeats another one, before SQLite is asked. */
export const repeatDraws = duplicateDraws;
