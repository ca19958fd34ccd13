import { type ChildProcess, spawn } from 'node:child_process';
import { tmpdir } from 'node:os';
import { formatOwner, thisOwner } from '../files/owner.ts';

/** Reads one folder a line, as JSON. Its input ends when the process at the other end of the pipe is gone. */
const script = `let text = '';
process.stdin.setEncoding('utf8').on('data', (more) => { text += more; }).on('close', () => {
  for (const line of text.split('\\n').slice(0, -1))
    require('node:fs').rmSync(JSON.parse(line), { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
});`;

/** A process that watches over folders of this one. */
interface Guardian {
  readonly input: NonNullable<ChildProcess['stdin']>;
  /** The number of folders that are still there. */
  folders: number;
}

/** The guardian of this process, while it is needed. */
let current: Guardian | null = null;

/** Milliseconds for which a guardian without a folder waits for another one; a process is made in about forty. */
const idle = 1000;

/**
 * Has a process remove `folder` once this one is gone. A listener for signals could not do that: SQLite runs
 * synchronously, so the listener would have to wait for the statement, and Ctrl-C would do nothing until then.
 * Where no process can be started, the folder is still removed when the work is over and when this process leaves by
 * itself; what a SIGKILL then leaves, the next run sweeps.
 * @returns a function to call when the folder is gone
 */
export function postGuardian(folder: string): () => void {
  current ??= startGuardian();
  const guardian = current;
  if (guardian === null) return () => {};
  guardian.folders += 1;
  // A pipe takes it at once: https://nodejs.org/api/process.html#a-note-on-process-io
  guardian.input.write(`${JSON.stringify(folder)}\n`);
  return () => {
    guardian.folders -= 1;
    setTimeout(() => dismiss(guardian), idle).unref();
  };
}

function dismiss(guardian: Guardian): void {
  if (guardian.folders > 0) return;
  if (current === guardian) current = null;
  guardian.input.destroy();
}

function startGuardian(): Guardian | null {
  try {
    // A sweep finds the guardians of a process by its owner's text.
    const child = spawn(process.execPath, ['-e', script, formatOwner(thisOwner())], {
      // In a session of its own, where Ctrl-C at the terminal does not reach it.
      detached: true,
      stdio: ['pipe', 'ignore', 'ignore'],
      // Not the user's folder, which could not be removed on Windows as long as a process stands in it.
      cwd: tmpdir(),
      // Hooks and flags that are meant for this process.
      env: { ...process.env, NODE_OPTIONS: undefined },
    });
    child.unref();
    // The type says that it is always there; it is not when the process may open no more files.
    const input: typeof child.stdin | undefined = child.stdin;
    if (input === undefined) return null;
    const guardian = { input, folders: 0 };
    const forget = (): void => {
      if (current === guardian) current = null;
    };
    child.on('error', forget).on('exit', forget);
    input.on('error', forget);
    return guardian;
  } catch {
    return null;
  }
}
