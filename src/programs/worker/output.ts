import process from 'node:process';

/** How much is kept of what programs print between two looks at it. */
const limit = 100_000;

let kept = '';

/** Takes what programs print, so that it cannot come into the midst of a report. */
export function captureOutput(): void {
  for (const stream of [process.stdout, process.stderr]) {
    Object.defineProperty(stream, 'write', {
      value: (chunk: unknown, ...rest: unknown[]): boolean => {
        kept = (kept + textOf(chunk)).slice(0, limit);
        const written = rest.find((each) => typeof each === 'function');
        if (typeof written === 'function') setImmediate(() => Reflect.apply(written, undefined, []));
        return true;
      },
    });
  }
}

/** What was printed since the last time. */
export function takeOutput(): string {
  const taken = kept;
  kept = '';
  return taken;
}

function textOf(chunk: unknown): string {
  return chunk instanceof Uint8Array ? Buffer.from(chunk).toString('utf8') : String(chunk);
}
