import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { printRatio } from './measure.ts';

const few = 100_000;
const many = 1_000_000;
/** Rows of a table in the checks. */
const rowCounts = [10_000, 100_000, 300_000];

/** Ten times as many rows, of parents and of children, in a file: memory must not grow with them. */
export async function run(): Promise<void> {
  const small = measure('fill-file.ts', few);
  const large = measure('fill-file.ts', many);
  printRatio('peak memory for 1,000,000 rows to 100,000', large.peak / small.peak, { atMost: 1.3 });
  printRatio('time a row for 1,000,000 rows to 100,000', large.seconds / many / (small.seconds / few), null);
  const describe = ({ peak, seconds }: Measured): string => `${(peak / 1024).toFixed(0)} MB, ${seconds.toFixed(1)} s`;
  console.log(`\n${few.toLocaleString('en')} rows in each of two tables: ${describe(small)}`);
  console.log(`${many.toLocaleString('en')} rows in each of two tables: ${describe(large)}`);
  const checks = rowCounts.map((rows) => ({ rows, ...measure('check-rows.ts', rows) }));
  const [first, , last] = checks;
  if (first === undefined || last === undefined) return;
  printRatio(`peak memory of a check with ${last.rows} rows to ${first.rows}`, last.peak / first.peak, { atMost: 2 });
  for (const { rows, ...one } of checks)
    console.log(`a check with ${rows.toLocaleString('en')} rows: ${describe(one)}`);
}

/**
 * Where there is room V8 lets garbage lie: the heap would be 30 MB after 100,000 rows and 79 after 1,000,000, of which 12
 * are in use in either case.
 */
const littleRoom = ['--max-semi-space-size=1', '--max-old-space-size=64'];

interface Measured {
  /** Kilobytes, of the whole process. */
  readonly peak: number;
  readonly seconds: number;
}

/** Runs a script in a process of its own, for the peak is that of a process's whole life. */
function measure(name: string, rows: number): Measured {
  const script = join(import.meta.dirname, name);
  const argv = [...process.execArgv, ...littleRoom, script, String(rows)];
  const { status, stdout, stderr } = spawnSync(process.execPath, argv, { encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  const [peak = Number.NaN, seconds = Number.NaN] = stdout.trim().split(' ').map(Number);
  return { peak, seconds };
}
