// This room disturbs a migrator while it migrates scratch databases, and judges what each fault leaves.
import type { BrokenDrill, DrillKind, DrillResult, DrillSkip, DrillTally } from '../model/drill.ts';
import type { FaultStage, Injected, Kind } from './kind.ts';
import { findPossible, idOf, type Selection, selectById, selectFaults } from './select.ts';

/** The options of a drill. */
export interface DrillOptions {
  /**
   * The number of faults to choose; faults that take a process come beside them, one for twenty. Of a command, which takes a process
   * for each, it is the number of all.
   */
  readonly faults: number;
  readonly seed: number;
  /** The kinds of faults; null for all. */
  readonly kinds: readonly DrillKind[] | null;
  /** The one fault to inject, by its id; null for a drill of many. */
  readonly replay: string | null;
  /** Called after each fault with the numbers of faults done and of all, and those that broke the law. */
  readonly progress: (done: number, total: number, broken: readonly BrokenDrill[]) => void;
}

/**
 * Injects faults into a migrator, on each leg.
 * @throws HarnessError `bad-flag` for a fault to replay that there is not
 */
export async function drill(stages: readonly FaultStage[], options: DrillOptions): Promise<DrillResult> {
  const { faults, kinds, seed, replay, progress } = options;
  const { pairs, obstacles } = findPossible(stages, kinds);
  const selections = replay === null ? selectFaults(pairs, faults, seed) : selectById(pairs, replay);
  const total = selections.reduce((sum, { indexes }) => sum + indexes.length, 0);
  const tallies = new Map<DrillKind, { faults: number; survived: number }>();
  const broken: BrokenDrill[] = [];
  let done = 0;
  for (const selection of selections) {
    const tally = tallies.get(selection.kind.name) ?? { faults: 0, survived: 0 };
    tallies.set(selection.kind.name, tally);
    for await (const injected of selection.kind.inject(selection.stage, selection.indexes)) {
      tally.faults += 1;
      if (injected.breach === null) tally.survived += 1;
      else broken.push(describeBreach(selection, injected, injected.breach));
      done += 1;
      progress(done, total, broken);
    }
    // Gives signals and timers a turn.
    await new Promise(setImmediate);
  }
  const wanted = new Set(selections.map(({ kind }) => kind));
  return {
    tallies: [...tallies]
      .filter(([, { faults: number }]) => number > 0)
      .map(([kind, tally]): DrillTally => ({ kind, ...tally })),
    skips: replay === null ? [...skipsOf(obstacles), ...refused(wanted, tallies)] : [],
    broken,
  };
}

function skipsOf(obstacles: ReadonlyMap<Kind, string>): DrillSkip[] {
  return [...obstacles].map(([{ name }, reason]) => ({ kind: name, reason }));
}

/** Kinds of which no fault could be injected, though nothing spoke against it. */
function refused(wanted: ReadonlySet<Kind>, tallies: ReadonlyMap<DrillKind, { faults: number }>): DrillSkip[] {
  return [...wanted]
    .filter(({ name }) => tallies.get(name)?.faults === 0)
    .map(({ name }) => ({ kind: name, reason: 'the system refuses it' }));
}

function describeBreach(
  { stage, kind }: Selection,
  { index }: Injected,
  breach: NonNullable<Injected['breach']>,
): BrokenDrill {
  const { leg, reference } = stage;
  const { words, statement } = kind.moment(stage, index);
  const moment = statement === null ? undefined : reference.moments[statement];
  const migration = leg.pending[moment?.migration ?? breach.place] ?? leg.last;
  const own = migration.statements.find(({ sql }) => sql === moment?.sql);
  return {
    cause: breach.cause,
    kind: kind.name,
    id: idOf(kind, stage, index),
    position: migration.position,
    moment: words,
    statement: own?.index ?? null,
    left: breach.left,
    retry: breach.retry,
  };
}
