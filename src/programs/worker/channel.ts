import type { SqlValue } from '../../model/connection.ts';
import type { ProgramRequest } from '../../model/program.ts';
import type { Post } from '../post.ts';
import type { ProgramMessage, ToWorker } from '../protocol.ts';

/** An error of SQLite, as better-sqlite3 throws it. */
export class SqliteError extends Error {
  override readonly name = 'SqliteError';
  readonly code: string;

  constructor(message: string, code: string) {
    super(message);
    this.code = code;
  }
}

/** The body of a function that SQL calls. */
export type Body = (...values: SqlValue[]) => unknown;

/** The requests of a worker to the main thread, which has the connection to the database of the step. */
export class Channel {
  readonly #post: Post<ToWorker, ProgramMessage>;
  readonly #bodies: Body[] = [];
  readonly #thrown = new WeakSet<object>();
  #isOpen = true;
  inTransaction = false;

  constructor(post: Post<ToWorker, ProgramMessage>) {
    this.#post = post;
  }

  /** Begins a step. */
  open(): void {
    this.#isOpen = true;
    this.inTransaction = false;
  }

  /** Ends a step. */
  close(): void {
    this.#isOpen = false;
  }

  /** @throws Error between two steps */
  checkOpen(): void {
    if (!this.#isOpen) throw new Error('The migration has ended, and this statement comes too late: await it.');
  }

  /** Keeps the body of a function. @returns its number, by which the main thread calls it */
  keep(body: Body): number {
    return this.#bodies.push(body) - 1;
  }

  /**
   * Sends a request, calls the functions that it calls, and returns its answer.
   * @throws SqliteError, TypeError or RangeError, as the driver would
   */
  ask(request: ProgramRequest): unknown {
    this.#post.send({ kind: 'request', request });
    for (;;) {
      const told = this.#post.receive(null);
      if (told?.kind === 'call') this.#post.send(callBody(this.#bodies[told.callback], told.values));
      if (told?.kind !== 'answer') continue;
      const { answer } = told;
      this.inTransaction = answer.inTransaction;
      if (answer.kind === 'value') return answer.value;
      if (answer.type === 'range') throw new RangeError(answer.message);
      if (answer.type === 'type') throw new TypeError(answer.message);
      const error = new SqliteError(answer.message, answer.code);
      this.#thrown.add(error);
      throw error;
    }
  }

  /** Whether an error, or one that it was made of, says that a request failed in SQLite. */
  isCauseOf(error: unknown): boolean {
    return madeOf(error, 0).some((each) => this.#thrown.has(each));
  }
}

/** Where tools keep the error that they wrap. */
const wrapping = ['cause', 'parent', 'original', 'driverError', 'previous', 'originalError', 'errors'];

/** An error and those that it was made of, to some depth. */
function madeOf(error: unknown, depth: number): object[] {
  if (typeof error !== 'object' || error === null || depth > 6) return [];
  if (Array.isArray(error)) return error.flatMap((each) => madeOf(each, depth + 1));
  return [error, ...wrapping.flatMap((key) => madeOf(Reflect.get(error, key), depth + 1))];
}

function callBody(body: Body | undefined, values: readonly SqlValue[]): ProgramMessage {
  try {
    const value = body?.(...values);
    if (isStorable(value)) return { kind: 'returned', value: value ?? null };
    return { kind: 'threw', message: 'it gave what no column can hold' };
  } catch (error) {
    return { kind: 'threw', message: error instanceof Error ? error.message : String(error) };
  }
}

function isStorable(value: unknown): value is SqlValue | undefined {
  if (value === undefined || value === null || value instanceof Uint8Array) return true;
  return typeof value === 'bigint' || typeof value === 'number' || typeof value === 'string';
}
