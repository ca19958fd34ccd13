import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';

/** The channel of a supervisor, for messages about limits and for checks; null without one. */
let supervisor: number | null = null;

let thread: Worker | null = null;

/** Notes that this process has a supervisor, before the watchdog starts. @param channel its file descriptor. */
export function reportTo(channel: number): void {
  supervisor = channel;
}

/** Starts the thread that watches a board, once in a process. It keeps no process from ending. */
export function startWatchdog(buffer: SharedArrayBuffer): void {
  if (thread !== null) return;
  const file = `./thread${extname(import.meta.url)}`;
  thread = new Worker(new URL(file, import.meta.url), {
    workerData: { buffer, supervisor },
    // Without the hooks and loaders of this process, which the thread does not need.
    execArgv: ['--disable-warning=ExperimentalWarning'],
    env: {},
  });
  thread.unref();
}
