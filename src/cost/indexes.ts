import type { Work } from '../database/step-counter.ts';
import type { Statement } from '../model/history.ts';
import { needsQuotes } from '../sql/keywords.ts';
import { quoteName } from '../sql/quote.ts';
import type { RepeatedRead } from './repeated-reads.ts';
import { exponentOf, runOn, type Sample, type Workload } from './run.ts';

/** An index, or two, with which the work of a statement grows as its rows do. */
export interface Mending {
  readonly read: RepeatedRead;
  readonly sql: string;
  readonly exponent: number;
}

/** The indexes that are tried for a statement. */
const tries = 6;

/** The pairs of indexes that are tried for it afterwards. */
const coupleTries = 4;

/** The largest exponent that counts as growing as the rows do. */
const linear = 1.3;

/**
 * Looks for an index that mends a statement: each candidate is made just before it, and the statement is measured again.
 * @param reads the tables that it reads again and again; those that the plan names last are tried first.
 * @param without its work on the same samples without an index.
 */
export function findIndex(
  workload: Workload,
  samples: readonly Sample[],
  statement: Statement,
  reads: readonly RepeatedRead[],
  without: readonly Work[],
): Mending | null {
  const single = candidates(reads);
  for (const { read, sqls } of [...single.slice(0, tries), ...couples(single).slice(0, coupleTries)]) {
    const exponent = measureWith(workload, samples, statement, sqls, without);
    if (exponent !== null) return { read, sql: sqls.join('; '), exponent };
  }
  return null;
}

/** Indexes that are tried together. */
interface Candidate {
  readonly read: RepeatedRead;
  readonly sqls: readonly string[];
}

/** Two indexes of one key each, for a statement that reads by two keys, as one with UNION or OR does. */
function couples(single: readonly Candidate[]): Candidate[] {
  const distinct = single.filter(({ sqls: [sql] }, i) => single.findIndex(({ sqls }) => sqls[0] === sql) === i);
  return distinct.flatMap(({ read, sqls }, i) =>
    distinct.slice(i + 1).map((other) => ({ read, sqls: [...sqls, ...other.sqls] })),
  );
}

function candidates(reads: readonly RepeatedRead[]): Candidate[] {
  return reads.toReversed().flatMap((read) => {
    const { table, keys, ordered } = read;
    const sorted = ordered.length === 0 ? [] : keys.map((key) => [...new Set([key, ...ordered])]);
    const lists = [...keys.map((key) => [key]), ...(keys.length > 1 ? [keys] : []), ...sorted];
    return lists.map((list) => ({ read, sqls: [indexOn(table, list)] }));
  });
}

/** An index with a name made of the words of its table and keys. */
function indexOn(table: string, keys: readonly string[]): string {
  const words = `${table} by ${keys.join(' ')}`.match(/[A-Za-z0-9]+/g) ?? [];
  const name = words.join('_').slice(0, 60);
  return `CREATE INDEX ${written(name)} ON ${written(table)} (${keys.join(', ')})`;
}

function written(name: string): string {
  return needsQuotes(name) ? quoteName(name) : name;
}

/** @returns the exponent with the indexes; null if the statement still grows faster than the rows, or takes no less. */
function measureWith(
  workload: Workload,
  samples: readonly Sample[],
  { index: number }: Statement,
  sqls: readonly string[],
  without: readonly Work[],
): number | null {
  let last: { readonly rows: number; readonly steps: number } | null = null;
  let exponent = 0;
  for (const [i, sample] of samples.entries()) {
    const { works } = runOn(workload, sample, (db, { index }) => {
      if (index === number) for (const sql of sqls) db.run(sql);
    });
    const steps = works.get(number)?.steps;
    if (steps === undefined) return null;
    if (last !== null) exponent = exponentOf([last.rows, sample.rows], [last.steps, steps]);
    if (exponent > linear || (i > 0 && steps >= (without[i]?.steps ?? 0))) return null;
    last = { rows: sample.rows, steps };
  }
  return exponent;
}
