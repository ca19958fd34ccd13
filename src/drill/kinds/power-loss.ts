import type { Kind } from '../kind.ts';
import { countMoments, judgeImages, momentAt } from './images.ts';

/**
 * The power fails between two statements. The cache holds so little that most of what is not committed lies in the file
 * already, and only the journal or the log knows the way back: https://sqlite.org/pragma.html#pragma_cache_spill
 */
export const powerLoss: Kind = {
  name: 'power-loss',
  takesProcess: false,
  obstacle: ({ migrator }) => (migrator.isOpen ? null : 'the statements of a command are not told apart'),
  count: countMoments,
  inject: (stage, indexes) => judgeImages(stage, indexes, ['cache_size = 1', 'cache_spill = 1']),
  moment: momentAt,
};
