import type { CountingDatabase, Work } from '../database/step-counter.ts';
import { type Ground, runOn, type Sample } from './run.ts';

/** The work of a migration on a sample, and the size of the file in the meantime. */
export interface SampleRun {
  readonly rows: number;
  readonly works: ReadonlyMap<number, Work>;
  /** By how many bytes the file has grown at most. */
  readonly growth: number;
  readonly isExhausted: boolean;
}

/** The bytes of the file that are in use or were: a small table fills a part of its page. https://sqlite.org/dbstat.html */
const usedBytes = `SELECT (SELECT sum(pgsize - unused) FROM dbstat) + freelist_count * page_size
  FROM pragma_freelist_count, pragma_page_size`;

/** Runs a migration on a sample and watches the file. */
export function watchRun(ground: Ground, sample: Sample, allowed: number): SampleRun {
  let before: number | null = null;
  let most = 0;
  const look = (db: CountingDatabase): void => {
    const bytes = Number(db.texts(usedBytes)[0] ?? 0);
    before ??= bytes;
    most = Math.max(most, bytes);
  };
  const { works, isExhausted } = runOn(ground, sample, look, { allowed, ended: look });
  return { rows: sample.rows, works, growth: most - (before ?? most), isExhausted };
}
