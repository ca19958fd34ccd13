import { removeImage, startAfresh } from '../image.ts';
import type { FaultStage, Injected, Kind } from '../kind.ts';
import { instantAt, instants, signal, waitForInstant } from './instants.ts';

/** A process of its own gets SIGKILL at an instant that the seed chooses, wherever it is then. */
export const sigkillAnytime: Kind = {
  name: 'sigkill-anytime',
  takesProcess: true,
  obstacle: ({ migrator }) => migrator.cannotStart,
  count: () => instants,
  inject: killAnytime,
  moment: instantAt,
};

async function* killAnytime(stage: FaultStage, indexes: readonly number[]): AsyncIterable<Injected> {
  const { leg, migrator, law, path } = stage;
  const file = path('run/run.db');
  for (const index of indexes) {
    startAfresh(leg.template, file);
    const run = await migrator.start(file, leg.last, { isSignalled: true });
    await run.begun;
    await waitForInstant(stage, index);
    signal(run, 'SIGKILL');
    const { killed, error } = await run.ended;
    yield { index, breach: law.judge(file, killed ? null : { error }) };
  }
  removeImage(file);
}
