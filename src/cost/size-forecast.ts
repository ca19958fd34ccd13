import type { StepForecast } from '../model/cost.ts';
import type { Migration } from '../model/history.ts';
import type { ProfiledFile } from '../model/profile.ts';
import { extrapolate } from './extrapolate.ts';
import { frameBytes } from './page-peaks.ts';
import { isVacuum, type SampleRun } from './sample-run.ts';

/** The size of production that a forecast is for, before a migration. */
export interface ProductionSize {
  /** The rows of its largest table. */
  readonly rows: number;
  /** The bytes of its file, and those of its free pages. */
  readonly bytes: number;
  readonly free: number;
  /** The bytes in use on its other pages. */
  readonly used: number;
  readonly pageSize: number;
  readonly journal: StepForecast['journal'];
}

/** The size of production as its profile tells it. @param rows those of its largest table. */
export function productionOf(source: ProfiledFile, rows: number): ProductionSize {
  const { pageSize, pageCount, freePages, pageFill, journalMode } = source;
  const free = pageSize * freePages;
  const filled = pageSize * pageCount - free;
  return {
    ...{ rows, pageSize, free, journal: journalMode },
    bytes: pageSize * pageCount,
    // Older profiles do not tell it. Pages that nobody has deleted from are nearly full.
    used: filled * (pageFill ?? 1),
  };
}

type Sizes = Pick<
  StepForecast,
  'bytesBefore' | 'bytesAfter' | 'journal' | 'journalBytes' | 'temporaryBytes' | 'grownBytes' | 'freeBytes'
>;

/** A sort that fits into the page cache needs no file: better-sqlite3's has 16 MB. https://sqlite.org/compile.html#default_cache_size */
const sortCache = 16_000_000;

/**
 * Carries on what a migration did to the pages of samples to the size of production. Production has more pages for the same content: those that
 * are written for one change are half empty as well, their gaps take what a row grows by, and free pages are used before the file grows.
 * @param runs on samples of ascending sizes; at least two.
 */
export function forecastSizes(
  { statements }: Migration,
  runs: readonly SampleRun[],
  production: ProductionSize,
): { readonly sizes: Sizes; readonly after: ProductionSize } {
  const rows = runs.map((run) => run.rows);
  const at = (of: (run: SampleRun) => number): number =>
    extrapolate(
      rows,
      runs.map((run) => Math.max(0, of(run))),
      production.rows,
    ).about;
  const { bytes, free, used, pageSize, journal } = production;
  const fill = bytes > free ? Math.min(1, used / (bytes - free)) : 1;
  const touched = Math.min(bytes - free, at((run) => run.touched) / fill);
  const kept = at((run) => run.kept);
  const fresh = Math.max(0, at((run) => run.growth) - kept) + Math.max(0, kept - touched * (1 - fill));
  const grown = Math.max(0, fresh - free);
  const usedAfter = Math.max(0, used + at((run) => run.added) - at((run) => -run.added));
  const frames = (content: number): number => content * (1 + frameBytes[journal] / pageSize);
  const indexes = statements.filter(({ head }) => head.verb === 'create-index');
  const sorted = Math.max(0, ...indexes.map(({ index }) => at((run) => run.made.get(index) ?? 0)));
  const before: ProductionSize = {
    ...production,
    bytes: bytes + grown,
    free: Math.max(0, free - fresh) + at((run) => run.freed) / fill,
    used: usedAfter,
  };
  const isPacked = statements.some(isVacuum);
  // VACUUM writes all content to a file beside, and over as many of the old pages, which go into a rollback journal.
  const [journaled, temporary] = [
    Math.max(frames(journal === 'wal' ? touched + fresh : touched), isPacked ? frames(usedAfter) : 0),
    Math.max(sorted > sortCache ? sorted : 0, isPacked ? usedAfter : 0),
  ];
  const after = isPacked ? { ...before, bytes: Math.min(before.bytes, usedAfter), free: 0 } : before;
  const whole = Math.round;
  return {
    sizes: {
      ...{ bytesBefore: bytes, bytesAfter: whole(after.bytes), journal, journalBytes: whole(journaled) },
      ...{ temporaryBytes: whole(temporary), grownBytes: whole(grown + journaled) },
      freeBytes: whole(grown + journaled + temporary),
    },
    after,
  };
}
