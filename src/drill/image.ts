import { existsSync, mkdirSync, rmSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
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

/** Copies a database into a folder with nothing else in it: what a migrator left beside another copy, such as a lock, is gone. */
export function startAfresh(template: string, file: string): void {
  const folder = dirname(file);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { mode: 0o700 });
  copyImage(template, file);
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
