import type { SqlValue } from '../../model/connection.ts';
import type { Part, Values } from './parts.ts';
import { lastStart, type Run } from './runs.ts';

/** The values of a column: its ranks, from 0 on, are the rows that hold one, those of equal value side by side. */
export interface Layout {
  /** How many rows hold a value. */
  readonly rows: number;
  /** How many different values there are. */
  readonly groups: number;
  readonly groupAt: (rank: number) => number;
  /** The first rank of a group. */
  readonly startOf: (group: number) => number;
  readonly valueAt: (group: number) => SqlValue;
  /** The group with the most rows for 0, and so on to those with one. */
  readonly bySize: (place: number) => number;
  /** A value that no group has. */
  readonly freshValue: (number: number) => SqlValue;
}

/** A part with the groups that it got. */
export interface Laid {
  readonly part: Part;
  readonly runs: readonly Run[];
}

/** Where the groups of one size begin. */
interface Stretch extends Run {
  readonly rank: number;
  readonly group: number;
  readonly area: Area;
}

interface Area {
  readonly values: Values;
  readonly rank: number;
  readonly rows: number;
  readonly group: number;
  readonly groups: number;
  /** How many of its first values are other spellings of those of `twins`. */
  twinned: number;
  twins: Area | null;
}

/**
 * Lays parts out one after the other.
 * @param variants how many texts are there in two spellings
 */
export function layOut(laid: readonly Laid[], variants: number): Layout {
  const stretches: Stretch[] = [];
  const areas = new Map<Part, Area>();
  let [rank, group] = [0, 0];
  for (const { part, runs } of laid) {
    const groups = runs.reduce((all, { count }) => all + count, 0);
    const rows = runs.reduce((all, { size, count }) => all + size * count, 0);
    const area: Area = { values: part.values(groups, group), rank, rows, group, groups, twinned: 0, twins: null };
    areas.set(part, area);
    for (const run of runs) {
      stretches.push({ ...run, rank, group, area });
      rank += run.size * run.count;
      group += run.count;
    }
  }
  pairSpellings(areas, variants);
  const main = [...areas.values()].reduce<Area | null>(
    (best, area) => (best && best.rows >= area.rows ? best : area),
    null,
  );
  const byRank = finder(stretches, (stretch) => stretch.rank);
  const byGroup = finder(stretches, (stretch) => stretch.group);
  const bySize = sizeOrder(stretches);
  const startOf = (wanted: number): number => {
    const stretch = byGroup(wanted);
    return stretch === undefined ? 0 : stretch.rank + (wanted - stretch.group) * stretch.size;
  };
  const valueAt = (wanted: number): SqlValue => {
    const stretch = byGroup(wanted);
    if (stretch === undefined) return null;
    const { area, size } = stretch;
    const inside = wanted - area.group;
    if (area.twins !== null && inside < area.twinned) return otherSpelling(valueAt(twinOf(area, inside)));
    const start = stretch.rank + (wanted - stretch.group) * size - area.rank;
    // The first is the shortest.
    return area.values(inside, start === 0 ? 0 : (start + size / 2) / area.rows);
  };
  return {
    rows: rank,
    groups: group,
    groupAt: (wanted) => {
      const stretch = byRank(wanted);
      return stretch === undefined ? 0 : stretch.group + Math.floor((wanted - stretch.rank) / stretch.size);
    },
    startOf,
    valueAt,
    bySize,
    freshValue: (number) => main?.values(main.groups + number, 0.5) ?? null,
  };
}

/** Finds groups by their place when the largest come first. */
function sizeOrder(stretches: readonly Stretch[]): (place: number) => number {
  const sorted = stretches.toSorted((a, b) => b.size - a.size);
  return (place) => {
    let left = place;
    for (const { group, count } of sorted) {
      if (left < count) return group + left;
      left -= count;
    }
    return 0;
  };
}

/** The last stretch that begins at or before a number. */
function finder(
  stretches: readonly Stretch[],
  startOf: (stretch: Stretch) => number,
): (at: number) => Stretch | undefined {
  const starts = stretches.map(startOf);
  return (at) => stretches[lastStart(starts, starts.length, at)];
}

/** Makes the first texts with capitals other spellings of texts in small letters, or of their own neighbours. */
function pairSpellings(areas: ReadonlyMap<Part, Area>, variants: number): void {
  const spelled = (spelling: Part['spelling']): Area[] =>
    [...areas].filter(([part]) => part.spelling === spelling).map(([, area]) => area);
  const small = spelled('small').sort((a, b) => b.groups - a.groups)[0];
  let missing = variants;
  for (const area of spelled('capital')) {
    const own = Math.floor(area.groups / 2);
    const useSmall = small !== undefined && Math.min(small.groups, area.groups) > own;
    area.twinned = Math.min(missing, useSmall ? Math.min(small.groups, area.groups) : own);
    area.twins = useSmall ? small : area;
    missing -= area.twinned;
  }
}

function twinOf({ twins, twinned, group }: Area, inside: number): number {
  const from = twins?.group ?? group;
  return from === group ? group + twinned + inside : from + inside;
}

/** The same text with capitals; one that begins with a capital in capitals alone. */
function otherSpelling(value: SqlValue): SqlValue {
  if (typeof value !== 'string') return value;
  const first = value.search(/[a-z]/);
  if (first < 0) return value;
  return /[A-Z]/.test(value)
    ? value.toUpperCase()
    : value.slice(0, first) + value.charAt(first).toUpperCase() + value.slice(first + 1);
}
