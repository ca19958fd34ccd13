import { readFileSync, statSync, truncateSync } from 'node:fs';
import { copyImage, removeImage, startAfresh } from '../image.ts';
import type { FaultStage, Injected, Kind } from '../kind.ts';
import { unsynced } from '../migrator.ts';

/** https://sqlite.org/fileformat2.html#the_write_ahead_log */
const headerSize = 32;
const frameHeaderSize = 24;

/**
 * The power fails before the last writes to the write-ahead log have reached the disk: the log is cut off after each frame,
 * and in the middle of each. Nothing is checkpointed, so that every cut is one that a disk can leave.
 */
export const tornLog: Kind = {
  name: 'torn-log',
  takesProcess: false,
  obstacle: ({ migrator }) => (migrator.isOpen ? null : 'a checkpoint of a command cannot be held back'),
  count: (stage) => 2 * countFrames(stage),
  inject: cutLogs,
  moment: (_stage, index) => ({
    words: `with ${index % 2 === 0 ? '' : 'half a frame more than '}${Math.floor(index / 2)} frames of the log on the disk`,
    statement: null,
  }),
};

/** The frames of a run; none in another journal mode. */
function countFrames(stage: FaultStage): number {
  const file = runToEnd(stage);
  const size = statSync(`${file}-wal`, { throwIfNoEntry: false })?.size ?? 0;
  const frames = size === 0 ? 0 : Math.floor((size - headerSize) / frameSizeOf(file));
  removeImage(file);
  return frames;
}

function* cutLogs(stage: FaultStage, indexes: readonly number[]): Iterable<Injected> {
  const whole = runToEnd(stage);
  const frame = frameSizeOf(whole);
  const image = stage.path('cut.db');
  for (const index of indexes) {
    copyImage(whole, image);
    const frames = Math.floor(index / 2);
    truncateSync(`${image}-wal`, headerSize + frames * frame + (index % 2) * Math.floor(frame / 2));
    yield { index, breach: stage.law.judge(image, null) };
    removeImage(image);
  }
  removeImage(whole);
}

/** The files on the disk after the last statement, with the whole log. */
function runToEnd({ leg, migrator, reference, path }: FaultStage): string {
  const [file, kept] = [path('run/run.db'), path('log.db')];
  startAfresh(leg.template, file);
  let done = 0;
  migrator.run(file, leg.last, {
    drill: {
      pragmas: [unsynced, 'wal_autocheckpoint = 0'],
      announce: ({ isDone }) => {
        if (isDone) done += 1;
        if (isDone && done === reference.moments.length) copyImage(file, kept);
      },
    },
  });
  removeImage(file);
  return kept;
}

function frameSizeOf(file: string): number {
  const size = readFileSync(`${file}-wal`).readUInt32BE(8);
  return frameHeaderSize + size;
}
