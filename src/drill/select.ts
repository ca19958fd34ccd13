import { HarnessError } from '../errors.ts';
import { type DrillKind, drillKinds } from '../model/drill.ts';
import type { FaultStage, Kind } from './kind.ts';
import { kinds } from './kinds.ts';
import { spread } from './spread.ts';

/** The faults of one kind on one leg, by their numbers in rising order. */
export interface Selection {
  readonly stage: FaultStage;
  readonly kind: Kind;
  readonly indexes: readonly number[];
}

/** A fault that takes a process costs as much as so many of the others. */
const costOfProcess = 20;

/** The id of a fault, which selects it again: `kill:0003_users/wal#17`. */
export function idOf({ name }: Kind, { leg }: FaultStage, index: number): string {
  return `${name}:${leg.id}#${index}`;
}

/**
 * Chooses faults by the seed: of each kind an equal share of the budget, spread over all that it has on all legs. The
 * share that a kind with few faults leaves over goes to the others.
 * @param possible only kinds without an obstacle.
 */
export function selectFaults(possible: readonly Pair[], budget: number, seed: number): Selection[] {
  const counts = new Map<Kind, number>();
  for (const { kind, count } of possible) counts.set(kind, (counts.get(kind) ?? 0) + count);
  // Each run of a command is a process.
  const isClosed = possible.some(({ stage }) => !stage.migrator.isOpen);
  const ofProcesses = [...counts].filter(([{ takesProcess }]) => takesProcess || isClosed);
  const others = [...counts].filter(([{ takesProcess }]) => !takesProcess && !isClosed);
  const inProcesses = isClosed ? budget : Math.max(ofProcesses.length, Math.ceil(budget / costOfProcess));
  const shares = new Map([...share(others, budget), ...share(ofProcesses, inProcesses)]);
  const chosen = new Map([...counts].map(([kind, count], i) => [kind, spread(count, shares.get(kind) ?? 0, seed + i)]));
  const offsets = new Map<Kind, number>();
  return possible.flatMap(({ stage, kind, count }) => {
    const offset = offsets.get(kind) ?? 0;
    offsets.set(kind, offset + count);
    const places = chosen.get(kind) ?? [];
    const indexes = places.filter((place) => place >= offset && place < offset + count).map((place) => place - offset);
    return indexes.length === 0 ? [] : [{ stage, kind, indexes }];
  });
}

/** A kind on a leg, with the number of faults that it has there. */
export interface Pair {
  readonly stage: FaultStage;
  readonly kind: Kind;
  readonly count: number;
}

/** Shares a budget equally; the kinds with the fewest faults come first and leave over what they do not need. */
function share(counts: readonly (readonly [Kind, number])[], budget: number): [Kind, number][] {
  const rising = [...counts].sort(([, one], [, other]) => one - other);
  let left = budget;
  return rising.map(([kind, count], i) => {
    const given = Math.min(count, Math.ceil(left / (rising.length - i)));
    left -= given;
    return [kind, given];
  });
}

/**
 * The one fault with an id.
 * @throws HarnessError `bad-flag` for an id that no fault has
 */
export function selectById(possible: readonly Pair[], id: string): Selection[] {
  const [, name = '', leg = '', number = ''] = /^([a-z-]+):(.+)#(\d+)$/.exec(id) ?? [];
  const pair = possible.find(({ stage, kind }) => kind.name === name && stage.leg.id === leg);
  const index = Number(number);
  if (pair !== undefined && number !== '' && index < pair.count) return [{ ...pair, indexes: [index] }];
  const known = [...new Set(possible.map(({ stage }) => stage.leg.id))].join(', ');
  const why = pair === undefined ? 'has no such kind or migration' : `has ${pair.count} faults of this kind there`;
  throw new HarnessError('bad-flag', `--replay ${id}: this drill ${why}.`, {
    remedy: `An id is KIND:MIGRATION#NUMBER with a kind of ${drillKinds.join(', ')} and one of ${known}.`,
    facts: { id },
  });
}

/**
 * Every kind on every leg that has faults of it, and the reasons why others have none.
 * @param wanted the kinds to look at; null for all.
 */
export function findPossible(
  stages: readonly FaultStage[],
  wanted: readonly DrillKind[] | null,
): { pairs: Pair[]; obstacles: Map<Kind, string> } {
  const obstacles = new Map<Kind, string>();
  const looked = kinds.filter(({ name }) => wanted === null || wanted.includes(name));
  const pairs = looked.flatMap((kind) =>
    stages.flatMap((stage) => {
      const obstacle = kind.obstacle(stage);
      if (obstacle !== null) obstacles.set(kind, obstacle);
      const count = obstacle === null ? kind.count(stage) : 0;
      return count === 0 ? [] : [{ stage, kind, count }];
    }),
  );
  for (const { kind } of pairs) obstacles.delete(kind);
  return { pairs, obstacles };
}
