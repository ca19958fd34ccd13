import type { ForeignKeyProfile } from '../../model/profile.ts';
import { evenRuns, type Run, scaledRuns } from './runs.ts';
import { shuffledPlaces } from './shuffled-places.ts';

/** Parents whose children are laid out at a time: memory does not grow with their number. */
export const blockSize = 4_096;

/** Where a child stands. */
export interface Child {
  /** The place of its parent. */
  parent: number;
  /** How many children of the parent stand before it. */
  offset: number;
  /** How many children of all parents do. */
  position: number;
}

/** Children dealt out to parents. */
export interface Families {
  /** How many parents have children. */
  readonly parents: number;
  /** The children of the parent that has most. */
  readonly most: number;
  /** Finds the child with a number from 0 on into `child`. Numbers are asked in about rising order. */
  readonly find: (number: number, child: Child) => void;
  /** Another child near the last one, by a random number. */
  readonly findNear: (random: number, child: Child) => void;
}

/** How many children, of how many parents. */
export interface FamilyRequest {
  readonly shape: Pick<ForeignKeyProfile, 'children' | 'most'>;
  /** How many children the profile counts. */
  readonly before: number;
  readonly children: number;
  readonly parents: number;
  readonly key: number;
  /** Whether a parent must stand before its children, as in a tree. */
  readonly ordered: boolean;
  /** Whether children of a parent are to be found side by side. */
  readonly gathered: boolean;
}

/** Deals children out so that as many parents as in a profile have one, two, … of them. */
export function familiesOf(request: FamilyRequest): Families {
  const { parents, key, ordered, gathered } = request;
  const dealt = familyRuns(request);
  const holders = dealt.reduce((sum, { count }) => sum + count, 0);
  const runs = [...dealt, { size: 0, count: parents }];
  // In a tree only those that have children are gone through.
  const places = ordered ? holders : parents;
  const placeOf = shuffledPlaces(key, places);
  const sizeAt = (place: number): number => {
    let left = placeOf(place);
    for (const { size, count } of runs) {
      if (left < count) return size;
      left -= count;
    }
    return 0;
  };
  const starts = new Float64Array(Math.min(places, blockSize) + 1);
  let [first, count, isOpen] = [0, 0, false];
  let shuffled: (index: number) => number = (index) => index;
  const open = (from: number, start: number): void => {
    [first, count, isOpen] = [from, Math.min(blockSize, places - from), true];
    starts[0] = start;
    for (let i = 0; i < count; i++) starts[i + 1] = (starts[i] ?? 0) + sizeAt(from + i);
    const size = (starts[count] ?? 0) - start;
    shuffled = ordered || gathered ? (index) => index : shuffledPlaces(key + from + 1, size);
  };
  const locate = (position: number, child: Child): void => {
    let [low, high] = [0, count - 1];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] ?? 0) <= position) low = middle;
      else high = middle - 1;
    }
    // The first child of a tree's parent comes after as many others at least: so many rows are there already.
    child.parent = ordered ? (starts[low] ?? 0) : first + low;
    child.offset = position - (starts[low] ?? 0);
    child.position = position;
  };
  const begin = (): number => starts[0] ?? 0;
  const end = (): number => starts[count] ?? 0;
  return {
    parents: holders,
    most: runs[0]?.size ?? 0,
    find: (number, child) => {
      if (!isOpen || number < begin()) open(0, 0);
      while (number >= end() && first + count < places) open(first + count, end());
      const inside = Math.min(number, end() - 1) - begin();
      locate(begin() + shuffled(inside), child);
    },
    findNear: (random, child) => {
      if (!isOpen) open(0, 0);
      // A tree goes no further than its rows.
      const size = ordered ? Math.min(child.position + 1, end()) - begin() : end() - begin();
      locate(begin() + (random % Math.max(1, size)), child);
    },
  };
}

function familyRuns({ shape, before, children: total, parents }: FamilyRequest): Run[] {
  const bars = shape.children ?? [];
  const known = bars.reduce((sum, { count }) => sum + count, 0);
  if (known === 0 || total === 0) return evenRuns(total, parents);
  const runs = scaledRuns({ bars, largest: shape.most, rows: before }, total, () => parents / known);
  const groups = runs.reduce((sum, { count }) => sum + count, 0);
  return groups <= parents ? runs : evenRuns(total, parents);
}
