import { spawn } from 'node:child_process';
import { tmpdir } from 'node:os';

/** Its input ends when the process at the other end of the pipe is gone. */
const script = `process.stdin.resume().on('close', () =>
  require('node:fs').rmSync(process.argv[1], { recursive: true, force: true, maxRetries: 10, retryDelay: 100 }))`;

/**
 * Starts a process that removes `folder` once this one is gone. A listener for signals could not do that: SQLite runs
 * synchronously, so the listener would have to wait for the statement, and Ctrl-C would do nothing until then.
 * Where no process can be started, the folder is still removed when the work is over and when this process leaves by
 * itself; what a SIGKILL then leaves, the next run sweeps.
 * @returns a function that lets the guardian go
 */
export function postGuardian(folder: string): () => void {
  try {
    const guardian = spawn(process.execPath, ['-e', script, folder], {
      // In a session of its own, where Ctrl-C at the terminal does not reach it.
      detached: true,
      stdio: ['pipe', 'ignore', 'ignore'],
      // Not the user's folder, which could not be removed on Windows as long as a process stands in it.
      cwd: tmpdir(),
      // Hooks and flags that are meant for this process.
      env: { ...process.env, NODE_OPTIONS: undefined },
    });
    guardian.unref();
    guardian.on('error', () => {});
    // The type says that it is always there; it is not when the process may open no more files.
    const input: typeof guardian.stdin | undefined = guardian.stdin;
    input?.on('error', () => {});
    return () => void input?.destroy();
  } catch {
    return () => {};
  }
}
