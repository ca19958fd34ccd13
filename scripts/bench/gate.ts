import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readSize } from '../../src/config/limits.ts';
import { type Journal, pending, writeMigrations } from './gate/production.ts';
import type { Spent } from './gate/report.ts';
import { printRatio } from './measure.ts';

/** The size of the file, such as `1GB`. */
const size = readSize(process.env['GATE_SIZE'] ?? '64MB') ?? 0;

/** Starting the gate takes a second of its own, which says nothing about large files. */
const limit = size >= 2 ** 29 ? { atMost: 2 } : null;

/** The pending migrations of each run: `GATE_PENDING=rebuild,update` for some, each alone. */
const runs = process.env['GATE_PENDING']?.split(',').map((name) => [name]) ?? [Object.keys(pending)];

/** The journal modes of the file: `GATE_JOURNAL=wal` for one. */
const journals: readonly Journal[] = readJournals(process.env['GATE_JOURNAL']);

/**
 * The gate to its floor, which is a copy, one `quick_check`, one `foreign_key_check`, and the pending migrations. Ratios
 * are of the processor's time, which other processes disturb the least.
 */
export async function run(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'rowproof bench '));
  try {
    for (const journal of journals) {
      const file = join(folder, `${journal}.db`);
      // The peak memory of a process counts that of the one that started it.
      start('fill.ts', file, String(size), journal);
      for (const names of runs) {
        const migrations = writeMigrations(join(folder, journal, names.join('+')), names);
        const floor = measure('floor.ts', file, migrations);
        const gate = measure('gate.ts', file, migrations);
        // The profiler takes memory.
        const { parts } = measure('gate.ts', file, migrations, 'parts');
        const what = names.length > 1 ? 'all' : (names[0] ?? '');
        printRatio(`${what}, ${journal}: gate to floor, time of the processor`, gate.cpu / floor.cpu, limit);
        printRatio(`${what}, ${journal}: gate to floor, time`, gate.wall / floor.wall, null);
        console.log(`  floor ${describe(floor)}\n  gate  ${describe({ ...gate, parts })}`);
      }
      const { parts, peak } = measure('profile.ts', file, writeMigrations(join(folder, journal), []));
      const ratio = (parts['profile'] ?? Number.NaN) / (parts['scan'] ?? Number.NaN);
      printRatio(`profile, ${journal}: to a scan of all values, time of the processor`, ratio, null);
      console.log(`  ${(peak / 1024).toFixed(0)} MB`);
      rmSync(file);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function describe({ parts, wall, cpu, peak }: Spent): string {
  const each = Object.entries(parts)
    .toSorted(([, a], [, b]) => b - a)
    .filter(([, spent]) => spent >= wall / 200)
    .map(([part, spent]) => `${part} ${seconds(spent)}`);
  return `${seconds(wall)} s (processor ${seconds(cpu)} s, ${(peak / 1024).toFixed(0)} MB): ${each.join(', ')}`;
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
  const argv = [...process.execArgv, join(import.meta.dirname, 'gate', name), ...inputs];
  const { status, stdout, stderr } = spawnSync(process.execPath, argv, { encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  return stdout;
}

function readJournals(text: string | undefined): readonly Journal[] {
  if (text === 'wal' || text === 'delete') return [text];
  return ['wal', 'delete'];
}
