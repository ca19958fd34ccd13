// This room knows files as such: which may be read, written over or swept, whatever is in them.
import { closeSync, constants, fstatSync, openSync, readFileSync, realpathSync, type Stats, statSync } from 'node:fs';
import { HarnessError, type HarnessErrorCode } from '../errors.ts';
import { formatSize } from '../text/size.ts';

/** The size limit of hand-written texts: migrations, seeds, invariants, configs, profiles. */
export const textLimit = 64 * 2 ** 20;

/** The kind of a path that is not a regular file, in words; null for a regular file. */
export function kindOf(stats: Stats, path: string): string | null {
  if (stats.isDirectory()) return 'a folder';
  if (stats.isFIFO()) return 'a pipe';
  if (stats.isSocket()) return 'a socket';
  if (!stats.isFile()) return 'a device';
  // They look like files, have no size and may give different bytes at each reading.
  return /^\/(?:proc|sys)\//.test(realpathSync(path)) ? 'a file of the kernel' : null;
}

/**
 * Refuses a path that leads to anything but a regular file, before it is opened: opening a pipe waits for its other
 * end, and a device may never end. Links are followed. A path that does not exist or cannot be examined is left to its
 * reader.
 * @throws HarnessError with `code`
 */
export function refuseSpecial(path: string, shownAs: string, code: HarnessErrorCode = 'file-unreadable'): void {
  const kind = kindAt(path);
  if (kind !== null) throw special(shownAs, kind, code);
}

function kindAt(path: string): string | null {
  try {
    return kindOf(statSync(path), path);
  } catch {
    // It does not exist or is out of reach.
    return null;
  }
}

/** The options for reading a text. */
export interface ReadOptions {
  readonly shownAs: string;
  /** Its size limit. */
  readonly limit: number;
  /** The code of the error. */
  readonly code: HarnessErrorCode;
}

/**
 * Reads a regular file that may not be larger than a limit.
 * @throws HarnessError for another kind of file and for one that is too large; the error of the file system else
 */
export function readRegular(path: string, { shownAs, limit, code }: ReadOptions): Buffer {
  refuseSpecial(path, shownAs, code);
  // If a pipe has replaced it in the meantime, opening does not wait.
  const descriptor = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    const stats = fstatSync(descriptor);
    const kind = kindOf(stats, path);
    if (kind !== null) throw special(shownAs, kind, code);
    if (stats.size > limit) throw tooLarge(shownAs, stats.size, limit, code);
    return readFileSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

/** @throws HarnessError with `code` for a regular file that is larger than `limit`, and for any other kind of file */
export function refuseLarge(path: string, { shownAs, limit, code }: ReadOptions): void {
  refuseSpecial(path, shownAs, code);
  const { size } = statSync(path);
  if (size > limit) throw tooLarge(shownAs, size, limit, code);
}

function special(shownAs: string, kind: string, code: HarnessErrorCode): HarnessError {
  return new HarnessError(code, `${shownAs} is ${kind}, not a file.`, {
    remedy: kind === 'a folder' ? 'Name a file in it.' : 'Name a regular file, or remove this one.',
    facts: { file: shownAs },
  });
}

function tooLarge(shownAs: string, size: number, limit: number, code: HarnessErrorCode): HarnessError {
  return new HarnessError(
    code,
    `${shownAs} has ${formatSize(size)}; at most ${formatSize(limit)} (${limit} bytes) are read as text.`,
    {
      remedy: 'Put the data into a database and name it with --base, or split the file.',
      facts: { file: shownAs, size, limit },
    },
  );
}
