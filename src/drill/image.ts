import { existsSync, rmSync, statSync } from 'node:fs';
import { copyContent } from '../files/copy.ts';

/** The files beside a database that belong to its content. The index of a log (-shm) is made anew. */
const logs = ['-journal', '-wal'] as const;

/**
 * Copies a database as it lies on the disk, with its journal or log: a process that is killed at this moment leaves
 * exactly these files. Nothing may write to them meanwhile.
 */
export function copyImage(from: string, to: string): void {
  removeImage(to);
  copyContent(from, to);
  for (const suffix of logs) if (existsSync(`${from}${suffix}`)) copyContent(`${from}${suffix}`, `${to}${suffix}`);
}

/** Removes a database with its journal, log and index. */
export function removeImage(file: string): void {
  for (const suffix of ['', '-shm', ...logs]) rmSync(`${file}${suffix}`, { force: true });
}

/** The bytes of a database with its journal and log. */
export function imageSize(file: string): number {
  return ['', ...logs].reduce(
    (sum, suffix) => sum + (statSync(file + suffix, { throwIfNoEntry: false })?.size ?? 0),
    0,
  );
}
