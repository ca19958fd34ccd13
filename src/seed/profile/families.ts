import type { ForeignKeyProfile } from '../../model/profile.ts';
import { evenRuns, lastStart, type Run, scaledRuns } from './runs.ts';
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

/** The children of some parents that stand side by side. */
interface Block {
  /** The place of the first parent. */
  readonly first: number;
  readonly count: number;
  /** The number of the first child of each parent, and of the next block. */
  readonly starts: Float64Array;
  readonly shuffled: (index: number) => number;
}

/** Deals children out so that as many parents as in a profile have one, two, … of them. */
export function familiesOf(request: FamilyRequest): Families {
  const { parents, ordered } = request;
  const dealt = familyRuns(request);
  const holders = dealt.reduce((sum, { count }) => sum + count, 0);
  const sizeAt = sizesOf([...dealt, { size: 0, count: parents }], request.key, parents);
  let block: Block | null = null;
  return {
    parents: holders,
    most: dealt[0]?.size ?? 0,
    find: (number, child) => {
      let at: Block = block === null || number < startOf(block) ? openBlock(request, sizeAt, 0, 0) : block;
      while (number >= endOf(at) && at.first + at.count < parents)
        at = openBlock(request, sizeAt, at.first + at.count, endOf(at));
      block = at;
      const inside = Math.min(number, endOf(at) - 1) - startOf(at);
      locate(at, startOf(at) + at.shuffled(inside), ordered, child);
    },
    findNear: (random, child) => {
      const at: Block = block ?? openBlock(request, sizeAt, 0, 0);
      block = at;
      // A tree goes no further than its rows.
      const end = ordered ? Math.min(child.position + 1, endOf(at)) : endOf(at);
      locate(at, startOf(at) + (random % Math.max(1, end - startOf(at))), ordered, child);
    },
  };
}

/** How many children the parent at a place has: the runs in a shuffled order. */
function sizesOf(runs: readonly Run[], key: number, places: number): (place: number) => number {
  const placeOf = shuffledPlaces(key, places);
  return (place) => {
    let left = placeOf(place);
    for (const { size, count } of runs) {
      if (left < count) return size;
      left -= count;
    }
    return 0;
  };
}

function openBlock(
  { key, parents, ordered, gathered }: FamilyRequest,
  sizeAt: (place: number) => number,
  first: number,
  start: number,
): Block {
  const count = Math.min(blockSize, parents - first);
  const starts = new Float64Array(count + 1);
  starts[0] = start;
  for (let i = 0; i < count; i++) starts[i + 1] = (starts[i] ?? 0) + sizeAt(first + i);
  const size = (starts[count] ?? 0) - start;
  const shuffled = ordered || gathered ? (index: number) => index : shuffledPlaces(key + first + 1, size);
  return { first, count, starts, shuffled };
}

function startOf({ starts }: Block): number {
  return starts[0] ?? 0;
}

function endOf({ starts, count }: Block): number {
  return starts[count] ?? 0;
}

/** Finds the child at a position of a block into `child`. */
function locate({ first, count, starts }: Block, position: number, ordered: boolean, child: Child): void {
  const place = lastStart(starts, count, position);
  const start = starts[place] ?? 0;
  // The first child of a tree's parent comes after as many others at least: so many rows are there already.
  child.parent = ordered ? start : first + place;
  child.offset = position - start;
  child.position = position;
}

function familyRuns({ shape, before, children: total, parents }: FamilyRequest): Run[] {
  const bars = shape.children ?? [];
  const known = bars.reduce((sum, { count }) => sum + count, 0);
  if (known === 0 || total === 0) return evenRuns(total, parents);
  const runs = scaledRuns({ bars, largest: shape.most, rows: before }, total, () => parents / known);
  const groups = runs.reduce((sum, { count }) => sum + count, 0);
  return groups <= parents ? runs : evenRuns(total, parents);
}
