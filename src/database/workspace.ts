import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { HarnessError } from '../errors.ts';

/** A folder for copies of databases that nobody but this user may enter. */
export interface Workspace {
  /** The path of the file `name` in it. */
  path(name: string): string;
  /**
   * Removes the folder with all that is in it; a second call does nothing. What cannot be removed yet, as files that
   * are open on Windows, goes when the process ends.
   */
  dispose(): void;
}

/**
 * Makes a workspace in the system's folder for temporary files. However the process ends, be it by SIGKILL, the folder
 * is removed.
 * @throws HarnessError `output-unwritable` when the folder cannot be made
 */
export function createWorkspace(): Workspace {
  const folder = makeFolder();
  const dismissGuardian = postGuardian(folder);
  const dispose = (): void => {
    try {
      rmSync(folder, { recursive: true, force: true });
    } catch {
      return;
    }
    process.off('exit', dispose);
    dismissGuardian();
  };
  process.on('exit', dispose);
  return { path: (name) => join(folder, name), dispose };
}

function makeFolder(): string {
  try {
    return mkdtempSync(join(tmpdir(), 'rowproof-'));
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : String(cause);
    throw new HarnessError('output-unwritable', `No folder for temporary copies can be made: ${message}.`, {
      remedy: 'Set TMPDIR to a folder that exists and that you may write to.',
      facts: { folder: tmpdir() },
      cause,
    });
  }
}

/** Its input ends when the process at the other end of the pipe is gone. */
const guardianScript = `process.stdin.resume().on('close', () =>
  require('node:fs').rmSync(process.argv[1], { recursive: true, force: true, maxRetries: 10, retryDelay: 100 }))`;

/**
 * Starts a process that removes `folder` once this one is gone. A listener for signals could not do that: SQLite runs
 * synchronously, so the listener would have to wait for the statement, and Ctrl-C would do nothing until then.
 * @returns a function that lets the guardian go
 */
function postGuardian(folder: string): () => void {
  const guardian = spawn(process.execPath, ['-e', guardianScript, folder], {
    // In a session of its own, where Ctrl-C at the terminal does not reach it.
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
    // Not the user's folder, which could not be removed on Windows as long as a process stands in it.
    cwd: tmpdir(),
    // Hooks and flags that are meant for this process.
    env: { ...process.env, NODE_OPTIONS: undefined },
  });
  guardian.unref();
  // Without a guardian the folder is still removed by `dispose` and when the process leaves by itself.
  guardian.on('error', () => {});
  guardian.stdin.on('error', () => {});
  return () => guardian.stdin.destroy();
}
