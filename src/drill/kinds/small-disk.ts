import { statSync } from 'node:fs';
import { join } from 'node:path';
import { mountDisk, mountObstacle } from '../disk.ts';
import { copyImage, imageSize, removeImage, startAfresh } from '../image.ts';
import type { FaultStage, Injected, Kind } from '../kind.ts';

/** The pages of a tmpfs, in bytes. */
const page = 4096;

/** Larger databases would take the memory of the machine. */
const largest = 256 * 2 ** 20;

/** The file lies on a real disk with room for so many pages: database, journal and log share it. */
export const smallDisk: Kind = {
  name: 'small-disk',
  takesProcess: false,
  obstacle: ({ leg }) =>
    statSync(leg.template).size > largest ? 'the database is too large for a disk in memory' : mountObstacle(),
  count: ({ reference }) => Math.ceil(reference.growth / page) + 1,
  inject: fillDisk,
  moment: (_stage, index) => ({
    words: `with ${index === 1 ? '1 page' : `${index} pages`} of 4 KiB left on the disk`,
    statement: null,
  }),
};

function* fillDisk({ leg, migrator, law, path }: FaultStage, indexes: readonly number[]): Iterable<Injected> {
  const room = imageSize(leg.template) + 64 * page;
  const disk = mountDisk(path('disk'), 4 * room);
  if (disk === null) return;
  try {
    const [file, judged] = [join(disk.folder, 'run', 'run.db'), path('judged.db')];
    for (const index of indexes) {
      disk.resize(4 * room);
      startAfresh(leg.template, file);
      disk.resize(Math.ceil(imageSize(file) / page) * page + index * page);
      const ending = migrator.run(file, leg.last);
      copyImage(file, judged);
      removeImage(file);
      yield { index, breach: law.judge(judged, ending) };
    }
    removeImage(judged);
  } finally {
    disk.unmount();
  }
}
