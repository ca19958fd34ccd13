import type { Kind } from '../kind.ts';
import { unsynced } from '../migrator.ts';
import { countMoments, judgeImages, momentAt } from './images.ts';

/** The process is killed between two statements: the files as they are then, with the usual cache. */
export const kill: Kind = {
  name: 'kill',
  takesProcess: false,
  obstacle: ({ migrator }) => (migrator.isOpen ? null : 'the statements of a command are not told apart'),
  count: countMoments,
  inject: (stage, indexes) => judgeImages(stage, indexes, [unsynced]),
  moment: momentAt,
};
