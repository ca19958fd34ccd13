import process from 'node:process';
import { blame, describePlace, userPlace, wordsOf } from '../blame.ts';
import { doing, limitTurns } from '../watch/activity.ts';
import { tell } from './channel.ts';

const couldNotRun = 2;

/** Milliseconds for a turn of the event loop outside of a run, in which nothing of ours takes long. */
const turnLimit = 600_000;

/**
 * Runs the command in a process that a supervisor has started, and ends that process. The verdict is told once the output
 * is written; whatever user code has left running (timers, sockets, promises) ends with it. Before that an error that
 * nobody caught means that there is none.
 * @param work gives the exit code.
 * @param options `discreet`: whether words of user code may hold values of production and are not shown.
 */
export async function runSupervised(work: () => Promise<number>, options: { discreet: boolean }): Promise<void> {
  let isDone = false;
  process.on('exit', () => {
    if (!isDone) tell({ kind: 'left', at: exitPlace(), doing: doing() });
  });
  // Rejections that nobody handles come here as well: https://nodejs.org/api/cli.html#--unhandled-rejectionsmode
  process.on('uncaughtException', (error, origin) => {
    const what = origin === 'unhandledRejection' ? 'A promise was rejected' : 'An error was thrown';
    refuse(error, `${what} and nobody caught it`, options);
    isDone = true;
    process.exit(couldNotRun);
  });
  // Nothing is left that could settle what is awaited. https://nodejs.org/api/process.html#event-beforeexit
  process.on('beforeExit', () => {
    const what = doing();
    const message = `A promise never settles${what === null ? '' : `: ${what}`}, so there is no report.`;
    tell({ kind: 'refused', message, remedy: 'Let it settle: something is awaited there that never comes.' });
    isDone = true;
    process.exit(couldNotRun);
  });
  const output = watchOutput();
  // Also between runs, and while the output is written.
  limitTurns(turnLimit);
  const exitCode = await work().catch((error: unknown) => {
    refuse(error, 'An error was thrown', options);
    return couldNotRun;
  });
  await Promise.all([flush(process.stdout), flush(process.stderr)]);
  isDone = true;
  const lost = output.lost();
  if (lost === null) tell({ kind: 'done', exitCode });
  else tell({ kind: 'refused', message: `The standard output cannot be written: ${lost}.`, remedy: lostRemedy });
  process.exit(lost === null ? exitCode : couldNotRun);
}

const lostRemedy = 'Make room, or write the report to a file with --output.';

/** Tells why there is no verdict: the user's error with its place, or a bug of ours with its stack. */
function refuse(error: unknown, what: string, { discreet }: { discreet: boolean }): void {
  const { whose, place } = blame(error);
  if (whose === 'ours') {
    console.error(error);
    tell({
      kind: 'refused',
      message: 'this is a bug of rowproof, not of your migrations. Please report it with the lines above.',
      remedy: null,
    });
    return;
  }
  const where = place === null ? '' : ` at ${describePlace(place)}`;
  const words = discreet ? '' : `: ${wordsOf(error)}`;
  const remedy = discreet
    ? 'Its message is not shown, as it may hold values of rows. Run `rowproof check` to see it.'
    : 'Correct it there: config and seeds are run inside the command, which ends with an error of theirs.';
  tell({ kind: 'refused', message: `${what}${where}${words}.`, remedy });
}

/** Where user code calls `process.exit`, which runs the listeners of `exit` on top of it. */
function exitPlace(): string | null {
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 100;
  const place = userPlace(new Error('exit'));
  Error.stackTraceLimit = stackTraceLimit;
  return place === null ? null : describePlace(place);
}

/** Watches whether the standard output takes what is written. A reader that has seen enough (`| head`) is no failure. */
function watchOutput(): { lost: () => string | null } {
  let lost: string | null = null;
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') lost ??= error.message;
  });
  process.stderr.on('error', () => {});
  // User code that ends them would take the report along. They end with the process.
  for (const stream of [process.stdout, process.stderr]) Object.defineProperty(stream, 'end', { value: () => stream });
  return { lost: () => lost };
}

/** Waits until all that was written is out, or cannot be. */
function flush(stream: NodeJS.WriteStream): Promise<void> {
  return new Promise((resolve) => {
    if (stream.writable) stream.write('', () => setImmediate(resolve));
    else setImmediate(resolve);
  });
}
