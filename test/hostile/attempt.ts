import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { emptied, fingerprint, materialise } from './folder.ts';
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

/** The ending of an input, and the violations in it. */
export interface Attempt {
  readonly exit: number | null;
  readonly violations: readonly string[];
}

let count = 0;

/** Writes an input below `home`, runs it, and asks the law. */
export async function attempt(input: Input, home: string, run: Runner): Promise<Attempt> {
  count += 1;
  // A name that no other run has had: Node keeps modules by their path as long as a process lives.
  const places = { folder: emptied(join(home, `project-${count}`)), temporary: join(home, 'tmp') };
  mkdirSync(places.temporary, { recursive: true });
  try {
    const kept = readdirSync(places.temporary);
    materialise(input, places.folder);
    const before = fingerprint(places.folder);
    const ending = await run(input.args, places, input);
    const scene = { input, ...places, kept, before, after: fingerprint(places.folder) };
    const found = violations(ending, scene);
    // A database that is broken already needs no second run.
    if (found.length === 0 && input.migrates !== undefined) {
      found.push(...(await ofMigration({ ...input, migrates: input.migrates }, ending, places, run)));
    }
    return { exit: ending.exit, violations: found };
  } finally {
    rmSync(places.folder, { recursive: true, force: true });
  }
}
