/** The choice of faults by a seed number. */
import { expect, test } from 'vitest';
import { chance } from '../../src/drill/chance.ts';
import { spread } from '../../src/drill/spread.ts';

const seeds = Array.from({ length: 2000 }, (_, seed) => seed);

/** Numbers of faults, and how many of them are wanted: few, nearly all, and parts that do not come out even. */
const choices = [
  [7, 5],
  [10, 1],
  [12, 9],
  [84, 12],
  [200, 33],
  [23, 22],
] as const;

/** The square of the deviation from a number that is drawn so often, in variances. */
function deviation(times: number, probability: number): number {
  const variance = seeds.length * probability * (1 - probability);
  return (times - seeds.length * probability) ** 2 / variance;
}

/** Five deviations are one case of a million. */
const unlikely = 25;

test.each(choices)('of %i faults %i are drawn, each once, in rising order', (count, wanted) => {
  for (const seed of seeds.slice(0, 200)) {
    const drawn = spread(count, wanted, seed);
    expect(new Set(drawn).size).toBe(wanted);
    expect(drawn).toEqual([...drawn].sort((one, other) => one - other));
    expect(drawn.filter((index) => index < 0 || index >= count)).toEqual([]);
  }
});

test.each([
  [5, 5],
  [5, 9],
  [0, 3],
  [1, 1],
])('of %i faults all are drawn where %i are wanted', (count, wanted) => {
  expect(spread(count, wanted, 1)).toEqual(Array.from({ length: count }, (_, i) => i));
});

test.each(choices)('of %i faults, of which %i are drawn, none is drawn more often than another', (count, wanted) => {
  const times = Array.from({ length: count }, () => 0);
  for (const seed of seeds) for (const index of spread(count, wanted, seed)) times[index] = (times[index] ?? 0) + 1;
  const odd = times.flatMap((number, index) =>
    deviation(number, wanted / count) > unlikely ? [`${index}: ${number}`] : [],
  );
  expect(odd).toEqual([]);
});

test('no statement of legs of equal length is preferred, however even the distance would be', () => {
  const [legs, statements, wanted] = [12, 7, 12];
  const distinct = seeds.slice(0, 200).map((seed) => {
    const drawn = spread(legs * statements, wanted, seed);
    return new Set(drawn.map((index) => index % statements)).size;
  });
  const mean = distinct.reduce((sum, number) => sum + number, 0) / distinct.length;
  // Twelve throws of a die with seven sides show 5.9 of them.
  expect(mean).toBeGreaterThan(5.5);
});

test('chance is even over seeds, and over the places of a seed', () => {
  const parts = 20;
  const statistic = (numbers: readonly number[]): number => {
    const counts = Array.from({ length: parts }, () => 0);
    for (const number of numbers) counts[Math.floor(number * parts)] = (counts[Math.floor(number * parts)] ?? 0) + 1;
    const mean = numbers.length / parts;
    return counts.reduce((sum, count) => sum + (count - mean) ** 2 / mean, 0);
  };
  // Chi-square with 19 degrees of freedom exceeds 50 in one case of ten thousand.
  for (const fixed of [0, 1, 7, 100]) {
    expect(statistic(seeds.map((seed) => chance(seed, fixed)))).toBeLessThan(50);
    expect(statistic(seeds.map((place) => chance(fixed, place)))).toBeLessThan(50);
  }
});
