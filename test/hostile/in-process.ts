import process from 'node:process';
import { inspect } from 'node:util';
import { main } from '../../src/cli.ts';
import type { Runner } from './attempt.ts';
import type { Ending } from './law.ts';

/** Errors that nobody waits for, such as a rejection in work that was left behind. */
const stray: unknown[] = [];
process.on('unhandledRejection', (error) => stray.push(error));
process.on('uncaughtException', (error) => stray.push(error));

/** Runs the command line in this process, which is many times faster than a process of its own. */
export const inProcess: Runner = async (args, { folder, temporary }): Promise<Ending> => {
  const printed = { stdout: '', stderr: '' };
  const [home, { stdout, stderr }] = [process.cwd(), process];
  const writers = { stdout: stdout.write, stderr: stderr.write };
  const { TMPDIR } = process.env;
  for (const name of ['stdout', 'stderr'] as const) {
    process[name].write = (text: string | Uint8Array): boolean => {
      printed[name] += String(text);
      return true;
    };
  }
  process.env['TMPDIR'] = temporary;
  process.chdir(folder);
  stray.length = 0;
  try {
    const exit = await main(args);
    // Unfinished work of the run gets its turn.
    await new Promise(setImmediate);
    return { exit, ...printed, bug: stray.length === 0 ? null : words(stray[0]) };
  } catch (error) {
    return { exit: null, ...printed, bug: words(error) };
  } finally {
    process.chdir(home);
    process.env['TMPDIR'] = TMPDIR;
    stdout.write = writers.stdout;
    stderr.write = writers.stderr;
  }
};

function words(error: unknown): string {
  if (!(error instanceof Error)) return inspect(error);
  const code = 'code' in error ? ` ${String(error.code)}` : '';
  const frames = (error.stack ?? '').split('\n').filter((line) => /\/src\//.test(line));
  return `${error.name}${code}: ${error.message.slice(0, 300)}\n${frames.slice(0, 6).join('\n')}`;
}
