import type { CountingDatabase, Work } from '../database/step-counter.ts';
import type { Statement } from '../model/history.ts';
import { runOn, type Sample, type Workload } from './run.ts';
import { readSamplePages, type SamplePages } from './sample-pages.ts';

/** The work of a migration on a sample, and what becomes of the file in the meantime. All bytes are those in use on their pages. */
export interface SampleRun {
  readonly rows: number;
  readonly works: ReadonlyMap<number, Work>;
  /** By how many bytes the file has grown at most. */
  readonly growth: number;
  /** The part of it on pages of tables and indexes that were there before and stay. */
  readonly kept: number;
  /** On pages that were there before and were written, by one transaction at most. */
  readonly touched: number;
  /** On pages that are free at the end. */
  readonly freed: number;
  /** By how many the content has grown at the end; below 0 where it has shrunk. */
  readonly added: number;
  /** By how many each statement has made the content grow. */
  readonly made: ReadonlyMap<number, number>;
  readonly isExhausted: boolean;
}

/**
 * Runs a migration on a sample and watches the file.
 * @param isOneTransaction whether all statements write to one journal.
 */
export function watchRun(workload: Workload, sample: Sample, allowed: number, isOneTransaction: boolean): SampleRun {
  const seen: SamplePages[] = [];
  const look = (db: CountingDatabase): void => {
    seen.push(readSamplePages(db));
  };
  const { works, isExhausted } = runOn(workload, sample, look, { allowed, ended: look });
  const [first, last] = [seen[0] ?? nothing, seen.at(-1) ?? nothing];
  const usedIn = ({ used, free }: SamplePages): number => used + free;
  const growth = Math.max(...seen.map(usedIn), 0) - usedIn(first);
  const statements = seen.slice(1).map((after, i) => [seen[i] ?? after, after] as const);
  // VACUUM writes every page, as many as the content takes.
  const spans = isOneTransaction
    ? [[first, last] as const]
    : statements.filter((_, i) => !isVacuum(workload.migration.statements[i]));
  return {
    rows: sample.rows,
    works,
    growth,
    kept: keptGrowth(first, last),
    touched: Math.max(0, ...spans.map(([before, after]) => touchedIn(before, after))),
    freed: last.free,
    added: last.used - first.used,
    made: new Map(
      workload.migration.statements.flatMap(({ index }, i) => {
        const [before, after] = [seen[i], seen[i + 1]];
        return before === undefined || after === undefined ? [] : [[index, Math.max(0, after.used - before.used)]];
      }),
    ),
    isExhausted,
  };
}

/** Whether a statement is a VACUUM. */
export function isVacuum(statement: Statement | undefined): boolean {
  return statement !== undefined && /^vacuum\b/i.test(statement.sql);
}

const nothing: SamplePages = { used: 0, free: 0, pages: new Map(), trees: new Map() };

/** The bytes on pages of `before` whose content is another one now. */
function touchedIn(before: SamplePages, after: SamplePages): number {
  let sum = 0;
  for (const [number, { used, content }] of before.pages) {
    if (after.pages.get(number)?.content !== content) sum += used;
  }
  return sum;
}

/** The growth of tables and indexes whose first page has stayed. */
function keptGrowth({ trees }: SamplePages, after: SamplePages): number {
  let sum = 0;
  for (const [root, used] of trees) sum += Math.max(0, (after.trees.get(root) ?? 0) - used);
  return sum;
}
