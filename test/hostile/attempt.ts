import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { emptied, type Fingerprint, fingerprint, materialise } from './folder.ts';
import type { Input } from './input.ts';
import { type Ending, violations } from './law.ts';
import { ofMigration } from './migrated.ts';

/** Runs the command line of an input in a folder, whatever the way. */
export type Runner = (args: readonly string[], places: Places, input: Input) => Promise<Ending>;

/** Where a run takes place. */
export interface Places {
  /** The folder that the run stands in. */
  readonly folder: string;
  /** The folder for temporary files. */
  readonly temporary: string;
}

/** How an input ended, and what it did that no run may do. */
export interface Attempt {
  readonly exit: number | null;
  readonly violations: readonly string[];
}

/** Writes an input below `home`, runs it, and asks the law. */
export async function attempt(input: Input, home: string, run: Runner): Promise<Attempt> {
  const places = { folder: emptied(join(home, 'project')), temporary: join(home, 'tmp') };
  mkdirSync(places.temporary, { recursive: true });
  const kept = readdirSync(places.temporary);
  materialise(input, places.folder);
  const before: Fingerprint = fingerprint(places.folder);
  const ending = await run(input.args, places, input);
  const scene = { input, ...places, kept, before, after: fingerprint(places.folder) };
  const found = violations(ending, scene);
  // What is broken already needs no second run.
  if (found.length === 0 && input.migrates !== undefined) {
    found.push(...(await ofMigration({ ...input, migrates: input.migrates }, ending, { home, ...places, run })));
  }
  return { exit: ending.exit, violations: found };
}
