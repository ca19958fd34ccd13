import type { Message } from './channel.ts';

/** How a process ended that told no verdict. */
export interface Ending {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  /** Why it could not be started; null when it was. */
  readonly error: Error | null;
  readonly left: Extract<Message, { kind: 'left' }> | null;
}

const remedies = {
  exit: 'Take the call out: config and seeds are run inside the command, which ends with them.',
  memory: 'Use fewer rows (--rows), or give Node more memory (NODE_OPTIONS=--max-old-space-size=8192).',
  killed: 'Look whether the machine ran out of memory; --limit-memory ends a run before that.',
  signal: 'Look who sends it: the config, a seed, or another program.',
  crash: 'A native part crashed: an extension that `connect` loads, or the driver. Try it without the extension.',
} as const;

/** Signals of the kernel for a program that went wrong. */
const crashes: ReadonlySet<NodeJS.Signals> = new Set(['SIGSEGV', 'SIGBUS', 'SIGILL', 'SIGFPE', 'SIGTRAP', 'SIGSYS']);

/** Says in a sentence what ended a process before there was a verdict, and in another what to do about it. */
export function describeEnd({ code, signal, error, left }: Ending): { message: string; remedy: string } {
  const doing = left?.doing == null ? '' : ` (at that moment: ${left.doing})`;
  const none = 'so there is no report';
  if (error !== null)
    return { message: `The command cannot be started: ${error.message}, ${none}.`, remedy: remedies.killed };
  if (signal === 'SIGABRT' || code === 134)
    return {
      message: `The memory of JavaScript ran out, or it was aborted${doing}, ${none}.`,
      remedy: remedies.memory,
    };
  if (signal === 'SIGKILL')
    return { message: `The command was killed by SIGKILL${doing}, ${none}.`, remedy: remedies.killed };
  if (signal !== null) {
    const remedy = crashes.has(signal) ? remedies.crash : remedies.signal;
    return { message: `The command ended by ${signal}${doing}, ${none}.`, remedy };
  }
  if (left?.at != null)
    return { message: `process.exit(${code}) was called at ${left.at}, ${none}.`, remedy: remedies.exit };
  return { message: `The command left with the exit code ${code}${doing}, ${none}.`, remedy: remedies.exit };
}
