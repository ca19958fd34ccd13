import { copyImage, imageSize, removeImage, startAfresh } from '../image.ts';
import type { FaultMoment, FaultStage, Injected } from '../kind.ts';

/** The bytes that images may take on the disk at once. */
const roomForImages = 256 * 2 ** 20;

/** The number of moments: before each statement, and the end. */
export function countMoments({ reference }: FaultStage): number {
  return reference.moments.length === 0 ? 0 : reference.moments.length + 1;
}

/** The moment before a statement, or after the last one. */
export function momentAt({ reference, leg }: FaultStage, index: number): FaultMoment {
  const moment = reference.moments[index];
  if (moment === undefined) return { words: 'after the last statement', statement: index - 1 };
  const name = leg.pending[moment.migration]?.name ?? leg.last.name;
  return {
    words: `before statement ${index + 1} of ${reference.moments.length} of the run, in ${name}`,
    statement: index,
  };
}

/**
 * Runs the migrator and keeps what lies on the disk at some moments, then judges each image: exactly these files are there
 * when the process is killed at the moment.
 * @param pragmas those of the connection.
 */
export function* judgeImages(
  stage: FaultStage,
  indexes: readonly number[],
  pragmas: readonly string[],
): Iterable<Injected> {
  const size = imageSize(stage.leg.template) + stage.reference.growth;
  const many = Math.max(1, Math.floor(roomForImages / Math.max(1, size)));
  for (let start = 0; start < indexes.length; start += many) {
    const some = indexes.slice(start, start + many);
    takeImages(stage, new Set(some), pragmas);
    for (const index of some) {
      const image = stage.path(imageName(index));
      yield { index, breach: stage.law.judge(image, null) };
      removeImage(image);
    }
  }
}

function imageName(index: number): string {
  return `image-${index}.db`;
}

function takeImages(
  { leg, migrator, reference, path }: FaultStage,
  wanted: ReadonlySet<number>,
  pragmas: readonly string[],
): void {
  const file = path('run/run.db');
  startAfresh(leg.template, file);
  const end = reference.moments.length;
  let begun = 0;
  const take = (index: number): void => {
    if (wanted.has(index)) copyImage(file, path(imageName(index)));
  };
  migrator.run(file, leg.last, {
    drill: {
      pragmas,
      announce: ({ isDone }) => {
        if (!isDone) {
          take(begun);
          begun += 1;
        } else if (begun === end) take(end);
      },
    },
  });
  removeImage(file);
}
