/**
 * How much of what is exhaustive a test tries: a part of it in `pnpm test`, all of it in `pnpm test:deep` and on the oldest
 * Node. `vitest.config.ts` finds the files that import this one, and runs them in both.
 */

/** Whether this run is the wide one. */
export const isWide = process.env['TEST_BREADTH'] === 'wide';

/** `wide` where a run is as wide as can be, otherwise `narrow`. */
export function breadth<T>(narrow: T, wide: T): T {
  return isWide ? wide : narrow;
}

/** Every case in a wide run, otherwise `count` of them, spread over the whole list: the same ones each time. */
export function some<T>(cases: readonly T[], count: number): readonly T[] {
  if (isWide) return cases;
  return cases.filter(
    (_, i) => Math.floor((i * count) / cases.length) !== Math.floor(((i - 1) * count) / cases.length),
  );
}

/**
 * Every case in a wide run, otherwise the share that falls to the `place`-th caller. Any `parts` neighbours together meet
 * every case.
 */
export function share<T>(cases: readonly T[], place: number, parts: number): readonly T[] {
  return isWide ? cases : cases.filter((_, i) => i % parts === place % parts);
}

/** The seed numbers of the `place`-th case: all twenty in a wide run, otherwise one of them, which its neighbours have not. */
export function seedNumbers(place: number): readonly number[] {
  return isWide ? Array.from({ length: 20 }, (_, i) => i + 1) : [1 + (place % 20)];
}
