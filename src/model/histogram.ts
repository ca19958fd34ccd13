/**
 * A bar of a histogram: `count` things have a size from `from` to `to`. Bars: 0, 1, 2, 3-4, 5-8, 9-16, … Neighbours are one
 * bar where it would take too few rows to fill them.
 */
export interface Bar {
  readonly from: number;
  readonly to: number;
  /** Never 0. Exact for a size of its own, but for what would tell how many rows are NULL. */
  readonly count: number;
}

/** Groups of equal values by their number of rows. */
export interface Duplicates {
  /** How many different values there are, as the bars count them. NULL is none. */
  readonly distinct: number;
  /** About as many rows as are not NULL: from the sum of `from × count` to the sum of `to × count`. */
  readonly sizes: readonly Bar[];
  /** The rows of the largest group, rounded up to two significant digits; a few are told by the last bar. */
  readonly largest: number;
}
