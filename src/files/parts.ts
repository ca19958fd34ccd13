import { createReadStream } from 'node:fs';
import { pipeline, Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';

/** The first bytes of a gzip file: https://www.rfc-editor.org/rfc/rfc1952#page-6 */
const gzipMagic = Buffer.from([0x1f, 0x8b]);

/** The bytes that tell what a stream holds. */
const enough = 16;

/** A stream of bytes whose beginning is known. */
export interface Parts {
  /** At least 16 bytes, unless there are fewer. */
  readonly head: Buffer;
  /** All bytes, the beginning included. */
  readonly all: AsyncIterable<Buffer>;
}

/** Reads a file in parts. @throws the error of the file system, when its parts are read */
export function partsOf(path: string): AsyncIterable<Buffer> {
  return createReadStream(path, { highWaterMark: 2 ** 20 });
}

/** Whether bytes are the beginning of a gzip file. */
export function isGzip(head: Buffer): boolean {
  return head.subarray(0, gzipMagic.length).equals(gzipMagic);
}

/** Reads the beginning of a stream. */
export async function peek(parts: AsyncIterable<Buffer>): Promise<Parts> {
  const iterator = parts[Symbol.asyncIterator]();
  const taken: Buffer[] = [];
  let size = 0;
  while (size < enough) {
    const next = await iterator.next();
    if (next.done === true) break;
    taken.push(next.value);
    size += next.value.length;
  }
  const head = Buffer.concat(taken);
  return { head, all: resume(head, iterator) };
}

async function* resume(head: Buffer, rest: AsyncIterator<Buffer>): AsyncGenerator<Buffer, void, undefined> {
  try {
    yield head;
    for (let next = await rest.next(); next.done !== true; next = await rest.next()) yield next.value;
  } finally {
    await rest.return?.();
  }
}

/** Unpacks a gzip file. @throws an error with a code that begins with `Z_`, where it is damaged or cut */
export function unpack(parts: AsyncIterable<Buffer>): AsyncIterable<Buffer> {
  const gunzip = createGunzip();
  // An error of the source reaches whoever reads on.
  pipeline(Readable.from(parts), gunzip, () => {});
  return gunzip;
}
