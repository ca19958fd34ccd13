import { closeSync, openSync, readSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { HarnessError } from '../errors.ts';
import { beginsDatabase, magic } from '../files/database-header.ts';
import { systemCode } from '../files/faults.ts';
import { isGzip, type Parts, partsOf, peek, unpack } from '../files/parts.ts';
import { refuseSpecial } from '../files/regular.ts';
import type { Integrity, Settings } from '../model/settings.ts';
import { fileError, machineError } from './connection.ts';
import { type CopyWatch, copyDatabase, refuseDamagedCopy } from './copy.ts';
import { isAbsence } from './database-file.ts';
import { buildFromDump } from './dump.ts';

/** The name that stands for the standard input. */
export const standardInput = '-';

/** How a database is taken. */
export interface TakeOptions {
  readonly settings: Settings;
  readonly integrity: Integrity;
  readonly watch?: CopyWatch;
  /** The bytes of the standard input. */
  readonly input: AsyncIterable<Buffer>;
}

/**
 * Takes a copy of a database from any source: a file that may be in use, a backup, or a dump in SQL; each of the latter
 * perhaps packed by gzip, and from the standard input where `source` is `-`.
 * @param destination a path in a folder of ours; the copy there is one file that needs none beside it.
 * @throws HarnessError as `copyDatabase` and `buildFromDump` do
 */
export async function takeDatabase(source: string, destination: string, taking: TakeOptions): Promise<void> {
  const { integrity, watch = {} } = taking;
  const shownAs = nameOf(source);
  if (source !== standardInput) refuseSpecial(source, shownAs, 'database-unreadable');
  const head = source === standardInput ? null : readHead(source);
  const isStream = head === null || isGzip(head) || (isSqlName(source) && !beginsDatabase(head));
  if (!isStream) return copyDatabase(source, destination, integrity, watch);
  try {
    const raw = await peek(source === standardInput ? taking.input : partsOf(source));
    await take(isGzip(raw.head) ? await peek(unpack(raw.all)) : raw, destination, taking, shownAs);
  } catch (error) {
    throw streamError(shownAs, destination, error);
  }
  watch.checking?.();
  refuseDamagedCopy(shownAs, destination, integrity);
}

/** The words for a source. */
export function nameOf(source: string): string {
  return source === standardInput ? 'the standard input' : source;
}

async function take(
  parts: Parts,
  destination: string,
  { settings, watch }: TakeOptions,
  shownAs: string,
): Promise<void> {
  if (parts.head.length === 0) {
    throw new HarnessError('bad-dump', `${shownAs} is empty.`, {
      remedy: 'Check that the command that writes it succeeded (in a shell: set -o pipefail).',
      facts: { file: shownAs },
    });
  }
  const counted = count(parts.all, (done) => watch?.copied?.(done, 0));
  if (beginsDatabase(parts.head)) await write(counted, destination);
  else await buildFromDump(counted, destination, settings, shownAs);
}

async function* count(
  parts: AsyncIterable<Buffer>,
  tell: (done: number) => void,
): AsyncGenerator<Buffer, void, undefined> {
  let done = 0;
  for await (const part of parts) {
    yield part;
    done += part.length;
    tell(done);
  }
}

async function write(parts: AsyncIterable<Buffer>, path: string): Promise<void> {
  const file = openSync(path, 'wx', 0o600);
  try {
    for await (const part of parts)
      for (let done = 0; done < part.length; ) done += writeSync(file, part, done, part.length - done);
  } finally {
    closeSync(file);
  }
}

function isSqlName(path: string): boolean {
  return /\.sql$/i.test(path);
}

/** The first bytes of a file; none where it cannot be read, which its copy reports. */
function readHead(path: string): Buffer {
  const bytes = Buffer.alloc(magic.length);
  try {
    const file = openSync(path, 'r');
    try {
      return bytes.subarray(0, readSync(file, bytes, 0, bytes.length, 0));
    } finally {
      closeSync(file);
    }
  } catch {
    return bytes.subarray(0, 0);
  }
}

function streamError(shownAs: string, destination: string, error: unknown): unknown {
  if (error instanceof HarnessError) return error;
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code.startsWith('Z_')) {
    return new HarnessError('bad-dump', `${shownAs} cannot be unpacked: it is damaged or cut.`, {
      remedy: 'Check it with gzip -t, and make it again.',
      facts: { file: shownAs },
      cause: error,
    });
  }
  if (isAbsence(error) || systemCode(error) === 'EACCES') return fileError(shownAs, error);
  return machineError(error, `A copy of ${shownAs} cannot be made`, dirname(destination));
}
