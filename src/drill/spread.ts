import { chance } from './chance.ts';

/**
 * Draws some of the numbers below `count`, spread over all of them and each equally likely. The distance between two is left to
 * chance, because legs of equal length would show the same statement again and again at a fixed one. This is pivotal sampling in
 * order: https://doi.org/10.1093/biomet/85.1.89
 * @param wanted how many; at most `count`.
 * @returns the numbers in rising order.
 */
export function spread(count: number, wanted: number, seed: number): number[] {
  if (wanted >= count) return Array.from({ length: count }, (_, i) => i);
  const drawn: number[] = [];
  // Whole numbers, so that the sums are exact: a chance of `wanted` in `count`.
  let candidate = 0;
  let weight = wanted;
  for (let other = 1; other < count; other++) {
    const sum = weight + wanted;
    const luck = chance(seed, other);
    if (sum < count) {
      // One of the two is out, and the other takes both chances.
      if (luck * sum >= weight) candidate = other;
      weight = sum;
    } else {
      // One of the two is drawn, and the other takes what is left.
      const isFirst = luck * (2 * count - sum) < count - wanted;
      drawn.push(isFirst ? candidate : other);
      if (isFirst) candidate = other;
      weight = sum - count;
    }
  }
  return drawn.sort((one, other) => one - other);
}
