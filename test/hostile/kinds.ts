import { configs, programs } from './generate/configs.ts';
import { bases, databases, ledgers } from './generate/databases.ts';
import { directives } from './generate/directives.ts';
import { disguises, pragmas } from './generate/disguises.ts';
import { endless } from './generate/endless.ts';
import { encodings, specials, trees } from './generate/files.ts';
import { flags, outputs } from './generate/flags.ts';
import { gates, migrations, migrators, settings, texts } from './generate/histories.ts';
import { invariants } from './generate/invariants.ts';
import { profiles } from './generate/profiles.ts';
import { queries } from './generate/queries.ts';
import { seeds } from './generate/seeds.ts';
import type { Input, Kind } from './input.ts';
import { randomOf } from './random.ts';

/** Every kind of input, with how often it is tried. */
export const kinds: readonly Kind[] = [
  migrations,
  texts,
  disguises,
  pragmas,
  settings,
  gates,
  migrators,
  seeds,
  configs,
  programs,
  bases,
  invariants,
  queries,
  directives,
  profiles,
  databases,
  ledgers,
  encodings,
  trees,
  specials,
  endless,
  flags,
  outputs,
];

/** The input at a place of the suite; the same place gives the same input. */
export function inputOf({
  seed,
  kind,
  index,
}: {
  readonly seed: number;
  readonly kind: string;
  readonly index: number;
}): Input {
  const found = kinds.find(({ name }) => name === kind);
  if (found === undefined)
    throw new Error(`There is no kind of input called ${kind}: ${kinds.map(({ name }) => name).join(', ')}`);
  return found.generate(randomOf(seed, kind, index));
}
