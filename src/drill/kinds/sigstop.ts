import { existsSync, readFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { copyImage, removeImage, startAfresh } from '../image.ts';
import type { FaultStage, Injected, Kind } from '../kind.ts';
import type { MigratorProcess } from '../migrator.ts';
import { instantAt, instants, signal, waitForInstant } from './instants.ts';

/**
 * The power fails at an instant that the seed chooses: the process is stopped, its files are copied with journal or log, and
 * the copy is opened. A copy of a running file would mix moments.
 */
export const sigstop: Kind = {
  name: 'sigstop',
  takesProcess: true,
  obstacle: ({ migrator }) =>
    existsSync('/proc/self/stat') ? migrator.cannotStart : 'only Linux tells in /proc that a process has stopped',
  count: () => instants,
  inject: stopAnytime,
  moment: instantAt,
};

async function* stopAnytime(stage: FaultStage, indexes: readonly number[]): AsyncIterable<Injected> {
  const { leg, migrator, law, path } = stage;
  const [file, image] = [path('run/run.db'), path('stopped.db')];
  for (const index of indexes) {
    startAfresh(leg.template, file);
    const run = await migrator.start(file, leg.last, { isSignalled: true });
    await run.begun;
    await waitForInstant(stage, index);
    signal(run, 'SIGSTOP');
    await stopped(run);
    copyImage(file, image);
    signal(run, 'SIGKILL');
    await run.ended;
    yield { index, breach: law.judge(image, null) };
  }
  removeImage(file);
  removeImage(image);
}

/** Waits until the process has stopped or gone; a process in a call of the system stops when the call ends. */
async function stopped({ pid }: MigratorProcess): Promise<void> {
  // The state stands behind the name in parentheses: https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html
  const state = (): string => /\) (\S)/.exec(readFileSync(`/proc/${pid}/stat`, 'utf8'))?.[1] ?? '';
  for (let tries = 0; tries < 10_000; tries++) {
    try {
      if (/[TtZX]/.test(state())) return;
    } catch {
      return;
    }
    await wait(1);
  }
}
