import type { Bar } from '../model/histogram.ts';

/** Sizes with how many things have them, in any order, as the bars 0, 1, 2, 3-4, 5-8, 9-16, … that are not empty. */
export function toBars(sizes: Iterable<readonly [size: number, count: number]>): Bar[] {
  const bars = new Map<number, Bar>();
  for (const [size, count] of sizes) {
    const to = size < 2 ? size : 2 ** Math.ceil(Math.log2(size));
    const from = to < 3 ? to : to / 2 + 1;
    bars.set(to, { from, to, count: count + (bars.get(to)?.count ?? 0) });
  }
  return [...bars.values()].filter(({ count }) => count > 0).sort((a, b) => a.to - b.to);
}
