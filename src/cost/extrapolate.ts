import type { Range } from '../model/cost.ts';

/** A number at the size of production, and the power of the size that it grows with. */
export interface Extrapolated extends Range {
  readonly exponent: number;
}

/** No work grows faster than with the product of four tables. */
const steepest = 4;

/**
 * Carries on a number that was measured at some sizes to another size, as a power of the size. The power between the two largest
 * sizes is the likely one; that between the others is the other end of the range.
 * @param numbers one for each size, at least two, none below 0.
 */
export function extrapolate(sizes: readonly number[], numbers: readonly number[], size: number): Extrapolated {
  const last = sizes.length - 1;
  const [lastSize = 1, lastNumber = 0] = [sizes[last], numbers[last]];
  const powers = sizes.slice(1).map((own, i) => powerOf(sizes[i] ?? 1, own, numbers[i] ?? 0, numbers[i + 1] ?? 0));
  const exponent = powers.at(-1) ?? 1;
  // A production that is smaller than the samples has no more than they have.
  const factor = Math.max(1, size / lastSize);
  const at = (power: number): number => lastNumber * factor ** power;
  return { low: at(Math.min(...powers)), about: at(exponent), high: at(Math.max(...powers)), exponent };
}

/** One is added, for the logarithm of nothing. */
function powerOf(size: number, larger: number, number: number, next: number): number {
  if (larger <= size) return 1;
  const power = Math.log((next + 1) / (number + 1)) / Math.log(larger / size);
  return Math.min(steepest, Math.max(0, power));
}
