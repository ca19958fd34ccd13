// This room starts the command in a process of its own, and alone says how that process ended.
import { type ChildProcess, spawn } from 'node:child_process';
import process from 'node:process';
import type { Readable } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';
import { memoryOfMachine } from '../machine.ts';
import { complaint } from '../report/complaint.ts';
import { type DrilledMessage, listen, type Message } from './channel.ts';
import { describeEnd } from './ending.ts';

/** The milliseconds between the last message of a process, or the request to leave, and its kill. */
const grace = 2_000;

/** The milliseconds by which a signal may reach this process later than the child. */
const late = 250;

/** Signals that ask the command to end; other signals come from the kernel or kill at once. */
const requests = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

type Request = (typeof requests)[number];

/**
 * Runs a program in a separate process, with the same Node, flags and terminal, and reports its ending. The program
 * also runs the user's code, which may end its process or never return. Only a verdict over the channel counts;
 * anything else gives the exit code 2 with a sentence on the error output. Signals reach the program; if a signal ends
 * it, the same signal ends this process.
 * @param program the path of the module, which calls `runSupervised`.
 * @returns the exit code.
 */
export async function supervise(program: string, args: readonly string[]): Promise<number> {
  const child = spawn(process.execPath, [...process.execArgv, ...heapFlags(), program, ...args], {
    stdio: ['inherit', 'inherit', 'inherit', 'pipe'],
  });
  let verdict: Message | null = null;
  const found: FoundSoFar = { judged: [], drilled: null };
  const channel = child.stdio[3];
  if (isReadable(channel)) {
    listen(channel, (message) => {
      if (message.kind === 'judged') {
        found.judged.push(message.text);
        return;
      }
      if (message.kind === 'drilled') {
        found.drilled = message;
        return;
      }
      // The first message is the cause of later ones.
      verdict ??= message;
      killLater(child);
    });
  }
  const requested = relaySignals(child);
  const end = await ended(child);
  if (isReadable(channel)) await drained(channel);
  // A signal to the whole group may reach the child first.
  if (requests.some((signal) => signal === end.signal)) await wait(late);
  const known: Message | null = verdict;
  return conclude(known, end, requested.stop(), found);
}

/** The messages of a process before its verdict. */
interface FoundSoFar {
  /** The findings of each judged migration. */
  readonly judged: string[];
  /** The newest message of a drill. */
  drilled: DrilledMessage | null;
}

/**
 * Allows the JavaScript heap all memory, unless an option sets its size. The memory limit then acts first, and its
 * message names the current activity, while V8 prints a page of addresses.
 */
function heapFlags(): string[] {
  const said = [process.env['NODE_OPTIONS'] ?? '', ...process.execArgv].some((text) =>
    /--max[-_](?:old[-_]space|heap)/.test(text),
  );
  return said ? [] : [`--max-old-space-size=${Math.floor(memoryOfMachine() / 2 ** 20)}`];
}

/** The ending of a process, or the reason why it could not be started. */
interface End {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly error: Error | null;
}

function ended(child: ChildProcess): Promise<End> {
  return new Promise((resolve) => {
    child.on('exit', (code, signal) => resolve({ code, signal, error: null }));
    child.on('error', (error) => resolve({ code: null, signal: null, error }));
  });
}

/** Waits until the last output of the process is read, but not for processes that inherited the channel. */
async function drained(channel: Readable): Promise<void> {
  if (channel.closed) return;
  await Promise.race([new Promise((resolve) => channel.on('close', resolve)), wait(grace, null, { ref: false })]);
  channel.destroy();
}

async function conclude(
  verdict: Message | null,
  end: End,
  request: Request | null,
  found: FoundSoFar,
): Promise<number> {
  if (verdict?.kind === 'done') return verdict.exitCode;
  process.stderr.write(
    `${process.stderr.isTTY ? wipe : ''}${describeJudged(found.judged)}${describeDrilled(found.drilled)}`,
  );
  // Without a request, the user's code ended the process.
  if (request !== null && verdict?.kind !== 'refused') return endBy(request);
  const { message, remedy } = verdict?.kind === 'refused' ? verdict : describeEnd({ ...end, left: verdict });
  process.stderr.write(`${process.stderr.isTTY ? wipe : ''}${complaint(message, remedy)}`);
  return 2;
}

/** The findings before a process ended; empty without any. */
function describeJudged(judged: readonly string[]): string {
  const found = judged.filter((text) => text !== '');
  if (found.length === 0) return '';
  const count = judged.length === 1 ? '1 migration was judged' : `${judged.length} migrations were judged`;
  return `Found before the end (${count}):\n\n${found.join('\n')}\n`;
}

/** The drill until a process ended; empty without one. */
function describeDrilled(drilled: DrilledMessage | null): string {
  if (drilled === null) return '';
  return `${drilled.title}\n${drilled.text === '' ? '' : `\n${drilled.text}\n`}`;
}

/** Removes the progress line of a process that could not remove it itself. */
const wipe = '\r\u001b[2K';

/**
 * Forwards signals that ask to end. @returns a function that stops the forwarding and returns the first forwarded
 * signal.
 */
function relaySignals(child: ChildProcess): { stop: () => Request | null } {
  let first: Request | null = null;
  const relay = (signal: Request): void => {
    first ??= signal;
    // At a terminal the child has received it too, and may be gone.
    child.kill(signal);
    killLater(child);
  };
  for (const signal of requests) process.on(signal, relay);
  return {
    stop: () => {
      for (const signal of requests) process.off(signal, relay);
      return first;
    },
  };
}

function killLater(child: ChildProcess): void {
  setTimeout(() => child.kill('SIGKILL'), grace).unref();
}

/** Ends by a signal, so that a shell sees the cause. */
async function endBy(signal: Request): Promise<number> {
  process.kill(process.pid, signal);
  await wait(grace);
  return 2;
}

function isReadable(stream: unknown): stream is Readable {
  return typeof stream === 'object' && stream !== null && 'setEncoding' in stream;
}
