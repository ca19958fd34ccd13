import type { Bar } from '../model/histogram.ts';

/** The number of things of each size. */
export type Sizes = Iterable<readonly [size: number, count: number]>;

/** A bar with what makes it worth telling. */
interface Weighed extends Bar {
  readonly weight: number;
}

/**
 * Sizes with how many things have them, in any order, as the bars 0, 1, 2, 3-4, 5-8, 9-16, … that are not empty. A
 * bar that weighs less than `least` is told together with its neighbour.
 * @param weightOf what a thing of a size weighs
 */
export function toHistogram(sizes: Sizes, least: number, weightOf: (size: number) => number): Bar[] {
  const bars = new Map<number, Weighed>();
  for (const [size, count] of sizes) {
    if (count === 0) continue;
    const to = size < 2 ? size : 2 ** Math.ceil(Math.log2(size));
    const bar = { from: to < 3 ? to : to / 2 + 1, to, count, weight: weightOf(size) * count };
    bars.set(to, joined(bars.get(to), bar));
  }
  const told: Weighed[] = [];
  for (const bar of [...bars.values()].sort((a, b) => a.to - b.to)) {
    const last = told.at(-1);
    if (last !== undefined && last.weight < least) told.splice(-1, 1, joined(last, bar));
    else told.push(bar);
  }
  const [top, ...others] = told.toReversed();
  const [next, ...rest] = others;
  const whole =
    top !== undefined && next !== undefined && top.weight < least ? [joined(next, top), ...rest] : [...told].reverse();
  return whole.reverse().map(({ from, to, count }) => ({ from, to, count }));
}

function joined(one: Weighed | undefined, other: Weighed): Weighed {
  if (one === undefined) return other;
  const [from, to] = [Math.min(one.from, other.from), Math.max(one.to, other.to)];
  return { from, to, count: one.count + other.count, weight: one.weight + other.weight };
}
