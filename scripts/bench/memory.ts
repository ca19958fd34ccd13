import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { printRatio } from './measure.ts';

const few = 100_000;
const many = 1_000_000;

/** Ten times as many rows, of parents and of children, in a file: memory must not grow with them. */
export async function run(): Promise<void> {
  const small = fill(few);
  const large = fill(many);
  printRatio('peak memory for 1,000,000 rows to 100,000', large.peak / small.peak, { atMost: 1.3 });
  printRatio('time a row for 1,000,000 rows to 100,000', large.seconds / many / (small.seconds / few), null);
  const describe = ({ peak, seconds }: Filled): string => `${(peak / 1024).toFixed(0)} MB, ${seconds.toFixed(1)} s`;
  console.log(`\n${few.toLocaleString('en')} rows in each of two tables: ${describe(small)}`);
  console.log(`${many.toLocaleString('en')} rows in each of two tables: ${describe(large)}`);
}

/**
 * Where there is room V8 lets garbage lie: the heap would be 30 MB after 100,000 rows and 79 after 1,000,000, of which 12
 * are in use in either case.
 */
const littleRoom = ['--max-semi-space-size=1', '--max-old-space-size=64'];

interface Filled {
  /** Kilobytes, of the whole process. */
  readonly peak: number;
  readonly seconds: number;
}

/** Fills a file in a process of its own, for the peak is that of a process's whole life. */
function fill(rows: number): Filled {
  const script = join(import.meta.dirname, 'fill-file.ts');
  const argv = [...process.execArgv, ...littleRoom, script, String(rows)];
  const { status, stdout, stderr } = spawnSync(process.execPath, argv, { encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  const [peak = Number.NaN, seconds = Number.NaN] = stdout.trim().split(' ').map(Number);
  return { peak, seconds };
}
