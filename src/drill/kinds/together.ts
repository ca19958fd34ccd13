import { removeImage, startAfresh } from '../image.ts';
import type { FaultStage, Injected, Kind } from '../kind.ts';

/** The races of a leg. */
const races = 4;

/** Several processes migrate one file at once, as instances of an application do that start together. */
function together(name: Kind['name'], number: number): Kind {
  return {
    name,
    takesProcess: true,
    obstacle: ({ migrator }) => migrator.cannotStart,
    count: () => races,
    inject: (stage, indexes) => race(stage, indexes, number),
    moment: () => ({ words: `with ${number} processes at once`, statement: null }),
  };
}

/** Two at once. */
export const twoProcesses = together('two-processes', 2);

/** Eight at once. */
export const eightProcesses = together('eight-processes', 8);

async function* race(
  { leg, migrator, law, path }: FaultStage,
  indexes: readonly number[],
  number: number,
): AsyncIterable<Injected> {
  const file = path('run/run.db');
  for (const index of indexes) {
    startAfresh(leg.template, file);
    const runs = await Promise.all(Array.from({ length: number }, () => migrator.start(file, leg.last, {})));
    const endings = await Promise.all(runs.map(({ ended }) => ended));
    // One that says that it is done is enough for the law to hold it to that.
    const ending = endings.find(({ error }) => error === null) ?? endings[0] ?? null;
    yield { index, breach: law.judge(file, ending) };
  }
  removeImage(file);
}
