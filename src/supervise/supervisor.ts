// This room starts the command in a process of its own, and alone says how that process ended.
import { type ChildProcess, spawn } from 'node:child_process';
import process from 'node:process';
import type { Readable } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';
import { memoryOfMachine } from '../machine.ts';
import { complaint } from '../report/complaint.ts';
import { listen, type Message } from './channel.ts';
import { describeEnd } from './ending.ts';

/** Milliseconds that a process which has told how it ends, or was told to leave, has before it is killed. */
const grace = 2_000;

/** Signals that ask the command to end; the others are the kernel's, or kill without asking. */
const requests = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

type Request = (typeof requests)[number];

/**
 * Runs a program in a process of its own, with the same Node, flags and terminal, and says how it ended. What the program
 * runs is the user's code as well, which may end its process or never return: only a verdict that was told over the channel
 * counts, and anything else is the exit code 2 with a sentence on the error output. Signals reach the program; when it ends
 * by one, so does this process.
 * @param program the path of the module, which calls `runSupervised`.
 * @returns the exit code.
 */
export async function supervise(program: string, args: readonly string[]): Promise<number> {
  const child = spawn(process.execPath, [...process.execArgv, ...heapFlags(), program, ...args], {
    stdio: ['inherit', 'inherit', 'inherit', 'pipe'],
  });
  let verdict: Message | null = null;
  const channel = child.stdio[3];
  if (isReadable(channel)) {
    listen(channel, (message) => {
      // What comes first is the cause of what comes after.
      verdict ??= message;
      killLater(child);
    });
  }
  const requested = relaySignals(child);
  const end = await ended(child);
  if (isReadable(channel)) await drained(channel);
  return conclude(verdict, end, requested.stop());
}

/**
 * Lets the heap of JavaScript grow as far as there is memory, unless somebody says how far: the limit of memory comes first
 * then, which can say what the process was at, where V8 prints a page of addresses.
 */
function heapFlags(): string[] {
  const said = [process.env['NODE_OPTIONS'] ?? '', ...process.execArgv].some((text) =>
    /--max[-_](?:old[-_]space|heap)/.test(text),
  );
  return said ? [] : [`--max-old-space-size=${Math.floor(memoryOfMachine() / 2 ** 20)}`];
}

/** How a process ended, or why it could not be started. */
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

/** Waits until what the process wrote last is read; whatever inherited the channel from it is not waited for. */
async function drained(channel: Readable): Promise<void> {
  if (channel.closed) return;
  await Promise.race([new Promise((resolve) => channel.on('close', resolve)), wait(grace, null, { ref: false })]);
  channel.destroy();
}

async function conclude(verdict: Message | null, end: End, request: Request | null): Promise<number> {
  if (verdict?.kind === 'done') return verdict.exitCode;
  // Where nobody asked for it, it was the user's code that ended the process so.
  if (request !== null && verdict?.kind !== 'refused') return endBy(request);
  const { message, remedy } = verdict?.kind === 'refused' ? verdict : describeEnd({ ...end, left: verdict });
  process.stderr.write(`${process.stderr.isTTY ? wipe : ''}${complaint(message, remedy)}`);
  return 2;
}

/** Takes away the line of progress that a process left which could not do so itself. */
const wipe = '\r\u001b[2K';

/** Passes on what asks to end. @returns a function that ends that and tells the first that was passed on. */
function relaySignals(child: ChildProcess): { stop: () => Request | null } {
  let first: Request | null = null;
  const relay = (signal: Request): void => {
    first ??= signal;
    // At a terminal the child has been sent it too, and may be gone.
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

/** Ends by a signal, so that a shell sees what happened. */
async function endBy(signal: Request): Promise<number> {
  process.kill(process.pid, signal);
  await wait(grace);
  return 2;
}

function isReadable(stream: unknown): stream is Readable {
  return typeof stream === 'object' && stream !== null && 'setEncoding' in stream;
}
