import { removeImage, startAfresh } from '../image.ts';
import type { FaultStage, Injected, Kind } from '../kind.ts';
import { unsynced } from '../migrator.ts';

/**
 * The disk is full: the file may have no more than so many pages, from those that it has to one less than it needs.
 * https://sqlite.org/pragma.html#pragma_max_page_count
 */
export const diskFull: Kind = {
  name: 'disk-full',
  takesProcess: false,
  obstacle: ({ migrator }) => (migrator.isOpen ? null : 'PRAGMAs do not reach the connection of a command'),
  count: ({ reference }) => Math.max(0, reference.pages.most - reference.pages.before),
  inject: fillPages,
  moment: ({ reference }, index) => ({
    words: `with room for ${reference.pages.before + index} of ${reference.pages.most} pages`,
    statement: null,
  }),
};

function* fillPages(
  { leg, reference, migrator, law, path }: FaultStage,
  indexes: readonly number[],
): Iterable<Injected> {
  const file = path('run/run.db');
  for (const index of indexes) {
    startAfresh(leg.template, file);
    const pragmas = [unsynced, `max_page_count = ${reference.pages.before + index}`];
    const ending = migrator.run(file, leg.last, { drill: { pragmas, announce: () => {} } });
    yield { index, breach: law.judge(file, ending) };
  }
  removeImage(file);
}
