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
  readonly spelling?: 'small' | 'capital' | undefined;
}

/** The value of a group. Numbers beyond the last group give values that no group has. */
export type Values = (group: number, place: number) => SqlValue;

/** The share from which on there is a part: shares are sums of numbers with four digits. */
export const leastShare = 1e-9;

/** One value for all rows. */
export function fixedPart(share: number, value: SqlValue): Part {
  return { share, capacity: 1, values: () => () => value };
}

/**
 * Values in the order of their places, from 0 to `places` - 1: the first group is at the first and the last at the last.
 * Those that no group has come behind the last place.
 * @param exponent above 1 where most of them stand near the first place
 */
export function orderedPart(share: number, places: number, valueAt: (place: number) => SqlValue, exponent = 1): Part {
  const values: Part['values'] = (groups) => {
    const room = Math.max(0, places - groups);
    return (group) => {
      if (group >= groups) return valueAt(places + group - groups);
      const part = groups === 1 ? 1 : group / (groups - 1);
      return valueAt(Math.floor(room * part ** exponent) + group);
    };
  };
  return { share, capacity: Math.max(1, places), values };
}

/** A value that the profile or the schema tells, with the share of all rows that hold it. */
export interface KnownValue<Value = string | number> {
  readonly value: Value;
  readonly share: number;
}

/** The rows of a column that hold values of one storage class. */
export interface Budget<Value> {
  /** Their share of all rows of the table, those of `known` included. */
  readonly share: number;
  /** Values that are parts by themselves. */
  readonly known: readonly KnownValue<Value>[];
  /** The share below which a difference of shares may be nothing. */
  readonly noise: number;
}

/** The share of all rows that a share of a budget comes to, without the known values that pass a test. */
export function remaining<Value>(
  { share, known }: Budget<Value>,
  part: number,
  test: (value: Value) => boolean,
): number {
  const left = known.reduce((rest, each) => (test(each.value) ? rest - each.share : rest), share * part);
  return left < leastShare ? 0 : left;
}
