/**
 * A bar of a histogram: `count` things have a size from `from` to `to`. Bars: 0, 1, 2, 3-4, 5-8, 9-16, … Neighbours
 * with too few rows are merged into one bar.
 */
export interface Bar {
  readonly from: number;
  readonly to: number;
  /** Never 0. Exact for a bar of one size, unless it would reveal how many rows are NULL. */
  readonly count: number;
}

/** Groups of equal values by their number of rows. */
export interface Duplicates {
  /** The number of different values according to the bars. NULL does not count. */
  readonly distinct: number;
  /** About as many rows as are not NULL: from the sum of `from × count` to the sum of `to × count`. */
  readonly sizes: readonly Bar[];
  /** The rows of the largest group, rounded up to two significant digits; a few are told by the last bar. */
  readonly largest: number;
}
