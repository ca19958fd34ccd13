import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { oneDigit, outward, share, twoDigits } from '../../src/profile/round.ts';

describe('outward', () => {
  test.each([
    [0, 0, 0],
    [1, 1, 1],
    [3, 2, 5],
    [7, 5, 10],
    [8.7, 5, 10],
    [0.25, 0.2, 0.5],
    [0.07, 0.05, 0.1],
    [42, 40, 50],
    [99.5, 90, 100],
    [100, 100, 100],
    [123, 120, 130],
    [999, 990, 1000],
    [8675309, 8600000, 8700000],
    [-8675309, -8700000, -8600000],
    [-3, -5, -2],
    [1e-320, 1e-320, 1e-320],
    [Number.MAX_VALUE, 1.7e308, Number.MAX_VALUE],
    [Number.POSITIVE_INFINITY, Number.MAX_VALUE, Number.MAX_VALUE],
  ])('%d lies between %d and %d', (value, down, up) => {
    expect([outward(value, 'down'), outward(value, 'up')]).toEqual([down, up]);
  });

  test('never cuts a value off, and never shows more than two digits of it', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, min: -1.7e308, max: 1.7e308 }), (value) => {
        const [down, up] = [outward(value, 'down'), outward(value, 'up')];
        expect(down <= value && value <= up).toBe(true);
        for (const bound of [down, up]) expect(digitsOf(bound).length).toBeLessThanOrEqual(2);
        expect([outward(down, 'down'), outward(up, 'up')]).toEqual([down, up]);
      }),
      { numRuns: 2_000 },
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
  expect([share(1, 3), share(0, 0), share(2, 1_000_000), share(3, 3)]).toEqual([0.3333, 0, 0.000002, 1]);
});

function digitsOf(value: number): string {
  const [digits = ''] = Math.abs(value).toExponential().split('e');
  return value === Number.MAX_VALUE || value === -Number.MAX_VALUE ? '' : digits.replace('.', '');
}
