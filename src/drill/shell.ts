import { spawn } from 'node:child_process';
import { lineOfError } from '../text/error-line.ts';
import type { Launch, MigratorProcess } from './migrator.ts';

/** Milliseconds after which a command that waits for something is killed. */
const patience = 60_000;

/**
 * Starts a command in a process group of its own.
 * @param line a line for `sh`
 */
export function startCommand(
  line: string,
  { cwd, env }: { readonly cwd: string; readonly env: NodeJS.ProcessEnv },
  { fileSize }: Launch,
): Promise<MigratorProcess> {
  // In POSIX's sh the unit is 512 bytes: https://pubs.opengroup.org/onlinepubs/9799919799/utilities/ulimit.html
  const limited = fileSize === undefined ? line : `ulimit -c 0; ulimit -f ${2 * fileSize}; ${line}`;
  const child = spawn('sh', ['-c', limited], { cwd, env, stdio: ['ignore', 'pipe', 'pipe'], detached: true });
  let printed = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      printed = `${printed}${text}`.slice(-2000);
    });
  }
  const { pid } = child;
  const overdue = setTimeout(() => {
    if (pid !== undefined) process.kill(-pid, 'SIGKILL');
  }, patience);
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('spawn', () => {
      if (pid === undefined) return reject(new Error('a process that was started has a number'));
      const ended = new Promise<{ error: string | null; killed: boolean }>((done) => {
        child.once('close', (code, signal) => {
          clearTimeout(overdue);
          const last = lineOfError(printed);
          const error = code === 0 ? null : last === '' ? `the command ended with ${code ?? signal}` : last;
          done({ error, killed: signal !== null });
        });
      });
      resolve({ pid, isGroup: true, begun: Promise.resolve(), ended });
    });
  });
}
