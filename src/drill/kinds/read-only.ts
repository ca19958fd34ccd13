import { chmodSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { mountDisk, mountObstacle } from '../disk.ts';
import { copyImage, imageSize, removeImage, startAfresh } from '../image.ts';
import type { FaultStage, Injected, Kind } from '../kind.ts';

/** The file and its folder are read-only: by a disk that is mounted so for root, whom permissions do not stop. */
export const readOnly: Kind = {
  name: 'read-only',
  takesProcess: false,
  obstacle: () => (isRoot() ? mountObstacle() : null),
  count: () => 1,
  inject: (stage) => (isRoot() ? onReadOnlyDisk(stage) : inReadOnlyFolder(stage)),
  moment: () => ({ words: 'with a file that cannot be written', statement: null }),
};

function isRoot(): boolean {
  return process.getuid?.() === 0;
}

function* onReadOnlyDisk({ leg, migrator, law, path }: FaultStage): Iterable<Injected> {
  const disk = mountDisk(path('disk'), 2 * imageSize(leg.template) + 2 ** 20);
  if (disk === null) return;
  try {
    const [file, judged] = [join(disk.folder, 'run', 'run.db'), path('judged.db')];
    startAfresh(leg.template, file);
    disk.setReadOnly(true);
    const ending = migrator.run(file, leg.last);
    copyImage(file, judged);
    yield { index: 0, breach: law.judge(judged, ending) };
    removeImage(judged);
  } finally {
    disk.unmount();
  }
}

function* inReadOnlyFolder({ leg, migrator, law, path }: FaultStage): Iterable<Injected> {
  const file = path('run/run.db');
  startAfresh(leg.template, file);
  chmodSync(file, 0o444);
  chmodSync(dirname(file), 0o555);
  const ending = migrator.run(file, leg.last);
  chmodSync(dirname(file), 0o700);
  chmodSync(file, 0o600);
  yield { index: 0, breach: law.judge(file, ending) };
  removeImage(file);
}
