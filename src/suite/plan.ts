import { isAbsolute, relative } from 'node:path';
import { limitsFor } from '../config/limits.ts';
import { type CheckDataset, type FailOn, parseTestConfig, resolveConfig, type TestConfig } from '../config.ts';
import { check } from '../harness/check.ts';
import { loadProject, narrowed, planProject } from '../harness/project.ts';
import type { Migration } from '../model/history.ts';
import type { Report } from '../model/report.ts';
import { watched } from '../watch/activity.ts';

/** The rows of a test: none, or those of a dataset. */
export type TestSide = 'empty' | CheckDataset;

/** The plan before anything runs: the names of the tests, and a function for the reports that they read. */
export interface Suite {
  /** The folder of migrations, relative where it lies below the working directory. */
  readonly directory: string;
  readonly migrations: readonly Migration[];
  /** `empty` comes first. */
  readonly sides: readonly TestSide[];
  readonly failOn: FailOn;
  /** Milliseconds for a test. */
  readonly timeout: number;
  /** Runs the pipeline for one side; `empty` seeds nothing. Rejects with a HarnessError when inputs cannot be used. */
  readonly run: (side: TestSide) => Promise<Report>;
}

/**
 * Plans the tests, synchronously: vitest wants to know all of them before it runs one.
 * @throws HarnessError when the config or a file cannot be used.
 */
export function planSuite(input: TestConfig): Suite {
  const { timeout = 120_000, ...given } = parseTestConfig(input);
  const config = resolveConfig(given);
  const plan = planProject({ ...config, migrations: config.migrations === null ? null : fromHere(config.migrations) });
  return {
    directory: plan.history.directory,
    migrations: plan.history.migrations,
    sides: ['empty', ...plan.datasets],
    failOn: config.failOn,
    timeout,
    // A dataset loads only its own inputs, so only the dataset of hand-written rows can fail on a seed.
    run: (side) =>
      watched(limitsFor('check', config.limits), async () =>
        check(await loadProject(narrowed(plan, side === 'empty' ? [] : [side]))),
      ),
  };
}

/** Names of tests go into reports of other machines, where a relative path says more than an absolute one. */
function fromHere(directory: string): string {
  const short = relative(process.cwd(), directory).replaceAll('\\', '/');
  return isAbsolute(directory) && short !== '' && !short.startsWith('..') && !isAbsolute(short) ? short : directory;
}
