import type { NumberFormat } from '../../model/column-profile.ts';

/** The numbers that count as times since 1970, by the first and the last: the years from 2001 to 2099. */
export const epochs = {
  'epoch-seconds': { from: 1_000_000_000, to: 4_102_444_799, ofSecond: 1 },
  'epoch-milliseconds': { from: 1_000_000_000_000, to: 4_102_444_799_999, ofSecond: 1_000 },
} as const satisfies Readonly<Record<Exclude<NumberFormat, 'boolean'>, Epoch>>;

/** A kind of number that tells a time. */
export interface Epoch {
  readonly from: number;
  readonly to: number;
  /** How many of it are a second. */
  readonly ofSecond: number;
}
