import { closeSync, constants, copyFileSync, openSync, readSync, writeSync } from 'node:fs';
import { systemCode } from './faults.ts';

/** The bytes per copying step. */
const chunk = 2 ** 20;

/** The steps after which a caller has its turn. */
const steps = 16;

/**
 * Copies the content of a file into a file that only this user may read; the two share their blocks if the file system
 * supports it. It ends where the file ends. Node's `copyFile` continues up to the original size, and never ends if the
 * file is truncated in the meantime (`uv__fs_copyfile` in https://github.com/libuv/libuv/blob/v1.x/src/unix/fs.c), as a
 * VACUUM does.
 * @throws the error of the file system
 */
export function copyContent(from: string, to: string): void {
  if (shareBlocks(from, to)) return;
  const source = openSync(from, 'r');
  try {
    const target = openSync(to, 'w', 0o600);
    try {
      const buffer = Buffer.allocUnsafe(chunk);
      for (let read = readSync(source, buffer); read > 0; read = readSync(source, buffer)) {
        for (let done = 0; done < read; ) done += writeSync(target, buffer, done, read - done);
      }
    } finally {
      closeSync(target);
    }
  } finally {
    closeSync(source);
  }
}

/**
 * Copies the content of an open file into a file that only this user may read, from its beginning to its end. The file is not
 * opened once more: closing it again would drop the locks of this process
 * (https://sqlite.org/howtocorrupt.html#_posix_advisory_locks_canceled_by_a_separate_thread_doing_close_).
 * @param limit bytes at most
 * @returns the bytes that are copied, after some of them each time and at the end.
 * @throws the error of the file system
 */
export function* copyOpen(
  source: number,
  to: string,
  limit = Number.POSITIVE_INFINITY,
): Generator<number, void, undefined> {
  const target = openSync(to, 'w', 0o600);
  try {
    const buffer = Buffer.allocUnsafe(chunk);
    let at = 0;
    for (let step = 1; at < limit; step++) {
      const read = readSync(source, buffer, 0, Math.min(chunk, limit - at), at);
      if (read === 0) break;
      for (let done = 0; done < read; ) done += writeSync(target, buffer, done, read - done);
      at += read;
      if (step % steps === 0) yield at;
    }
    yield at;
  } finally {
    closeSync(target);
  }
}

/** Makes a file share the blocks of another one; false where the file system cannot. */
export function shareBlocks(from: string, to: string): boolean {
  try {
    copyFileSync(from, to, constants.COPYFILE_FICLONE_FORCE);
    return true;
  } catch (error) {
    if (systemCode(error) === null) throw error;
    // Most file systems cannot; the real copy meets any other obstacle again.
    return false;
  }
}
