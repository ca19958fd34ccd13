import type { RowidShape } from '../../model/profile.ts';

/** The rowid of each row, in rising order. */
export type Rowids = (index: number) => number;

/**
 * Rowids over a range as wide as the profile's, for `rows` rows instead of `before`; those left out are spread evenly.
 * Rowids that JavaScript would round are counted from 1 instead.
 */
export function rowidsOf(shape: RowidShape, before: number, rows: number): Rowids {
  const { gaps } = shape;
  // The bounds lie beyond the rowids. The lowest one is most often 1.
  const [min, max] =
    shape.max - shape.min < 2 || shape.min === 1 ? [shape.min, shape.max] : [shape.min + 1, shape.max - 1];
  const wide = gaps < 1 ? rows / (1 - gaps) : Number.POSITIVE_INFINITY;
  const width = gaps === 0 ? rows : Math.max(rows, Math.round(Math.min(wide, ((max - min + 1) * rows) / before)));
  if (!Number.isSafeInteger(min) || !Number.isSafeInteger(min + width)) return (index) => index + 1;
  const last = Math.max(1, rows - 1);
  return (index) => min + Math.floor((index / last) * (width - rows)) + index;
}
