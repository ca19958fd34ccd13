import type { Run } from './runs.ts';

/** Rows that are dealt out to groups: by their ranks, from 0 on, those of one group stand side by side. */
export interface Groups {
  readonly rows: number;
  readonly groups: number;
  readonly groupAt: (rank: number) => number;
  /** The first rank of a group; behind the last group it is the number of rows. */
  readonly startOf: (group: number) => number;
  /** The group with the most rows for 0, and so on to those with one. */
  readonly bySize: (place: number) => number;
}

/** The groups of some runs, one run after the other. */
export function groupsOf(runs: readonly Run[]): Groups {
  const ranks = startsOf(runs.map(({ size, count }) => size * count));
  const firsts = startsOf(runs.map(({ count }) => count));
  const sizeOf = (run: number): number => runs[run]?.size ?? 1;
  const sorted = runs.map((_, run) => run).sort((a, b) => sizeOf(b) - sizeOf(a));
  const places = startsOf(sorted.map((run) => runs[run]?.count ?? 0));
  return {
    rows: ranks.at(-1) ?? 0,
    groups: firsts.at(-1) ?? 0,
    groupAt: (rank) => {
      const run = lastStart(ranks, runs.length, rank);
      return (firsts[run] ?? 0) + Math.floor((rank - (ranks[run] ?? 0)) / sizeOf(run));
    },
    startOf: (group) => {
      const run = lastStart(firsts, runs.length, group);
      return (ranks[run] ?? 0) + (group - (firsts[run] ?? 0)) * sizeOf(run);
    },
    bySize: (place) => {
      const at = lastStart(places, sorted.length, place);
      return (firsts[sorted[at] ?? 0] ?? 0) + place - (places[at] ?? 0);
    },
  };
}

/** Where each of some amounts begins when they stand side by side, and where the last one ends. */
export function startsOf(amounts: readonly number[]): number[] {
  const starts = [0];
  for (const amount of amounts) starts.push((starts.at(-1) ?? 0) + amount);
  return starts;
}

/** The place of the last of `count` rising starts at or before `at`; 0 if there is none. */
export function lastStart(starts: readonly number[], count: number, at: number): number {
  let [low, high] = [0, Math.max(0, count - 1)];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((starts[middle] ?? 0) <= at) low = middle;
    else high = middle - 1;
  }
  return low;
}
