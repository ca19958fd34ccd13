/** The way from a few hundred rows to those of production. */
import { expect, test } from 'vitest';
import { extrapolate } from '../../src/cost/extrapolate.ts';
import { shrinkings } from '../../src/datasets/shrunk.ts';

test.each([
  [0, 7],
  [1, 13],
  [2, 0.5],
  [1.5, 3],
])('a power of %f of the size is carried on', (power, factor) => {
  const sizes = [100, 400, 1600];
  const numbers = sizes.map((size) => 1000 * factor * size ** power);
  const { low, about, high, exponent } = extrapolate(sizes, numbers, 1_000_000);
  const expected = 1000 * factor * 1_000_000 ** power;
  for (const number of [low, about, high]) expect(number / expected).toBeCloseTo(1, 1);
  expect(exponent).toBeCloseTo(power, 2);
});

test('powers that differ between the sizes make a range', () => {
  const { low, about, high } = extrapolate([100, 400, 1600], [100, 300, 1200], 25_600);
  expect(about).toBeCloseTo(high);
  expect(low).toBeLessThan(0.7 * high);
});

test('a production below the samples has what they have', () => {
  expect(extrapolate([1, 2, 8], [10, 20, 80], 8)).toMatchObject({ about: 80 });
  expect(extrapolate([1, 1, 1], [5, 5, 5], 1)).toMatchObject({ low: 5, about: 5, high: 5 });
  expect(extrapolate([100, 400, 1600], [0, 0, 0], 1_000_000)).toMatchObject({ about: 0, high: 0 });
});

test.each([1, 40, 1600, 25_000, 3_000_000])('tables of %i rows shrink, and keep their product', (largest) => {
  const sizes = shrinkings(largest).map((rowsFor) => rowsFor(largest));
  expect(sizes).toEqual([...sizes].sort((one, other) => one - other));
  expect(Math.max(...sizes)).toBeLessThanOrEqual(1600.001);
  for (const rowsFor of shrinkings(largest)) {
    for (const rows of [1, 7, 80]) expect(rowsFor(rows)).toBeLessThanOrEqual(rows);
    expect(rowsFor(Math.sqrt(largest))).toBeLessThanOrEqual(rowsFor(largest) + 0.001);
  }
  // The work of a join of two tables is a power of the size of the largest one, whatever rows the other has.
  const other = 100 + largest / 10;
  const pairs = shrinkings(largest).map((rowsFor) => rowsFor(largest) * rowsFor(other));
  const { about } = extrapolate(sizes, pairs, largest);
  if (largest > 2000) expect(about / (largest * other)).toBeCloseTo(1, 1);
});
