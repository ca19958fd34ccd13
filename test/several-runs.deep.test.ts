import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { resultOf, runs, settingsEach, shuffled } from './several-runs.ts';

const seed = 20_261_129;
const script = fileURLToPath(new URL('./processes/one-run.ts', import.meta.url));

/** Each specimen with two of the settings, other ones from specimen to specimen: those before a run are what may change it. */
const mixed = runs.filter((_, place) => (place + Math.floor(place / settingsEach)) % 3 === 0);

/** A process takes half a second to start, so that one run of nine is repeated in its own. */
const repeated = mixed.filter((_, place) => place % 9 === 0);

test(`all specimens in one process, with mixed settings, give the findings of fresh processes (seed ${seed})`, async () => {
  const together = new Map<string, string>();
  for (const run of shuffled(mixed, seed)) together.set(run.name, await resultOf(run));
  const alone = new Map<string, string>();
  for (const { name } of repeated) {
    const { stdout, stderr, status } = spawnSync(process.execPath, ['--import', 'tsx', script, name], {
      encoding: 'utf8',
      maxBuffer: 1 << 28,
    });
    alone.set(name, status === 0 ? stdout : stderr);
  }
  for (const { name } of repeated) expect(together.get(name), name).toBe(alone.get(name));
}, 3_000_000);
