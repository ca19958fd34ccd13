import type { Range, StatementForecast, StepForecast } from '../model/cost.ts';
import type { Migration } from '../model/history.ts';
import { extrapolate } from './extrapolate.ts';
import { timeOf } from './pace.ts';
import type { SampleRun } from './sample-run.ts';
import { forecastSizes, type ProductionSize } from './size-forecast.ts';

/**
 * Carries on what a migration took on samples to the size of production.
 * @param runs on samples of ascending sizes; at least two that came to their end.
 * @param isWrapped whether one transaction of the migrator goes round the statements.
 */
export function forecastStep(
  migration: Migration,
  runs: readonly SampleRun[],
  production: ProductionSize,
  isWrapped: boolean,
): { readonly forecast: StepForecast; readonly after: ProductionSize } {
  const sizes = runs.map(({ rows }) => rows);
  const at = (numbers: readonly number[]): ReturnType<typeof extrapolate> =>
    extrapolate(sizes, numbers, production.rows);
  const statements = migration.statements.map(({ index, line, head }): StatementForecast => {
    const works = runs.map((run) => run.works.get(index) ?? { steps: 0, changes: 0 });
    const steps = at(works.map((work) => work.steps));
    const rows = at(works.map(({ changes }) => changes));
    return {
      statement: index,
      line,
      steps: works.map((work) => work.steps),
      exponent: Math.round(steps.exponent * 100) / 100,
      rows: Math.round(rows.about),
      milliseconds: timeOf(steps, head.verb === 'create-index' ? entriesOf(steps) : rows),
    };
  });
  const times = statements.map(({ milliseconds }) => milliseconds);
  const { sizes: bytes, after } = forecastSizes(migration, runs, production);
  const forecast = {
    migration: migration.name,
    milliseconds: sumOf(times),
    lockMilliseconds: lockOf(migration, times, isWrapped),
    rows: statements.reduce((sum, { rows }) => sum + rows, 0),
    ...bytes,
    statements,
  };
  return { forecast, after };
}

/** The steps in which CREATE INDEX reads, sorts and writes one entry. */
const stepsForEntry = 10;

function entriesOf({ low, about, high }: Range): Range {
  return { low: low / stepsForEntry, about: about / stepsForEntry, high: high / stepsForEntry };
}

/** How long other writers wait in one go: from BEGIN to COMMIT, or for the longest statement without a transaction. */
function lockOf({ statements }: Migration, times: readonly Range[], isWrapped: boolean): Range {
  let held = nothing;
  let longest = nothing;
  let isOpen = isWrapped;
  for (const [i, { head }] of statements.entries()) {
    if (head.verb === 'begin') {
      isOpen = true;
      held = nothing;
    }
    held = isOpen ? sumOf([held, times[i] ?? nothing]) : (times[i] ?? nothing);
    if (held.about > longest.about) longest = held;
    if (head.verb !== 'commit' && head.verb !== 'rollback') continue;
    isOpen = false;
    held = nothing;
  }
  return longest;
}

const nothing: Range = { low: 0, about: 0, high: 0 };

/** Adds ranges up. */
export function sumOf(ranges: readonly Range[]): Range {
  const add = (end: keyof Range): number =>
    Math.round(1000 * ranges.reduce((sum, range) => sum + range[end], 0)) / 1000;
  return { low: add('low'), about: add('about'), high: add('high') };
}
