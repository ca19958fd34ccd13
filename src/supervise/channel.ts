import { writeSync } from 'node:fs';
import type { Readable } from 'node:stream';

/** The file descriptor of the supervised process on which it tells its supervisor how it ended. */
export const channel = 3;

/** How a supervised process says it ended, a line each; blank lines only ask whether somebody listens. */
export type Message =
  /** The output is written, and this is the verdict. */
  | { readonly kind: 'done'; readonly exitCode: number }
  /** There is no verdict, for this reason. */
  | { readonly kind: 'refused'; readonly message: string; readonly remedy: string | null }
  /** It leaves before there is a verdict; where in the user's code, and what it was at, as far as it is known. */
  | { readonly kind: 'left'; readonly at: string | null; readonly doing: string | null };

/** Tells the supervisor. One that is gone hears nothing, which is nobody's loss. */
export function tell(message: Message): void {
  try {
    writeSync(channel, `${JSON.stringify(message)}\n`);
  } catch {
    // The process ends, whoever hears of it.
  }
}

/** Reads what a supervised process tells until its end of the channel is closed. */
export function listen(stream: Readable, heard: (message: Message) => void): void {
  let rest = '';
  stream.setEncoding('utf8').on('data', (text: string) => {
    const lines = `${rest}${text}`.split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) {
      const message = line === '' ? null : parse(line);
      if (message !== null) heard(message);
    }
  });
  // A process that is killed may break the connection off.
  stream.on('error', () => {});
}

/** What user code wrote there by mistake is no message. */
function parse(line: string): Message | null {
  try {
    const value: unknown = JSON.parse(line);
    return isMessage(value) ? value : null;
  } catch {
    return null;
  }
}

function isMessage(value: unknown): value is Message {
  if (typeof value !== 'object' || value === null || !('kind' in value)) return false;
  if (value.kind === 'done') return 'exitCode' in value && [0, 1, 2].includes(Number(value.exitCode));
  if (value.kind === 'refused') return 'message' in value && typeof value.message === 'string';
  return value.kind === 'left';
}
