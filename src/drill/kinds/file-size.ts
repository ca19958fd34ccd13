import process from 'node:process';
import { imageSize, removeImage, startAfresh } from '../image.ts';
import type { FaultStage, Injected, Kind } from '../kind.ts';

/** KiB between two limits. */
const step = 4;

/**
 * No file of the command may grow beyond so many KiB: its writes fail there, or it is killed by SIGXFSZ. It stands for a full
 * disk where no PRAGMA reaches the connection.
 */
export const fileSize: Kind = {
  name: 'file-size',
  takesProcess: true,
  obstacle: ({ migrator }) => {
    if (migrator.isOpen) return 'disk-full finds the same, page by page';
    return process.platform === 'win32' ? 'Windows has no ulimit' : migrator.cannotStart;
  },
  count: ({ leg, reference }) => Math.ceil((imageSize(leg.template) + reference.growth) / 1024 / step),
  inject: limitSize,
  moment: (_stage, index) => ({ words: `with files of ${step * (index + 1)} KiB at most`, statement: null }),
};

async function* limitSize(
  { leg, migrator, law, path }: FaultStage,
  indexes: readonly number[],
): AsyncIterable<Injected> {
  const file = path('run/run.db');
  for (const index of indexes) {
    startAfresh(leg.template, file);
    const run = await migrator.start(file, leg.last, { fileSize: step * (index + 1) });
    const { error, killed } = await run.ended;
    yield { index, breach: law.judge(file, killed ? null : { error }) };
  }
  removeImage(file);
}
