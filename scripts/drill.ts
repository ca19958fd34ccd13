/**
 * `pnpm drill [FAULTS]`: injects some 11,500 faults, or about as many as are asked for, into rowproof's own migrator over
 * `migrations/` and the specimens, and into tools on their samples. Ends with 1 where a migrator breaks that should not, or a
 * known bad one goes undetected.
 */
import { existsSync } from 'node:fs';
import { type Count, runDrills } from './drill/run.ts';

// Copies in memory need not wait for a disk.
if (process.env['TMPDIR'] === undefined && existsSync('/dev/shm')) process.env['TMPDIR'] = '/dev/shm';

const begun = performance.now();
const { groups, kinds, skipped, violations, missed } = await runDrills(Number(process.argv[2] ?? 11_500), (name) =>
  process.stderr.write(process.stderr.isTTY ? `\r\u001b[2K${name}` : ''),
);
process.stderr.write(process.stderr.isTTY ? '\r\u001b[2K' : '');
printTable('project', groups);
printTable('kind of fault', kinds);
for (const [kind, reason] of skipped) console.log(`${kind} was left out: ${reason}.`);
for (const violation of violations) console.log(`✗ ${violation}`);
for (const name of missed) console.log(`✗ ${name} is known to be bad and was not caught.`);
const { user, system } = process.cpuUsage();
console.log(
  `${total(groups)} faults in ${seconds(performance.now() - begun)} s (${seconds((user + system) / 1000)} s of processor time in this process).`,
);
process.exitCode = violations.length + missed.length === 0 ? 0 : 1;

function printTable(title: string, counts: ReadonlyMap<string, Count>): void {
  const width = Math.max(title.length, ...[...counts.keys()].map(({ length }) => length));
  const line = (name: string, ...cells: readonly (string | number)[]): string =>
    [name.padEnd(width), ...cells.map((cell) => String(cell).padStart(8))].join('  ');
  console.log(line(title, 'faults', 'survived'));
  for (const [name, { faults, broken }] of counts) console.log(line(name, faults, faults - broken));
  console.log('');
}

function total(counts: ReadonlyMap<string, Count>): number {
  return [...counts.values()].reduce((sum, { faults }) => sum + faults, 0);
}

function seconds(milliseconds: number): number {
  return Math.round(milliseconds / 1000);
}
