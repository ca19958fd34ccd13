import { writeSync } from 'node:fs';
import type { Readable } from 'node:stream';

/** The file descriptor on which the supervised process reports its ending to its supervisor. */
export const channel = 3;

/** A migration is judged: its findings as lines for people, which are printed if the process ends without a verdict. */
export interface JudgedMessage {
  readonly kind: 'judged';
  readonly text: string;
}

/** A drill goes on: what it told before is replaced by its findings as lines for people, and the sentence above them. */
export interface DrilledMessage {
  readonly kind: 'drilled';
  readonly title: string;
  readonly text: string;
}

/** A finding that is told before the verdict. */
export type EarlyFinding = JudgedMessage | DrilledMessage;

/** The messages of a supervised process about its ending, one per line; blank lines only test the connection. */
export type Message =
  /** The verdict, after the output is written. */
  | { readonly kind: 'done'; readonly exitCode: number }
  /** The reason why there is no verdict. */
  | { readonly kind: 'refused'; readonly message: string; readonly remedy: string | null }
  /** It exits before a verdict, with the place in the user's code and the current activity, if known. */
  | { readonly kind: 'left'; readonly at: string | null; readonly doing: string | null };

/** Sends a message to the supervisor. A dead supervisor needs none. */
export function tell(message: Message | EarlyFinding): void {
  try {
    writeSync(channel, `${JSON.stringify(message)}\n`);
  } catch {
    // The process ends in any case.
  }
}

/** Reads the messages of a supervised process until it closes the channel. */
export function listen(stream: Readable, heard: (message: Message | EarlyFinding) => void): void {
  let rest = '';
  stream.setEncoding('utf8').on('data', (text: string) => {
    const lines = `${rest}${text}`.split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) {
      const message = line === '' ? null : parse(line);
      if (message !== null) heard(message);
    }
  });
  // A killed process may break the connection.
  stream.on('error', () => {});
}

/** Text that user code wrote there by mistake is ignored. */
function parse(line: string): Message | EarlyFinding | null {
  try {
    const value: unknown = JSON.parse(line);
    return isMessage(value) ? value : null;
  } catch {
    return null;
  }
}

function isMessage(value: unknown): value is Message | EarlyFinding {
  if (typeof value !== 'object' || value === null || !('kind' in value)) return false;
  if (value.kind === 'done') return 'exitCode' in value && [0, 1, 2].includes(Number(value.exitCode));
  if (value.kind === 'judged') return isText(value, 'text');
  if (value.kind === 'drilled') return isText(value, 'title') && isText(value, 'text');
  if (value.kind === 'refused') return isText(value, 'message');
  return value.kind === 'left';
}

function isText(value: object, key: string): boolean {
  return typeof new Map(Object.entries(value)).get(key) === 'string';
}
