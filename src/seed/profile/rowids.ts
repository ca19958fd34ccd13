import type { RowidShape } from '../../model/profile.ts';

/** The rowid of each row, in rising order. */
export type Rowids = (index: number) => number;

/**
 * Rowids with as many gaps as the profile's, for `rows` rows; those left out are spread evenly.
 * Rowids that JavaScript would round are counted from 1 instead.
 */
export function rowidsOf({ min: lowest, max, gaps }: RowidShape, rows: number): Rowids {
  // The bounds lie beyond the rowids. The lowest one is most often 1.
  const min = max - lowest < 2 || lowest === 1 ? lowest : lowest + 1;
  const width = Math.round(rows / (1 - gaps));
  if (!Number.isSafeInteger(min) || !Number.isSafeInteger(min + width)) return (index) => index + 1;
  const last = Math.max(1, rows - 1);
  return (index) => min + Math.floor((index / last) * (width - rows)) + index;
}
