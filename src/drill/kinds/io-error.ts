import { existsSync } from 'node:fs';
import { removeImage, startAfresh } from '../image.ts';
import type { FaultStage, Injected, Kind } from '../kind.ts';
import { momentAt } from './images.ts';

/** The libraries of Debian's package `fiu-utils`. https://blitiri.com.ar/p/libfiu/ */
export const fiuLibraries = ['/usr/lib/fiu/fiu_run_preload.so', '/usr/lib/fiu/fiu_posix_preload.so'] as const;

/** From a statement on every write fails with EIO, in a process of its own, as on a disk that dies. */
export const ioError: Kind = {
  name: 'io-error',
  takesProcess: true,
  obstacle: ({ migrator }) => {
    if (!migrator.isOpen) return 'the statements of a command are not told apart';
    if (!fiuLibraries.every((library) => existsSync(library))) return "Debian's package fiu-utils is not installed";
    return migrator.cannotStart;
  },
  count: ({ reference }) => reference.moments.length,
  inject: failWrites,
  moment: (stage, index) => {
    const { words, statement } = momentAt(stage, index);
    return { words: `with writes that fail from then on: ${words}`, statement };
  },
};

async function* failWrites(
  { leg, migrator, law, path }: FaultStage,
  indexes: readonly number[],
): AsyncIterable<Injected> {
  const file = path('run/run.db');
  for (const index of indexes) {
    startAfresh(leg.template, file);
    const run = await migrator.start(file, leg.last, { failWritesAt: index });
    const { error, killed } = await run.ended;
    yield { index, breach: law.judge(file, killed ? null : { error }) };
  }
  removeImage(file);
}
