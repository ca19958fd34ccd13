import { statfsSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { HarnessError } from '../errors.ts';
import { formatSize } from '../text/size.ts';

/**
 * File systems on which a copy takes as many bytes as the original has, by the numbers of Linux
 * (https://man7.org/linux/man-pages/man2/statfs.2.html): ext4, tmpfs, F2FS, vfat and exFAT. On others a copy may share
 * the blocks of the original, so it may fit into less space.
 */
const withoutSharing: ReadonlySet<number> = new Set([0xef53, 0x01021994, 0xf2f52010, 0x4d44, 0x2011bab0]);

/** The bytes that this user may still write to the disk of a folder; null if unknown. */
export function readFree(folder: string): number | null {
  try {
    const { bavail, bfree, bsize } = statfsSync(folder);
    // The superuser may use the reserved blocks.
    return (process.getuid?.() === 0 ? bfree : bavail) * bsize;
  } catch {
    return null;
  }
}

/**
 * Refuses to begin a copy that cannot fit: only if every byte of it will certainly be written and the disk has fewer. A
 * full disk reports any further need, such as the growth of the copy.
 * @param what the copy in words, such as `A copy of app.db`
 * @throws HarnessError `disk-full` with both numbers
 */
export function refuseShortage(folder: string, needed: number, what: string): void {
  const free = sharesNothing(folder) ? readFree(folder) : null;
  if (free === null || free >= needed) return;
  // The parent of a folder of ours says more.
  const place = basename(folder).match(/^\.?rowproof-/) === null ? folder : dirname(folder);
  throw new HarnessError(
    'disk-full',
    `${what} needs ${formatSize(needed)}, and ${place} has ${formatSize(free)} left.`,
    {
      remedy: 'Free some space there, or set TMPDIR to a folder on another disk.',
      facts: { folder: place, needed, free },
    },
  );
}

function sharesNothing(folder: string): boolean {
  try {
    return withoutSharing.has(statfsSync(folder).type);
  } catch {
    return false;
  }
}
