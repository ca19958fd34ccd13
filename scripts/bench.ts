/**
 * `pnpm bench [PART …]`: speed as ratios within one run; the machine's own speed cancels out. Ends with 1 when a limit
 * does not hold. `gate` takes options: see `bench/gate.ts`.
 */
import { parseArgs } from 'node:util';
import type { BenchOptions } from './bench/options.ts';

const parts: ReadonlyMap<string, () => Promise<{ run: (options: BenchOptions) => Promise<void> }>> = new Map([
  ['history', () => import('./bench/history.ts')],
  ['growth', () => import('./bench/growth.ts')],
  ['scaling', () => import('./bench/scaling.ts')],
  ['compare', () => import('./bench/compare.ts')],
  ['seeding', () => import('./bench/seeding.ts')],
  ['memory', () => import('./bench/memory.ts')],
  ['demonstration', () => import('./bench/demonstration.ts')],
  ['engines', () => import('./bench/engines.ts')],
  ['guard', () => import('./bench/guard.ts')],
  ['gate', () => import('./bench/gate.ts')],
  ['shrinking', () => import('./bench/shrinking.ts')],
]);

const { values: options, positionals: named } = parseArgs({
  allowPositionals: true,
  allowNegative: true,
  options: {
    size: { type: 'string' },
    journal: { type: 'string' },
    only: { type: 'string' },
    parts: { type: 'boolean' },
  },
});
const unknown = named.filter((name) => !parts.has(name));
if (unknown.length > 0) {
  console.error(`No such part: ${unknown.join(', ')}. There are ${[...parts.keys()].join(', ')}.`);
  process.exitCode = 2;
} else {
  for (const [name, load] of parts) {
    if (named.length > 0 && !named.includes(name)) continue;
    console.log(`# ${name}\n`);
    const { run } = await load();
    await run(options);
    console.log();
  }
}
