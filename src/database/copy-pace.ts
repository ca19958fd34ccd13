import { closeSync, openSync, rmSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import { copyOpen } from '../files/copy.ts';
import { systemCode } from '../files/faults.ts';
import { engineError } from './connection.ts';
import { locate, observe } from './database-file.ts';

/** Bytes whose copying other processes notice. */
export const noticedCopy = 100_000_000;

/** The bytes of the sample. */
const sample = 32 * 2 ** 20;

/** The time of a whole copy. */
export interface ExpectedCopy {
  readonly bytes: number;
  readonly milliseconds: number;
}

/**
 * Estimates how long processes that write to a large database in rollback-journal mode will wait for its copy, from the time that its first
 * bytes take. The source is only read.
 * @param destination a path where nothing is, and where nothing stays.
 * @returns null where nobody will notice, and where the database cannot be read at this moment, which its copy reports.
 */
export async function expectCopy(source: string, destination: string): Promise<ExpectedCopy | null> {
  try {
    const path = locate(source);
    const { size, usesWal, hasJournal } = observe(path);
    // A journal may have to be rolled back before anybody can read.
    return size < noticedCopy || usesWal || hasJournal ? null : await timeSample(path, destination, size);
  } catch (error) {
    if (engineError(error) !== null || systemCode(error) !== null) return null;
    throw error;
  }
}

/** Closes the file, which is right only before the copy has a lock on it. */
async function timeSample(path: string, destination: string, bytes: number): Promise<ExpectedCopy> {
  const source = openSync(path, 'r');
  try {
    const start = performance.now();
    for (const _ of copyOpen(source, destination, sample)) await setImmediate();
    return { bytes, milliseconds: ((performance.now() - start) * bytes) / Math.min(sample, bytes) };
  } finally {
    closeSync(source);
    rmSync(destination, { force: true });
  }
}
