import { removeImage, startAfresh } from '../image.ts';
import type { FaultStage, Injected, Kind } from '../kind.ts';
import { undisturbed } from '../migrator.ts';

/** The process ends between two migrations, and another one goes on. */
export const between: Kind = {
  name: 'between',
  takesProcess: false,
  obstacle: () => null,
  count: ({ leg }) => leg.pending.length - 1,
  inject: stopBetween,
  moment: ({ leg, reference }, index) => {
    const next = reference.moments.findIndex(({ migration }) => migration === index + 1);
    return {
      words: `between ${leg.pending[index]?.name} and ${leg.pending[index + 1]?.name}`,
      statement: next < 0 ? null : next,
    };
  },
};

function* stopBetween({ leg, migrator, law, path }: FaultStage, indexes: readonly number[]): Iterable<Injected> {
  const file = path('run/run.db');
  for (const index of indexes) {
    startAfresh(leg.template, file);
    migrator.run(file, leg.pending[index] ?? leg.last, { drill: undisturbed });
    yield { index, breach: law.judge(file, null) };
  }
  removeImage(file);
}
