import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import type { Attempt } from './attempt.ts';
import type { Input } from './input.ts';
import type { Place, Question } from './worker.ts';

/** An answer of a worker: the attempt, the smallest input that breaks the law too, and whether the worker is of no more use. */
export interface Answer extends Attempt {
  readonly smallest: Input | null;
  readonly worn?: boolean;
  /** The number of files and pipes that its process holds open. */
  readonly descriptors?: number;
}

/** Milliseconds that an input may take, with the search for a smaller one; a thousand times as long as most. */
const limit = 30_000;

/** Milliseconds in which a worker has left that has nothing more to do. */
const leaving = 10_000;

/** Inputs that a worker runs before another takes its place, so that nothing that it keeps adds up. */
const lifetime = 300;

/** Inputs after which a worker has opened what it keeps, and how many more files it may hold at any later moment. */
const settled = 20;
const mayVary = 15;

/** Processes that run inputs, each in a folder of its own below `home`. */
export class Pool {
  readonly #home: string;
  readonly #workers = new Set<ChildProcess>();
  #count = 0;

  constructor(home: string) {
    this.#home = home;
  }

  /**
   * Asks every question, as many at once as there are cores.
   * @param known the kinds of violation for which no smaller input need be looked for.
   * @param told takes each answer, and returns whether to go on.
   */
  async run(
    questions: readonly Place[],
    known: () => readonly string[],
    told: (question: Place, answer: Answer) => boolean,
  ): Promise<void> {
    const left = [...questions].reverse();
    const loop = async (): Promise<void> => {
      let worker: ChildProcess | null = null;
      let age = 0;
      let descriptors = Number.POSITIVE_INFINITY;
      for (let question = left.pop(); question !== undefined; question = left.pop()) {
        worker ??= await this.#start();
        const answer = await this.#ask(worker, { ...question, known: known() });
        age += 1;
        const leftovers: string[] = [];
        const { descriptors: held = 0 } = answer;
        if (age === settled) descriptors = held;
        if (held > descriptors + mayVary) {
          leftovers.push(`open descriptors: from ${descriptors} to ${held} in ${age} inputs`);
          descriptors = held;
        }
        if (answer.worn === true || age >= lifetime || left.length === 0) {
          if (answer.worn === true) worker.kill('SIGKILL');
          leftovers.push(...(await this.#end(worker)));
          worker = null;
          age = 0;
          descriptors = Number.POSITIVE_INFINITY;
        }
        if (!told(question, { ...answer, violations: [...answer.violations, ...leftovers] })) left.length = 0;
      }
      if (worker !== null) await this.#end(worker);
    };
    await Promise.all(Array.from({ length: availableParallelism() }, loop));
  }

  /** Ends what is still running. */
  close(): void {
    for (const worker of this.#workers) worker.kill('SIGKILL');
  }

  async #start(): Promise<ChildProcess> {
    this.#count += 1;
    const worker = fork(join(import.meta.dirname, 'worker.ts'), [join(this.#home, `worker-${this.#count}`)], {
      execArgv: ['--disable-warning=ExperimentalWarning', '--max-old-space-size=2000'],
      env: { ...process.env, NODE_OPTIONS: '', NO_COLOR: '1', VITEST: undefined },
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    this.#workers.add(worker);
    await once(worker, 'message');
    return worker;
  }

  async #ask(worker: ChildProcess, question: Question): Promise<Answer> {
    const over = new AbortController();
    const { signal } = over;
    const answered = once(worker, 'message', { signal }).then(([answer]): Answer => answer);
    const died = once(worker, 'exit', { signal }).then(
      ([code, by]): Answer => lost(`the process ended: ${code ?? by}`),
    );
    const late = setTimeout(limit, null, { signal }).then(
      (): Answer => lost('ended by the limit: it did not come to an end'),
    );
    worker.send(question);
    try {
      return await Promise.race([answered, died, late]);
    } finally {
      over.abort();
      for (const each of [answered, died, late]) each.catch(() => {});
    }
  }

  /** Lets a worker go. Returns what it left, which is nothing: once its process is over, so is all that it made. */
  async #end(worker: ChildProcess): Promise<string[]> {
    this.#workers.delete(worker);
    if (worker.killed || worker.exitCode !== null || worker.signalCode !== null) return [];
    const gone = once(worker, 'exit');
    worker.disconnect();
    const kill = new AbortController();
    const late = setTimeout(leaving, true, { signal: kill.signal }).then(
      () => worker.kill('SIGKILL'),
      () => false,
    );
    await gone;
    kill.abort();
    if (await late) return ['ended by the limit: the process had no more to do and did not end'];
    const temporary = join(this.#homeOf(worker), 'tmp');
    return existsSync(temporary) && readdirSync(temporary).length > 0 ? [`a leftover: TMPDIR after the process`] : [];
  }

  #homeOf(worker: ChildProcess): string {
    return worker.spawnargs.at(-1) ?? '';
  }
}

function lost(violation: string): Answer {
  return { exit: null, violations: [violation], smallest: null, worn: true };
}
