import type { Work } from '../database/step-counter.ts';
import type { Growth } from '../model/growth.ts';
import { findIndex } from './indexes.ts';
import type { ReadsByStatement } from './repeated-reads.ts';
import { exponentOf, runOn, type Sample, type Workload } from './run.ts';

/** How much faster than the rows, and than the rows that it writes, the work of a slow statement grows. */
const excess = 0.5;

/** Samples of a database in ascending sizes; `divisor` asks for smaller ones. None where there are too few rows. */
export type Samples = (divisor: 1 | 4) => readonly Sample[];

/**
 * Measures how the work of statements grows with the rows, and finds those whose work grows faster than rows and result. Where the
 * samples take too many steps, a quarter of the rows must do.
 * @param reads the statements in question, with the tables that they read again and again.
 */
export function measureGrowth(workload: Workload, samples: Samples, reads: ReadsByStatement): Growth[] {
  for (const divisor of [1, 4] as const) {
    const measured = measure(workload, samples(divisor), reads);
    if (measured !== null) return measured;
  }
  return [];
}

/** @returns null if a run is exhausted before its end. */
function measure(workload: Workload, samples: readonly Sample[], reads: ReadsByStatement): Growth[] | null {
  const works: ReadonlyMap<number, Work>[] = [];
  for (const sample of samples) {
    const run = runOn(workload, sample);
    if (run.isExhausted) return null;
    works.push(run.works);
  }
  return workload.migration.statements.flatMap((statement) => {
    const own = reads.get(statement.index) ?? [];
    const done = works.map((each) => each.get(statement.index)).filter((work) => work !== undefined);
    // A statement that fails on one sample tells nothing.
    const exponent = done.length < samples.length ? null : growthOf(samples, done);
    const last = own.at(-1);
    if (exponent === null || last === undefined) return [];
    const mended = findIndex(workload, samples, statement, own, done);
    const { table, outer, line, isForeignKey, isLookup } = mended?.read ?? last;
    return {
      table,
      outer,
      statement: statement.index,
      rows: samples.map(({ rows }) => rows),
      steps: done.map(({ steps }) => steps),
      exponent: rounded(exponent),
      byForeignKey: isForeignKey,
      byLookup: isLookup,
      plan: line,
      index: mended === null ? null : { sql: mended.sql, exponent: rounded(mended.exponent) },
    };
  });
}

/**
 * The exponent of a statement whose work grows faster than rows and result; null for any other, and for one that grows in another
 * way with few rows than with many: something else than their number differs between the samples.
 */
function growthOf(samples: readonly Sample[], works: readonly Work[]): number | null {
  const between = samples.slice(1).map(({ rows }, i) => {
    const sizes = [samples[i]?.rows ?? 0, rows] as const;
    const power = (of: (work: Work) => number): number =>
      exponentOf(sizes, [amountOf(works[i], of), amountOf(works[i + 1], of)]);
    return { steps: power(({ steps }) => steps), changes: power(({ changes }) => changes + 1) };
  });
  const last = between.at(-1);
  if (last === undefined || last.steps - Math.max(1, last.changes) < excess) return null;
  return between.every(({ steps }) => Math.abs(steps - last.steps) < excess) ? last.steps : null;
}

function amountOf(work: Work | undefined, of: (work: Work) => number): number {
  return work === undefined ? Number.NaN : of(work);
}

function rounded(exponent: number): number {
  return Math.round(exponent * 100) / 100;
}
