import { type ChildProcess, fork } from 'node:child_process';
import process from 'node:process';
import type { Launch, MigratorProcess, RunEnding } from './migrator.ts';

/** The order to a worker. */
export interface Task {
  readonly file: string;
  /** The id of the migration. */
  readonly to: string;
  readonly launch: Launch;
}

/** A message of a worker. */
export type DrillMessage =
  | { readonly kind: 'ready' }
  | { readonly kind: 'begun' }
  | ({ readonly kind: 'ended' } & RunEnding);

/** Processes that wait for a task, and so begin at once. */
export interface Workers {
  readonly run: (task: Task) => Promise<MigratorProcess>;
  readonly dispose: () => void;
}

/** Milliseconds after which a migrator that waits for something is killed. */
const patience = 60_000;

interface Worker {
  readonly process: ChildProcess;
  readonly hear: (kind: DrillMessage['kind']) => Promise<DrillMessage | null>;
  readonly errors: () => string;
}

/**
 * Opens the workers; one waits in reserve once the first was needed.
 * @param program the module that a worker runs.
 * @param start the first message to it: the project.
 * @param env variables of the environment beside those of this process.
 */
export function openWorkers(program: URL, start: object, env: Readonly<Record<string, string>> = {}): Workers {
  const waiting: Worker[] = [];
  const launchOne = (): Worker => {
    const child = fork(program, {
      env: { ...process.env, ...env },
      execArgv: ['--disable-warning=ExperimentalWarning'],
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
    child.send(start);
    return listenTo(child);
  };
  return {
    run: async (task) => {
      const worker = waiting.shift() ?? launchOne();
      if (waiting.length === 0) waiting.push(launchOne());
      const ready = await worker.hear('ready');
      const { pid } = worker.process;
      if (ready === null || pid === undefined) throw new Error(`a migrator does not start: ${worker.errors()}`);
      const overdue = setTimeout(() => worker.process.kill('SIGKILL'), patience);
      const begun = worker.hear('begun').then(() => {});
      const ended = worker.hear('ended').then((told) => {
        clearTimeout(overdue);
        if (told?.kind === 'ended') {
          const { isSignalled = false, failWritesAt } = task.launch;
          if (isSignalled || failWritesAt !== undefined) worker.process.kill('SIGKILL');
          else waiting.push(worker);
          return { error: told.error, killed: false };
        }
        return { error: `it ended early: ${worker.errors()}`, killed: worker.process.signalCode !== null };
      });
      worker.process.send(task);
      return { pid, isGroup: false, begun, ended };
    },
    dispose: () => {
      for (const worker of waiting) worker.process.kill('SIGKILL');
      waiting.length = 0;
    },
  };
}

function listenTo(child: ChildProcess): Worker {
  let errors = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    errors = `${errors}${text}`.slice(-2000);
  });
  const told: DrillMessage[] = [];
  const listeners: { kind: DrillMessage['kind']; resolve: (message: DrillMessage | null) => void }[] = [];
  let isOver = false;
  const match = (): void => {
    for (const listener of [...listeners]) {
      const place = told.findIndex(({ kind }) => kind === listener.kind);
      if (place < 0 && !isOver) continue;
      listeners.splice(listeners.indexOf(listener), 1);
      const [message = null] = place < 0 ? [] : told.splice(place, 1);
      // A worker is ready again whenever it has ended a task.
      if (message?.kind === 'ready') told.push(message);
      listener.resolve(message);
    }
  };
  child.on('message', (message: DrillMessage) => {
    told.push(message);
    match();
  });
  child.on('close', () => {
    isOver = true;
    match();
  });
  return {
    process: child,
    hear: (kind) =>
      new Promise((resolve) => {
        listeners.push({ kind, resolve });
        match();
      }),
    errors: () => errors.trim(),
  };
}
