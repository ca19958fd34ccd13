import { existsSync, realpathSync } from 'node:fs';
import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import { openTemporaryBoard, type TemporaryBoard, writeJournal } from './temporary-board.ts';

/** The largest sizes in bytes that were seen during a statement. */
export interface Seen {
  /** The temporary files of SQLite: of sorts, of VACUUM, of temporary tables and for the rollback of a statement. */
  readonly temporary: number;
  /** The rollback journal. */
  readonly journal: number;
}

/** Measures what statements keep on the disk while they run. */
export interface TemporaryWatch {
  readonly begin: () => void;
  readonly end: () => Seen;
}

let started: TemporaryBoard | null = null;
let statements = 0;

/**
 * Watches statements on a database file by a thread that looks at the open files of the process every few milliseconds. A file that
 * lives shorter is not seen; it is a small one.
 * @returns null where the operating system does not list open files, which is anywhere but on Linux.
 */
export function watchTemporaryFiles(file: string): TemporaryWatch | null {
  if (!existsSync('/proc/self/fd')) return null;
  const board = startThread();
  const journal = `${realpathSync(file)}-journal`;
  return {
    begin: () => {
      writeJournal(board, journal);
      for (const i of board.most.keys()) Atomics.store(board.most, i, 0n);
      // A number on the board has 32 bits, and 0 means none.
      statements = (statements % (2 ** 31 - 1)) + 1;
      Atomics.store(board.statement, 0, statements);
      Atomics.notify(board.statement, 0);
    },
    end: () => {
      Atomics.store(board.statement, 0, 0);
      return { temporary: Number(Atomics.load(board.most, 0)), journal: Number(Atomics.load(board.most, 1)) };
    },
  };
}

/** Starts the thread, once in a process. It keeps no process from ending. */
function startThread(): TemporaryBoard {
  if (started !== null) return started;
  started = openTemporaryBoard();
  const thread = new Worker(new URL(`./temporary-thread${extname(import.meta.url)}`, import.meta.url), {
    workerData: started.buffer,
    // Without the hooks and loaders of this process, which the thread does not need.
    execArgv: ['--disable-warning=ExperimentalWarning'],
    env: {},
  });
  thread.unref();
  return started;
}
