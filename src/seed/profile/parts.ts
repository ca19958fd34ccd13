import type { SqlValue } from '../../model/connection.ts';

/** Some rows of a column that hold values of one kind. */
export interface Part {
  /** The share of all rows of the table. */
  readonly share: number;
  /** How many different values there are. */
  readonly capacity: number;
  /**
   * Makes its values, as many as `groups`, the first of which is the `first` of its column. Another number gives another
   * value; `place`, from 0 to 1, is where it stands among the rows, and grows with the number.
   */
  readonly values: (groups: number, first: number) => Values;
  /** The spelling of its texts, if others may be other spellings of them. */
  readonly spelling?: 'small' | 'capital';
}

/** The value of a group. Numbers beyond the last group give values that no group has. */
export type Values = (group: number, place: number) => SqlValue;

/** One value for all rows. */
export function fixedPart(share: number, value: SqlValue): Part {
  return { share, capacity: 1, values: () => () => value };
}
