import { isAbsolute, join, relative } from 'node:path';
import { type CheckDataset, type Config, type FailOn, parseConfig, resolveConfig } from '../config.ts';
import { check } from '../harness/check.ts';
import { chooseDatasets, findProfile } from '../harness/datasets.ts';
import { withDirectives } from '../harness/directives.ts';
import { findMigrations, findSeeds } from '../harness/project.ts';
import { listFixtures, loadFixtures } from '../load/fixtures.ts';
import { loadHistory } from '../load/history.ts';
import { loadInvariants } from '../load/invariants.ts';
import type { Migration } from '../model/history.ts';
import type { Report } from '../model/report.ts';

/** What a test can run on: no rows, or those of a dataset. */
export type TestSide = 'empty' | CheckDataset;

/** What is known before anything runs: the names of the tests, and how to get the reports that they read. */
export interface Suite {
  /** The folder of migrations, relative where it lies below the working directory. */
  readonly directory: string;
  readonly migrations: readonly Migration[];
  /** `empty` comes first. */
  readonly sides: readonly TestSide[];
  readonly failOn: FailOn;
  /** Runs the pipeline for one side; `empty` seeds nothing. Rejects with a HarnessError when inputs cannot be used. */
  readonly run: (side: TestSide) => Promise<Report>;
}

/**
 * Reads the migrations and the names of the seeds, synchronously: vitest wants to know all tests before it runs one.
 * @throws HarnessError when the config or a file cannot be used.
 */
export function planSuite(input: Config): Suite {
  const config = resolveConfig(parseConfig(input, 'The config of testMigrations'));
  const directory = fromHere(findMigrations(config.migrations));
  const history = withDirectives(loadHistory(directory, config.base), config.directives);
  const seeds = findSeeds(config.seeds, directory);
  const invariants = seeds === null ? [] : loadInvariants(join(seeds, 'invariants'));
  const datasets = chooseDatasets(config, {
    fixtures: seeds !== null && listFixtures(seeds).length > 0,
    profile: findProfile(config, directory) !== null,
  });
  return {
    directory,
    migrations: history.migrations,
    sides: ['empty', ...datasets],
    failOn: config.failOn,
    run: async (side) => {
      // Seeds are programs: only the dataset that needs them runs them, and only it can break on them.
      const fixtures = side === 'fixture' && seeds !== null ? await loadFixtures(seeds, history) : [];
      return check({ history, fixtures, invariants, config: { ...config, datasets: side === 'empty' ? [] : [side] } });
    },
  };
}

/** Names of tests go into reports of other machines, so that an absolute path says less than a relative one. */
function fromHere(directory: string): string {
  const short = relative(process.cwd(), directory).replaceAll('\\', '/');
  return isAbsolute(directory) && short !== '' && !short.startsWith('..') && !isAbsolute(short) ? short : directory;
}
