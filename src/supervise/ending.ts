import type { Message } from './channel.ts';

/** The ending of a process without a verdict. */
export interface ProcessEnding {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  /** The reason why it could not be started; null if it was started. */
  readonly error: Error | null;
  readonly left: Extract<Message, { kind: 'left' }> | null;
}

const remedies = {
  exit: 'Remove the call: config and seeds run inside the command, so the call ends it.',
  memory: 'Use fewer rows (--rows), or give Node more memory (NODE_OPTIONS=--max-old-space-size=8192).',
  killed: 'Check whether the machine ran out of memory; --limit-memory ends a run earlier.',
  signal: 'Find the sender: the config, a seed, or another program.',
  crash: 'A native part crashed: an extension that `connect` loads, or the driver. Try it without the extension.',
} as const;

/** The kernel's signals for a faulty program. */
const crashes: ReadonlySet<NodeJS.Signals> = new Set(['SIGSEGV', 'SIGBUS', 'SIGILL', 'SIGFPE', 'SIGTRAP', 'SIGSYS']);

/** Describes in one sentence what ended a process before its verdict, and in another the remedy. */
export function describeEnd({ code, signal, error, left }: ProcessEnding): { message: string; remedy: string } {
  const doing = left?.doing == null ? '' : ` (at that moment: ${left.doing})`;
  const none = 'so there is no report';
  if (error !== null)
    return { message: `The command cannot be started: ${error.message}, ${none}.`, remedy: remedies.killed };
  if (signal === 'SIGABRT' || code === 134)
    return {
      message: `JavaScript ran out of memory or was aborted${doing}, ${none}.`,
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
