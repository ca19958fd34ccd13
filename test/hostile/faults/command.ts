import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';

const root = join(import.meta.dirname, '..', '..', '..');

/** Builds the command below `home` as `pnpm build` does. Returns its path. */
export function build(home: string): string {
  const place = join(home, 'build');
  mkdirSync(place);
  const tsx = join(root, 'node_modules/tsx/dist/cli.mjs');
  const { status } = spawnSync(process.execPath, [tsx, join(root, 'scripts/build.ts'), join(place, 'dist')]);
  if (status !== 0) throw new Error('The command cannot be built.');
  symlinkSync(join(root, 'node_modules'), join(place, 'node_modules'));
  copyFileSync(join(root, 'package.json'), join(place, 'package.json'));
  return join(place, 'dist/bin.js');
}

/** The ending and the output of a run. */
export interface Ending {
  /** An exit code, or the name of a signal. */
  readonly end: number | string;
  readonly stdout: string;
  readonly stderr: string;
}

/** The options for running the command. */
export interface Run {
  readonly bin: string;
  readonly args: readonly string[];
  readonly temporary: string;
  /** The commands of bash before it becomes the command, such as `ulimit -n 30`. */
  readonly before?: string;
  /** Done as soon as the process is there; the run goes on meanwhile. */
  readonly during?: (child: ChildProcess) => Promise<void>;
}

/** Milliseconds that a run may take. */
const limit = 60_000;

/** Runs the built command as the leader of a process group of its own. */
export async function run({ bin, args, temporary, before = ':', during }: Run): Promise<Ending> {
  const command = ['-c', `${before}; exec "$@"`, 'bash', process.execPath, bin, ...args];
  const child = spawn('bash', command, {
    env: { PATH: process.env['PATH'], HOME: temporary, TMPDIR: temporary, NO_COLOR: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  const printed = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', (text: string) => {
      printed[name] += text;
    });
  }
  const overdue = globalThis.setTimeout(() => {
    // Whether it waits or goes round in a circle.
    printed.stderr += `still there after ${limit / 1000} s: ${readOr(`/proc/${child.pid}/stat`)}`;
    child.kill('SIGKILL');
  }, limit);
  const ended = new Promise<number | string>((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', (code, signal) => resolve(code ?? signal ?? 'gone'));
  });
  await Promise.all([ended, during?.(child)]);
  clearTimeout(overdue);
  return { end: await ended, ...printed };
}

/**
 * Waits until the guardian of a run that was killed has cleared up.
 * @param prefix how the names begin that are to go
 * @returns those that are still there
 */
export async function leftIn(folder: string, patience: number, prefix = ''): Promise<string[]> {
  const names = (): string[] => readdirSync(folder).filter((name) => name.startsWith(prefix));
  for (let waited = 0; waited < patience && names().length > 0; waited += 25) await setTimeout(25);
  return names();
}

/** The numbers of the processes that have a text among their arguments. */
export function processesWith(text: string): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => pid !== process.pid && readOr(`/proc/${pid}/cmdline`).includes(text));
}

/** The numbers of the processes that a process has started. */
export function childrenOf(pid: number): number[] {
  return readOr(`/proc/${pid}/task/${pid}/children`).split(' ').filter(Boolean).map(Number);
}

/** A file of the kernel; empty once its process is gone. */
function readOr(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
