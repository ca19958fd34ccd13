import { closeSync, constants, copyFileSync, openSync, readSync, writeSync } from 'node:fs';
import { systemCode } from './faults.ts';

/** Bytes that are copied at once. */
const chunk = 2 ** 20;

/**
 * Copies what a file holds, into a file that this user alone may read; on a file system that can, the two share their blocks.
 * It ends where the file ends. `copyFile` of Node goes on for the size that the file had, and goes round in a circle for
 * ever when the file is cut off meanwhile (`uv__fs_copyfile` in
 * https://github.com/libuv/libuv/blob/v1.x/src/unix/fs.c), as a VACUUM does.
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

function shareBlocks(from: string, to: string): boolean {
  try {
    copyFileSync(from, to, constants.COPYFILE_FICLONE_FORCE);
    return true;
  } catch (error) {
    if (systemCode(error) === null) throw error;
    // Most file systems cannot; any other obstacle is met again by who copies in earnest.
    return false;
  }
}
