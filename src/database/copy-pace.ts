import Sqlite from 'better-sqlite3';
import { systemCode } from '../files/faults.ts';
import { engineError } from './connection.ts';
import { locate, observe } from './database-file.ts';

/** Bytes whose copying other processes notice. */
export const noticedCopy = 100_000_000;

/** The pages of the sample. Other processes wait for them as they wait for any reader. */
const sample = 4096;

/** The time of a whole copy. */
export interface ExpectedCopy {
  readonly bytes: number;
  readonly milliseconds: number;
}

/**
 * Estimates how long processes that write to a large database in rollback-journal mode will wait for its copy, from the time that its first
 * pages take. The source is only read.
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

/** The reason why a sample ends. */
const enough = new Error('the sample is taken');

async function timeSample(path: string, destination: string, bytes: number): Promise<ExpectedCopy | null> {
  const db = new Sqlite(path, { readonly: true, timeout: 0 });
  let start = 0;
  let milliseconds = 0;
  const progress = ({ totalPages, remainingPages }: Sqlite.BackupMetadata): number => {
    const done = totalPages - remainingPages;
    // The first call comes before the first page.
    if (done > 0) {
      milliseconds = ((performance.now() - start) * totalPages) / done;
      throw enough;
    }
    start = performance.now();
    return sample;
  };
  try {
    await db.backup(destination, { progress });
    return null;
  } catch (error) {
    if (error !== enough) throw error;
    return { bytes, milliseconds };
  } finally {
    db.close();
  }
}
