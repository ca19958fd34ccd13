import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';

/** The channel of a supervisor, which is then told of limits and asked whether it is there; null without one. */
let supervisor: number | null = null;

let thread: Worker | null = null;

/** Says that this process has a supervisor, before the watchdog is started. @param channel its file descriptor. */
export function reportTo(channel: number): void {
  supervisor = channel;
}

/** Starts the thread that watches a board, once in a process. It keeps no process from ending. */
export function startWatchdog(buffer: SharedArrayBuffer): void {
  if (thread !== null) return;
  const file = `./thread${extname(import.meta.url)}`;
  thread = new Worker(new URL(file, import.meta.url), {
    workerData: { buffer, supervisor },
    // Without hooks and loaders of this process, which the thread has no use for.
    execArgv: ['--disable-warning=ExperimentalWarning'],
    env: {},
  });
  thread.unref();
}
