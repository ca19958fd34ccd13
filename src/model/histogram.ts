/** A bar of a histogram: `count` things have a size from `from` to `to`. Bars: 0, 1, 2, 3-4, 5-8, 9-16, … */
export interface Bar {
  readonly from: number;
  readonly to: number;
  /** Exact, and never 0. */
  readonly count: number;
}

/** Groups of equal values by their number of rows. */
export interface Duplicates {
  /** How many different values there are, exact. NULL is none. */
  readonly distinct: number;
  /** Sum of `from × count` ≤ rows that are not NULL ≤ sum of `to × count`. */
  readonly sizes: readonly Bar[];
  /** The rows of the largest group, rounded up to two significant digits. */
  readonly largest: number;
}
