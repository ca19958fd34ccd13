import fc from 'fast-check';
import { expect, test } from 'vitest';
import { alone, ddmin } from '../../src/shrink/ddmin.ts';

const list = Array.from({ length: 60 }, (_, i) => i);
const parts = fc
  .uniqueArray(fc.nat(59), { minLength: 1, maxLength: 5 })
  .map((numbers) => numbers.sort((a, b) => a - b));

test('ddmin finds exactly the required items', () => {
  fc.assert(
    fc.property(parts, (needed) => {
      const shows = (part: readonly number[]): boolean => needed.every((item) => part.includes(item));
      expect(ddmin(list, shows)).toEqual(needed);
    }),
  );
});

test('ddmin keeps one of several reasons, without a superfluous item', () => {
  const shows = (part: readonly number[]): boolean =>
    part.includes(7) || (part.includes(20) && part.includes(21)) || part.length > 40;
  const found = ddmin(list, shows);
  expect(shows(found)).toBe(true);
  for (const item of found) expect(shows(found.filter((other) => other !== item))).toBe(false);
});

test('alone finds every item that has an effect by itself, in few tries', () => {
  fc.assert(
    fc.property(parts, (guilty) => {
      let tries = 0;
      const shows = (part: readonly number[]): boolean => {
        tries += 1;
        return part.some((item) => guilty.includes(item));
      };
      expect(alone(list, shows)).toEqual(guilty);
      // Two tries on each of six levels for each of them.
      expect(tries).toBeLessThanOrEqual(1 + 12 * guilty.length);
    }),
  );
});

test('ddmin finds an effect that takes two items, and alone does not', () => {
  const shows = (part: readonly number[]): boolean => part.includes(3) && part.includes(50);
  expect(alone(list, shows)).toEqual([]);
  expect(ddmin(list, shows)).toEqual([3, 50]);
});
