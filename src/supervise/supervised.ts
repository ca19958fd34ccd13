import process from 'node:process';
import { blame, describePlace, userPlace, wordsOf } from '../blame.ts';
import { doing, limitTurns } from '../watch/activity.ts';
import { tell } from './channel.ts';

const couldNotRun = 2;

let isSupervised = false;

/**
 * Notes that a migration is judged, for the case that the process ends without a verdict. Outside of a supervised process it
 * does nothing. @param text the findings as lines for people; empty without any.
 */
export function noteJudged(text: string): void {
  if (isSupervised) tell({ kind: 'judged', text });
}

/**
 * Notes the faults and the findings of a drill up to now, in place of those noted before. Outside of a supervised process it
 * does nothing. @param title the sentence above the findings. @param text the findings as lines for people; empty without any.
 */
export function noteDrilled(title: string, text: string): void {
  if (isSupervised) tell({ kind: 'drilled', title, text });
}

/** Milliseconds for a turn of the event loop outside of a run; our own code is quick there. */
const turnLimit = 600_000;

/**
 * Runs the command in a process that a supervisor has started, and ends that process. It sends the verdict after the
 * output is written; leftovers of user code (timers, sockets, promises) end with the process. An uncaught error before
 * that means that there is no verdict.
 * @param work returns the exit code.
 * @param options `discreet`: whether messages of user code may hold values of production and are hidden.
 */
export async function runSupervised(work: () => Promise<number>, options: { discreet: boolean }): Promise<void> {
  isSupervised = true;
  let isDone = false;
  process.on('exit', () => {
    if (!isDone) tell({ kind: 'left', at: exitPlace(), doing: doing() });
  });
  // Unhandled rejections arrive here as well: https://nodejs.org/api/cli.html#--unhandled-rejectionsmode
  process.on('uncaughtException', (error, origin) => {
    const what = origin === 'unhandledRejection' ? 'A promise was rejected' : 'An error was thrown';
    refuse(error, `${what} and nobody caught it`, options);
    isDone = true;
    process.exit(couldNotRun);
  });
  // Nothing is left that could settle the awaited promise. https://nodejs.org/api/process.html#event-beforeexit
  process.on('beforeExit', () => {
    const what = doing();
    const message = `A promise never settles${what === null ? '' : `: ${what}`}, so there is no report.`;
    tell({ kind: 'refused', message, remedy: 'Resolve or reject the promise that the code awaits there.' });
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

const lostRemedy = 'Free some space, or write the report to a file with --output.';

/** Reports why there is no verdict: the user's error with its place, or a bug of ours with its stack. */
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
    ? 'Its message is hidden because it may hold values of rows. Run `rowproof check` to see it.'
    : 'Correct the code there: config and seeds run inside the command, so their errors end it.';
  tell({ kind: 'refused', message: `${what}${where}${words}.`, remedy });
}

/** The place where user code calls `process.exit`, which runs the listeners of `exit` on top of its stack. */
function exitPlace(): string | null {
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 100;
  const place = userPlace(new Error('exit'));
  Error.stackTraceLimit = stackTraceLimit;
  return place === null ? null : describePlace(place);
}

/** Watches whether the standard output accepts the text. A reader that stops early (`| head`) is not a failure. */
function watchOutput(): { lost: () => string | null } {
  let lost: string | null = null;
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') lost ??= error.message;
  });
  process.stderr.on('error', () => {});
  // User code that ends these streams would lose the report. They end with the process.
  for (const stream of [process.stdout, process.stderr]) Object.defineProperty(stream, 'end', { value: () => stream });
  return { lost: () => lost };
}

/** Waits until the output is written or has failed. */
function flush(stream: NodeJS.WriteStream): Promise<void> {
  return new Promise((resolve) => {
    if (stream.writable) stream.write('', () => setImmediate(resolve));
    else setImmediate(resolve);
  });
}
