import { removeImage, startAfresh } from '../image.ts';
import type { FaultStage, Injected, Kind } from '../kind.ts';
import { unsynced } from '../migrator.ts';
import { momentAt } from './images.ts';

/** A process of its own kills itself with SIGKILL before a statement. */
export const sigkill: Kind = {
  name: 'sigkill',
  takesProcess: true,
  obstacle: ({ migrator }) =>
    migrator.isOpen ? migrator.cannotStart : 'the statements of a command are not told apart',
  count: ({ reference }) => reference.moments.length,
  inject: killThemselves,
  moment: momentAt,
};

async function* killThemselves(
  { leg, migrator, law, path }: FaultStage,
  indexes: readonly number[],
): AsyncIterable<Injected> {
  const file = path('run/run.db');
  for (const index of indexes) {
    startAfresh(leg.template, file);
    const run = await migrator.start(file, leg.last, { killAt: index, pragmas: [unsynced] });
    const { killed } = await run.ended;
    if (killed) yield { index, breach: law.judge(file, null) };
  }
  removeImage(file);
}
