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

/** Where the groups of a part begin. */
interface Area {
  readonly part: Part;
  readonly values: Values;
  readonly rank: number;
  readonly rows: number;
  readonly group: number;
  readonly groups: number;
}

/** The first texts of an area that are other spellings of texts, which begin with the group `of`. */
interface Twins {
  readonly count: number;
  readonly of: number;
}

/**
 * Lays parts out one after the other.
 * @param variants how many texts are there in two spellings
 */
export function layOut(laid: readonly Laid[], variants: number): Layout {
  const areas = areasOf(laid);
  const stretches = laid.flatMap(({ runs }, i) => stretchesOf(runs, areas[i]));
  const twins = pairSpellings(areas, variants);
  const [main] = areas.toSorted((a, b) => b.rows - a.rows);
  const byRank = finder(stretches, (stretch) => stretch.rank);
  const byGroup = finder(stretches, (stretch) => stretch.group);
  const valueAt = (wanted: number): SqlValue => {
    const stretch = byGroup(wanted);
    if (stretch === undefined) return null;
    const { area, size } = stretch;
    const inside = wanted - area.group;
    const { count, of } = twins.get(area) ?? { count: 0, of: 0 };
    if (inside < count) return otherSpelling(valueAt(of + inside));
    const start = stretch.rank + (wanted - stretch.group) * size - area.rank;
    // The first is the shortest.
    return area.values(inside, start === 0 ? 0 : (start + size / 2) / area.rows);
  };
  return {
    rows: areas.reduce((sum, { rows }) => sum + rows, 0),
    groups: areas.reduce((sum, { groups }) => sum + groups, 0),
    groupAt: (wanted) => {
      const stretch = byRank(wanted);
      return stretch === undefined ? 0 : stretch.group + Math.floor((wanted - stretch.rank) / stretch.size);
    },
    startOf: (wanted) => {
      const stretch = byGroup(wanted);
      return stretch === undefined ? 0 : stretch.rank + (wanted - stretch.group) * stretch.size;
    },
    valueAt,
    bySize: sizeOrder(stretches),
    freshValue: (number) => main?.values(main.groups + number, 0.5) ?? null,
  };
}

function areasOf(laid: readonly Laid[]): Area[] {
  let [rank, group] = [0, 0];
  return laid.map(({ part, runs }) => {
    const groups = runs.reduce((all, { count }) => all + count, 0);
    const rows = runs.reduce((all, { size, count }) => all + size * count, 0);
    const area = { part, values: part.values(groups, group), rank, rows, group, groups };
    rank += rows;
    group += groups;
    return area;
  });
}

function stretchesOf(runs: readonly Run[], area: Area | undefined): Stretch[] {
  if (area === undefined) return [];
  let { rank, group } = area;
  return runs.map((run) => {
    const stretch = { ...run, rank, group, area };
    rank += run.size * run.count;
    group += run.count;
    return stretch;
  });
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
function pairSpellings(areas: readonly Area[], variants: number): ReadonlyMap<Area, Twins> {
  const [small] = areas.filter(({ part }) => part.spelling === 'small').sort((a, b) => b.groups - a.groups);
  let missing = variants;
  return new Map(
    areas.flatMap((area): [Area, Twins][] => {
      if (area.part.spelling !== 'capital') return [];
      const most = small === undefined ? Math.floor(area.groups / 2) : Math.min(small.groups, area.groups);
      const count = Math.min(missing, most);
      missing -= count;
      return [[area, { count, of: small?.group ?? area.group + count }]];
    }),
  );
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
