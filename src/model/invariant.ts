/** A SELECT that must return no rows; the rows that it returns are the violations. */
export interface Invariant {
  /** The file's name without number and ending. */
  readonly name: string;
  readonly file: string;
  readonly sql: string;
  /** The place in the history after which it must hold. */
  readonly from: number;
  /** The last place that it must hold for; null for ever. */
  readonly until: number | null;
}
