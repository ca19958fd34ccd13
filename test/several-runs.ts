import { check } from '../src/api.ts';
import type { Config } from '../src/config.ts';
import { HarnessError } from '../src/errors.ts';
import { specimens } from './specimens.ts';

/** Settings that runs in one process may differ in. */
const variants: Readonly<Record<string, Config>> = {
  'as it is': {},
  'keys on': { foreignKeys: true },
  'keys off': { foreignKeys: false },
  'strings on': { engine: 'node', doubleQuotedStrings: true },
  'strings off': { engine: 'node', doubleQuotedStrings: false },
  'no transaction': { transaction: 'none' },
};

/** The number of settings that each specimen has a run with. */
export const settingsEach = Object.keys(variants).length;

/** A run: a specimen with some settings. */
export interface Run {
  readonly name: string;
  readonly config: Config;
}

/** Every specimen with every kind of settings. */
export const runs: readonly Run[] = specimens.flatMap(({ name, config }) =>
  Object.entries(variants).map(([variant, own]) => ({ name: `${name}, ${variant}`, config: { ...config, ...own } })),
);

/** The result of a run as one text; the message of the error where it cannot be made. */
export async function resultOf({ config }: Run): Promise<string> {
  try {
    return JSON.stringify(await check(config));
  } catch (error) {
    if (error instanceof HarnessError) return error.message;
    throw error;
  }
}

/** The same runs in an order that a seed number makes. */
export function shuffled(list: readonly Run[], seed: number): Run[] {
  let state = seed;
  const next = (): number => {
    // https://en.wikipedia.org/wiki/Linear_congruential_generator, with the numbers of Numerical Recipes
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state;
  };
  return list
    .map((run) => ({ run, place: next() }))
    .sort((a, b) => a.place - b.place)
    .map(({ run }) => run);
}
