import type { ForeignKeyProfile } from '../../model/profile.ts';
import { shuffledPlaces } from '../values/streams.ts';
import { type Groups, groupsOf, lastStart, startsOf } from './groups.ts';
import { evenRuns, type Run, scaledRuns } from './runs.ts';
import type { RowStanding } from './track.ts';

/** Parents whose children are laid out at a time: the keys of so many are read together. */
export const blockSize = 4_096;

/** A child among the children of its parent. */
export interface Child extends RowStanding {
  /** The place of its parent. */
  readonly parent: number;
}

/** Children dealt out to parents. */
export interface Families {
  /** How many parents have children. */
  readonly parents: number;
  /** The children of the parent that has most. */
  readonly most: number;
  /** The child with a number from 0 on. Children of near numbers have near parents. */
  readonly child: (number: number) => Child;
  /** Another child near the one with a number, by a random number. */
  readonly childNear: (number: number, random: number) => Child;
}

/** How many children, of how many parents. */
export interface FamilyRequest {
  readonly shape: Pick<ForeignKeyProfile, 'children' | 'most'>;
  /** How many children the profile counts. */
  readonly before: number;
  readonly children: number;
  readonly parents: number;
  readonly key: number;
  /**
   * Whether children of a parent have numbers in no order, or such as stand side by side, or such that a parent stands before
   * its children, as in a tree.
   */
  readonly manner: 'scattered' | 'gathered' | 'tree';
}

/** Parents that stand side by side, with their children. */
interface Block {
  readonly at: number;
  /** The place of the first parent, and the number of the first child. */
  readonly first: number;
  readonly start: number;
  readonly families: Groups;
  /** Where families and numbers of children stand in the block. */
  readonly parentOf: (family: number) => number;
  readonly rankOf: (number: number) => number;
}

/** Deals children out so that as many parents as in a profile have one, two, … of them. */
export function familiesOf(request: FamilyRequest): Families {
  const { parents, manner } = request;
  const runs = familyRuns(request);
  const count = Math.max(1, Math.ceil(parents / blockSize));
  const starts = startsOf(Array.from({ length: count }, (_, at) => groupsOf(everyNth(runs, count, at)).rows));
  let open: Block | null = null;
  const blockOf = (number: number): Block => {
    const at = lastStart(starts, count, number);
    if (open?.at !== at) open = openBlock(request, everyNth(runs, count, at), count, at, starts[at] ?? 0);
    return open;
  };
  const childAt = ({ start, first, families, parentOf }: Block, rank: number): Child => {
    const family = families.groupAt(rank);
    const inside = families.startOf(family);
    // The first child of a tree's parent comes after as many others at least: so many rows are there already.
    const parent = manner === 'tree' ? start + inside : first + parentOf(family);
    return { parent, start: start + inside, offset: rank - inside };
  };
  return {
    parents: runs.reduce((sum, run) => sum + run.count, 0),
    most: runs[0]?.size ?? 0,
    child: (number) => {
      const block = blockOf(number);
      return childAt(block, block.rankOf(number - block.start));
    },
    childNear: (number, random) => {
      const block = blockOf(number);
      // A tree goes no further than its rows.
      const end = manner === 'tree' ? number - block.start + 1 : block.families.rows;
      return childAt(block, random % Math.max(1, end));
    },
  };
}

/** The runs of every n-th group: each block has its share of all sizes. */
function everyNth(runs: readonly Run[], n: number, at: number): Run[] {
  const firsts = startsOf(runs.map(({ count }) => count));
  const upTo = (group: number): number => Math.ceil((group - at) / n);
  return runs.map(({ size }, i) => ({ size, count: upTo(firsts[i + 1] ?? 0) - upTo(firsts[i] ?? 0) }));
}

function openBlock(
  { key, parents, manner }: FamilyRequest,
  runs: readonly Run[],
  count: number,
  at: number,
  start: number,
): Block {
  const families = groupsOf(runs);
  const first = at * Math.floor(parents / count) + Math.min(at, parents % count);
  return {
    ...{ at, first, start, families },
    parentOf: shuffledPlaces(key + 2 * at, Math.ceil((parents - at) / count)),
    rankOf: manner === 'scattered' ? shuffledPlaces(key + 2 * at + 1, families.rows) : (number) => number,
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
