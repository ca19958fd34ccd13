import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readSize } from '../../src/config/limits.ts';
import { type Journal, pending, setJournal, writeMigrations } from './gate/production.ts';
import type { Spent } from './gate/report.ts';
import { type Limit, printMegabytes, printRatio } from './measure.ts';
import type { BenchOptions } from './options.ts';

/** Starting the gate takes a second of its own, which says nothing about large files. */
const large = 2 ** 29;

/** The limits on large files. */
const limits = { gate: { atMost: 2 }, profile: { atMost: 17 }, memory: { atMost: 300 } } as const;

/**
 * The gate to its floor, which is a copy, one `quick_check`, one `foreign_key_check`, and the pending migrations. Ratios
 * are of the processor's time, which other processes disturb the least.
 *
 * `--size 5GB` sets the size of the file (64 MB), `--journal wal` or `delete` its journal mode (both). `--only` names
 * pending migrations that run alone, and `profile`, with a comma between them; `--only each` is all of them. `--no-parts`
 * leaves out the run that tells the parts.
 * @throws Error when a child process fails, or an option is not understood.
 */
export async function run({ size = '64MB', journal, only, parts = true }: BenchOptions): Promise<void> {
  const bytes = readSize(size);
  if (bytes == null) throw new Error(`--size ${size} is not a size such as 5GB.`);
  const isLarge = bytes >= large;
  const limitOf = (name: keyof typeof limits): Limit => (isLarge ? limits[name] : null);
  const { runs, withProfile } = readRuns(only);
  const folder = mkdtempSync(join(tmpdir(), 'rowproof bench '));
  try {
    const file = join(folder, 'production.db');
    // The peak memory of a process counts that of the one that started it.
    start('fill.ts', file, String(bytes));
    for (const mode of readJournals(journal)) {
      setJournal(file, mode);
      for (const names of runs) {
        const migrations = writeMigrations(join(folder, mode, names.join('+')), names);
        const floor = measure('floor.ts', file, migrations);
        const gate = measure('gate.ts', file, migrations);
        const what = `${names.length > 1 ? 'all' : (names[0] ?? '')}, ${mode}`;
        printRatio(`${what}: gate to floor, time of the processor`, gate.cpu / floor.cpu, limitOf('gate'));
        printRatio(`${what}: gate to floor, time`, gate.wall / floor.wall, null);
        printMegabytes(`${what}: memory of the gate`, gate.peak / 1024, limitOf('memory'));
        // The profiler takes memory.
        const told = parts ? measure('gate.ts', file, migrations, 'parts').parts : {};
        console.log(`  floor ${describe(floor)}\n  gate  ${describe({ ...gate, parts: told })}`);
      }
      if (!withProfile) continue;
      const { parts: spent, peak } = measure('profile.ts', file, writeMigrations(join(folder, mode), []));
      const ratio = (spent['profile'] ?? Number.NaN) / (spent['scan'] ?? Number.NaN);
      printRatio(`profile, ${mode}: to a scan of all values, time of the processor`, ratio, limitOf('profile'));
      printMegabytes(`profile, ${mode}: memory`, peak / 1024, null);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The lists of pending migrations that run together, and whether a profile is taken. */
function readRuns(only: string | undefined): {
  readonly runs: readonly (readonly string[])[];
  readonly withProfile: boolean;
} {
  const all = Object.keys(pending);
  if (only === undefined) return { runs: [all], withProfile: true };
  const named = only === 'each' ? [...all, 'profile'] : only.split(',');
  const unknown = named.filter((name) => name !== 'profile' && !all.includes(name));
  if (unknown.length > 0) {
    throw new Error(`--only ${unknown.join(',')} is unknown. There are each, ${[...all, 'profile'].join(', ')}.`);
  }
  return {
    runs: named.filter((name) => name !== 'profile').map((name) => [name]),
    withProfile: named.includes('profile'),
  };
}

function describe({ parts, wall, cpu }: Spent): string {
  const each = Object.entries(parts)
    .toSorted(([, a], [, b]) => b - a)
    .filter(([, spent]) => spent >= wall / 200)
    .map(([part, spent]) => `${part} ${seconds(spent)}`);
  return `${seconds(wall)} s (processor ${seconds(cpu)} s)${each.length === 0 ? '' : `: ${each.join(', ')}`}`;
}

function seconds(milliseconds: number): string {
  return (milliseconds / 1_000).toFixed(2);
}

/** In a process of its own, for peak memory is that of a process's whole life. */
function measure(name: string, ...inputs: readonly string[]): Spent {
  // Written by `report` of the other process.
  return JSON.parse(start(name, ...inputs)) as Spent;
}

/** Runs a script and returns what it prints. */
function start(name: string, ...inputs: readonly string[]): string {
  // A loader takes memory that the package does not; Node reads TypeScript itself, but for old ones.
  const loader = process.features.typescript === false ? process.execArgv : [];
  const argv = [...loader, join(import.meta.dirname, 'gate', name), ...inputs];
  const { status, stdout, stderr } = spawnSync(process.execPath, argv, { encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  return stdout;
}

function readJournals(text: string | undefined): readonly Journal[] {
  if (text === 'wal' || text === 'delete') return [text];
  if (text !== undefined) throw new Error(`--journal ${text} is unknown. There are wal and delete.`);
  return ['wal', 'delete'];
}
