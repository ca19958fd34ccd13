import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { beyond, coarse, oneDigit, share, twoDigits } from '../../src/profile/round.ts';

describe('beyond', () => {
  test.each([
    [0, -1, 1],
    [1, 0.5, 2],
    [3, 2, 5],
    [5, 2, 10],
    [7, 5, 10],
    [0.25, 0.2, 0.5],
    [0.07, 0.05, 0.1],
    [42, 20, 50],
    [100, 50, 200],
    [85_000, 50_000, 100_000],
    [100_000, 50_000, 200_000],
    [-8_675_309, -10_000_000, -5_000_000],
    [-3, -5, -2],
    [1.5e308, 1e308, Number.MAX_VALUE],
    [Number.POSITIVE_INFINITY, Number.MAX_VALUE, Number.MAX_VALUE],
  ])('%d lies between %d and %d', (value, down, up) => {
    expect([beyond(value, 'down', false), beyond(value, 'up', false)]).toEqual([down, up]);
  });

  test.each([
    [1, 0, 2],
    [2, 1, 5],
    [-1, -2, 0],
    [0, -1, 1],
    [10, 5, 20],
  ])('the whole number %d lies between %d and %d', (value, down, up) => {
    expect([beyond(value, 'down', true), beyond(value, 'up', true)]).toEqual([down, up]);
  });

  test('differs from the value, and has one digit', () => {
    const values = fc.oneof(
      fc.double({ noNaN: true, min: -1e300, max: 1e300 }).filter((value) => value === 0 || Math.abs(value) > 1e-300),
      fc
        .tuple(fc.constantFrom(1, 2, 5, -1, -2, -5), fc.integer({ min: -20, max: 20 }))
        .map(([a, b]) => Number(`${a}e${b}`)),
    );
    fc.assert(
      fc.property(values, (value) => {
        const [down, up] = [beyond(value, 'down', false), beyond(value, 'up', false)];
        expect(down < value && value < up).toBe(true);
        for (const bound of [down, up]) expect(Math.abs(bound).toExponential()).toMatch(/^[0125]e/);
      }),
      { numRuns: 2_000 },
    );
  });
});

describe('coarse', () => {
  test.each([
    [0, 100, 0],
    [100, 100, 100],
    [1, 100, 5],
    [4, 100, 5],
    [99, 100, 95],
    [12, 100, 10],
    [13, 100, 15],
    [990, 1000, 990],
    // Neither side of so few rows can be told.
    [1, 9, 4.5],
    [8, 9, 4.5],
    [9, 9, 9],
  ])('%d of %d rows are shown as %d', (part, whole, told) => {
    expect(coarse(part, whole, 5)).toBe(told);
  });

  test('is exact where one row is enough', () => {
    fc.assert(
      fc.property(fc.nat(1000), fc.nat(1000), (part, more) => {
        expect(coarse(part, part + more, 1)).toBe(part);
      }),
    );
  });

  test('never describes fewer rows, on either side', () => {
    fc.assert(
      fc.property(fc.nat(200), fc.nat(200), fc.integer({ min: 2, max: 20 }), (part, more, least) => {
        const whole = part + more;
        const told = coarse(part, whole, least);
        expect([told === 0, told === whole]).toEqual([part === 0, more === 0]);
        if (part > 0 && more > 0 && whole >= 2 * least)
          expect(Math.min(told, whole - told)).toBeGreaterThanOrEqual(least);
      }),
    );
  });
});

test('lengths and counts keep two digits', () => {
  expect([0, 7, 99, 100, 12345].map((value) => twoDigits(value, 'up'))).toEqual([0, 7, 99, 100, 13000]);
  expect([0, 7, 99, 109, 12345].map((value) => twoDigits(value, 'down'))).toEqual([0, 7, 99, 100, 12000]);
});

test('gaps keep one digit, on the side that is the smaller', () => {
  expect([0, 1, 0.333, 0.0123, 0.5, 0.949, 0.99949].map(oneDigit)).toEqual([0, 1, 0.3, 0.01, 0.5, 0.95, 0.9995]);
});

test('shares keep four digits', () => {
  expect([share(1, 3, 1), share(0, 0, 1), share(2, 1_000_000, 1), share(3, 3, 1)]).toEqual([0.3333, 0, 0.000002, 1]);
});
