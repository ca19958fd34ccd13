// This room runs migrations that are programs: in a thread of their own, by the project's tool, or as a command.
import { extname } from 'node:path';
import { MessageChannel, Worker } from 'node:worker_threads';
import type { SqlValue } from '../model/connection.ts';
import type { ProgramConnection, ProgramEnd } from '../model/program.ts';
import { statementLimit } from '../watch/activity.ts';
import { openPost, type Post } from './post.ts';
import {
  type LoadedPrograms,
  type ProgramFolder,
  type ProgramMessage,
  type ProgramStart,
  signalSize,
  type ToWorker,
  type WorkerOrder,
} from './protocol.ts';

/** The thread in which the programs of a folder run, one step at a time, while this thread has the database. */
export interface ProgramThread {
  /** Loads the tool, its config and the migrations, once. @param connection for what modules do when they are loaded. */
  readonly load: (connection: ProgramConnection) => LoadedPrograms | ProgramEnd;
  /** Runs one migration by the tool, or several at once. */
  readonly step: (ids: readonly string[], connection: ProgramConnection) => ProgramEnd;
  /** The output of the programs since the last call. */
  readonly takeOutput: () => string;
  readonly dispose: () => void;
}

/** A thread that was started, with this end of the connection to it. */
interface Thread {
  readonly worker: Worker;
  readonly post: Post<ProgramMessage, ToWorker>;
}

/** Starts no thread before there is something to do; one that had to be ended is started anew. */
export function openHost(folder: ProgramFolder): ProgramThread {
  let thread: Thread | null = null;
  let output = '';

  const order = (given: WorkerOrder, connection: ProgramConnection): ProgramEnd | LoadedPrograms => {
    thread ??= startThread();
    thread.worker.postMessage(given);
    const told = serve(thread.post, connection, given.kind === 'load');
    output += told.kind === 'timed-out' ? '' : told.output;
    if (told.kind === 'loaded') return told.loaded;
    const end: ProgramEnd = told.kind === 'timed-out' ? timedOut(told.limit) : told.end;
    // Remains of such a program must not run beside the next.
    if (end.kind === 'timed-out' || end.kind === 'exited' || end.kind === 'uncaught') {
      void thread.worker.terminate();
      thread = null;
    }
    return end;
  };
  const load = (connection: ProgramConnection): LoadedPrograms | ProgramEnd =>
    order({ kind: 'load', folder }, connection);

  return {
    load,
    step: (ids, connection) => {
      if (thread === null) {
        const loaded = load(nowhere);
        if ('kind' in loaded) return loaded;
      }
      const end = order({ kind: 'step', ids }, connection);
      if ('kind' in end) return end;
      throw new Error('a step ends and loads nothing');
    },
    takeOutput: () => {
      const taken = output;
      output = '';
      return taken;
    },
    dispose: () => {
      void thread?.worker.terminate();
      thread = null;
    },
  };
}

/** For modules that are loaded once more: what they ask for when they are loaded was answered the first time. */
const nowhere: ProgramConnection = {
  lend: () => {
    throw new Error('there is no database to lend');
  },
  lendLogged: () => {
    throw new Error('there is no database to lend');
  },
  answer: (request) => ({
    kind: 'value',
    value:
      request.kind === 'prepare' || request.kind === 'run'
        ? { reader: false, columns: [], rows: [], changes: 0, lastInsertRowid: 0 }
        : null,
    inTransaction: false,
  }),
};

function startThread(): Thread {
  const signals = new SharedArrayBuffer(signalSize);
  const { port1, port2 } = new MessageChannel();
  const start: ProgramStart = { port: port2, signals };
  const worker = new Worker(new URL(`./worker${extname(import.meta.url)}`, import.meta.url), {
    workerData: start,
    transferList: [port2],
    // Its output is shown on demand, and never within a report.
    stdout: true,
    stderr: true,
    // Without hooks and loaders of this process, which the programs of production do not have.
    execArgv: ['--disable-warning=ExperimentalWarning'],
  });
  worker.unref();
  // The end of the thread is reported over the connection.
  worker.on('error', () => {});
  port1.unref();
  const post = openPost<ProgramMessage, ToWorker>(port1, signals, 'main', readMessage);
  // An error of a thread that does not start would be told to the event loop, which waits here.
  if (post.receive(startLimit) === null) throw new Error('the thread of the programs does not start');
  return { worker, post };
}

/** Milliseconds for a thread to start. */
const startLimit = 60_000;

/** Both ends are ours. */
function readMessage(message: unknown): ProgramMessage {
  return message as ProgramMessage;
}

type Told =
  | Extract<ProgramMessage, { kind: 'loaded' | 'ended' }>
  | { readonly kind: 'timed-out'; readonly limit: number };

/** Answers what the program asks for until it ends. */
function serve(post: Post<ProgramMessage, ToWorker>, connection: ProgramConnection, isLoading: boolean): Told {
  // Loading the tool and its modules takes seconds on a busy machine, and the limit of a statement does not hold for it.
  const limit = Math.max(statementLimit() ?? usualLimit, isLoading ? startLimit : 0);
  const callBack = (callback: number, values: readonly SqlValue[]): SqlValue => {
    post.send({ kind: 'call', callback, values });
    const told = post.receive(limit);
    if (told?.kind === 'returned') return told.value;
    throw new Error(told?.kind === 'threw' ? told.message : 'it did not return');
  };
  for (;;) {
    const told = post.receive(limit);
    if (told === null) return { kind: 'timed-out', limit };
    if (told.kind === 'loaded' || told.kind === 'ended') return told;
    if (told.kind === 'request') {
      post.send({ kind: 'answer', answer: connection.answer(told.request, callBack) });
    }
  }
}

/** Milliseconds that a program may do nothing with its database where no limit says so. */
const usualLimit = 300_000;

function timedOut(limit: number): ProgramEnd {
  return {
    kind: 'timed-out',
    message: `the program did nothing with its database for ${limit / 1000} s and was ended`,
    place: null,
    source: null,
    isOfStatement: false,
  };
}
