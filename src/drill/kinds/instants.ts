import process from 'node:process';
import { setTimeout as wait } from 'node:timers/promises';
import { chance } from '../chance.ts';
import type { FaultMoment, FaultStage } from '../kind.ts';
import type { MigratorProcess } from '../migrator.ts';

/** The instants of a leg: each by the seed, as a share of the time that an undisturbed run takes. */
export const instants = 20;

/** A little beyond the end, where the file is closed. */
const reach = 1.1;

function shareOf({ seed }: FaultStage, index: number): number {
  return reach * chance(seed, index);
}

/** The instant of a fault in words. */
export function instantAt(stage: FaultStage, index: number): FaultMoment {
  return { words: `after ${Math.round(100 * shareOf(stage, index))} % of the time of a run`, statement: null };
}

/** Waits for an instant of a run that has begun. */
export async function waitForInstant(stage: FaultStage, index: number): Promise<void> {
  const until = performance.now() + shareOf(stage, index) * stage.reference.time;
  // A timer is precise to a millisecond, and many runs take only a few.
  if (until - performance.now() > 4) await wait(until - performance.now() - 2);
  while (performance.now() < until);
}

/** Sends a signal to a migrator, which may have ended. */
export function signal({ pid, isGroup }: MigratorProcess, name: NodeJS.Signals): void {
  try {
    process.kill(isGroup ? -pid : pid, name);
  } catch {
    // It has gone by itself.
  }
}
